import type { ListenSession } from "../../app/session/listen-session.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { plural } from "../output/words.ts";
import type { StopSignal, Surroundings } from "../surroundings.ts";

export interface StopReasons {
  /** Resolves when enough requests were seen; undefined: never. */
  readonly enough: Promise<void> | undefined;
  readonly forMs: number | undefined;
}

/** Whoever sends SIGTERM or set a limit expects an end soon; a person at the keyboard can press Ctrl-C again. */
const PATIENCE_MS = 4000;

/**
 * Waits for a reason to stop, then drains. The first signal lets running deliveries end; the second one does not.
 * @returns the exit code
 */
export async function untilStopped(at: Surroundings, session: ListenSession, reasons: StopReasons): Promise<ExitCode> {
  const signals: StopSignal[] = [];
  let hear: () => void = () => undefined;
  const ended = new AbortController();
  const nextSignal = (): Promise<StopSignal> =>
    new Promise((resolve) => (hear = () => resolve(signals.at(-1) ?? "SIGINT")));
  const stopHearing = at.onSignal((signal) => {
    signals.push(signal);
    hear();
  });
  try {
    const time = reasons.forMs === undefined ? [] : [at.clock.wait(reasons.forMs, ended.signal)];
    const first = await Promise.race([nextSignal(), ...(reasons.enough ? [reasons.enough] : []), ...time]);
    const drained = session.drain().then(() => "drained" as const);
    if (session.runningCount > 0) sayWaiting(at, session.runningCount);
    const patience = first === "SIGINT" ? [] : [at.clock.wait(PATIENCE_MS, ended.signal)];
    const second = await Promise.race([drained, nextSignal(), ...patience]);
    if (second === "drained" || second === undefined) return EXIT.ok;
    return second === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
  } finally {
    ended.abort();
    stopHearing();
  }
}

function sayWaiting(at: Surroundings, running: number): void {
  at.err.line(`waiting for ${plural(running, "delivery").replace(/ys$/, "ies")} to end; Ctrl-C again stops now`);
}
