import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Trial, TrialEnded } from "./worker.ts";

export type Verdict = "passed" | "failed" | "timed out";

/** A process that tries mutants. It is ended, with all that it started, where one of them takes too long, and started anew. */
export class TrialProcess {
  #child: ChildProcess | undefined;

  /** @param limitMs after so long it has timed out */
  async run(trial: Trial, limitMs: number): Promise<Verdict> {
    const child = (this.#child ??= start());
    const { promise, resolve } = Promise.withResolvers<Verdict>();
    const timer = setTimeout(() => resolve("timed out"), limitMs);
    const onMessage = ({ passed }: TrialEnded): void => resolve(passed ? "passed" : "failed");
    // What ends the whole process is noticed by whoever runs tests.
    const onExit = (): void => resolve("failed");
    child.once("message", onMessage).once("exit", onExit);
    child.send(trial);
    const verdict = await promise;
    clearTimeout(timer);
    child.off("message", onMessage).off("exit", onExit);
    if (verdict === "timed out" || child.exitCode !== null) this.end();
    return verdict;
  }

  end(): void {
    const pid = this.#child?.pid;
    this.#child = undefined;
    try {
      // With the workers of its vitest, which may be in an endless loop.
      if (pid !== undefined) process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended.
    }
  }
}

function start(): ChildProcess {
  // It leads a group of its own.
  return fork(fileURLToPath(new URL("worker.ts", import.meta.url)), [], {
    detached: true,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}
