import { EXIT, type ExitCode } from "../terminal/exit.ts";
import type { StopSignal, Surroundings } from "../terminal/surroundings.ts";

/** Whoever sends SIGTERM expects an end soon; a person at the keyboard can press Ctrl-C again. */
const PATIENCE_MS = 4000;

/** Makes of the first Ctrl-C "start no more" and of the second one "end now", for a command that sends many things. */
export class StopSwitch {
  readonly #first = new AbortController();
  readonly #ended = new AbortController();
  readonly #forced = Promise.withResolvers<{ readonly code: ExitCode }>();
  readonly #stopHearing: () => void;
  readonly #at: Surroundings;
  readonly #say: (text: string) => void;
  #running = 0;

  constructor(at: Surroundings, say: (text: string) => void) {
    this.#at = at;
    this.#say = say;
    this.#stopHearing = at.onSignal((signal) => this.#hear(signal));
  }

  /** Aborts at the first signal. */
  get signal(): AbortSignal {
    return this.#first.signal;
  }

  /** Resolves where what is under way is not waited for, with the exit code for that. */
  get forced(): Promise<{ readonly code: ExitCode }> {
    return this.#forced.promise;
  }

  /** Counts something as under way for as long as it takes. */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    this.#running += 1;
    try {
      return await work;
    } finally {
      this.#running -= 1;
    }
  }

  /** Hears no more. */
  end(): void {
    this.#stopHearing();
    this.#ended.abort();
  }

  #hear(signal: StopSignal): void {
    const code = signal === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
    if (this.#first.signal.aborted) return this.#forced.resolve({ code });
    this.#first.abort();
    if (this.#running > 0) this.#say(`waiting for ${this.#running} under way to end; Ctrl-C again stops now`);
    if (signal !== "SIGINT") void this.#giveUpAfter(code);
  }

  async #giveUpAfter(code: ExitCode): Promise<void> {
    await this.#at.clock.wait(PATIENCE_MS, this.#ended.signal);
    this.#forced.resolve({ code });
  }
}
