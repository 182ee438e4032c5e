import type { CapturedRequest } from "../../core/model/request.ts";
import type { examine, Examined, SignatureOptions } from "./examine.ts";

/**
 * Says of each request who sent it and whether its signature holds. What it knows is loaded once, after the port is up:
 * requests that come sooner wait for it, and keep their order.
 */
export class Recogniser {
  readonly options: SignatureOptions;
  #examine: typeof examine | undefined;
  #loading: Promise<typeof examine> | undefined;

  constructor(options: SignatureOptions) {
    this.options = options;
  }

  /** Resolves when requests do not wait any more. */
  async load(): Promise<void> {
    await this.#load();
  }

  /** At once where the body is in memory. */
  examine(request: CapturedRequest): Examined | Promise<Examined> {
    if (this.#examine) return this.#examine(request, this.options);
    return this.#load().then((ready) => ready(request, this.options));
  }

  #load(): Promise<typeof examine> {
    this.#loading ??= import("./examine.ts").then(
      (loaded) => (this.#examine = loaded.examine),
      (error: unknown) => {
        // The next request tries again.
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
