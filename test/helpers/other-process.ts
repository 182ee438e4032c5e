import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** What another process can be told to do with a database. */
export type Order =
  /** On a connection that it keeps, with nothing of hookcli's own. */
  | { readonly kind: "sql"; readonly path: string; readonly sql: string }
  /** Opens a store and closes it. */
  | { readonly kind: "open"; readonly path: string }
  /** Writes so many replays of request 1. */
  | { readonly kind: "replays"; readonly path: string; readonly count: number };

const program = fileURLToPath(new URL("other-process-program.ts", import.meta.url));

/** A process of its own that works on the same database; it ends with the test. */
export class OtherProcess {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(program, { stdio: "inherit" });
    onTestFinished(async () => {
      this.#child.kill("SIGKILL");
      if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "exit");
    });
  }

  /** One order at a time. Rejects with the code of the error that it met. */
  async obey(order: Order): Promise<unknown> {
    this.#child.send(order);
    const [answer] = (await once(this.#child, "message")) as [{ readonly result?: unknown; readonly error?: string }];
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result;
  }
}
