import type { ListenSession } from "../../../app/listening/listen-session.ts";
import { EXIT, type ExitCode } from "../../terminal/exit.ts";
import { plural } from "../../words/units.ts";
import type { StopSignal, Surroundings } from "../../terminal/surroundings.ts";
import type { CommandRun } from "./command-run.ts";

export interface StopReasons {
  /** Resolves when enough requests were seen; undefined: never. */
  readonly enough: Promise<void> | undefined;
  readonly forMs: number | undefined;
  /** Runs as long as the listener does; undefined: there is none. */
  readonly command: CommandRun | undefined;
}

/** Why it ends: a signal, a limit that was asked for, or the command beside it has ended. */
type Cause = StopSignal | "limit" | "command";

/** Whoever sends SIGTERM or set a limit expects an end soon; a person at the keyboard can press Ctrl-C again. */
const PATIENCE_MS = 4000;
/** A command that ends within this time is not talked about. */
const QUIET_MS = 1000;

/**
 * Waits for a reason to stop, then lets the command end, then drains. The first signal lets running deliveries end; the
 * second one does not.
 * @returns the exit code: the command's, where there is one and it was not a limit that ended it
 * @throws COMMAND_NOT_STARTED
 */
export async function untilStopped(at: Surroundings, session: ListenSession, reasons: StopReasons): Promise<ExitCode> {
  const { command, enough, forMs } = reasons;
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
    const limits = [enough, forMs === undefined ? undefined : at.clock.wait(forMs, ended.signal)];
    const others = [
      ...limits.map((limit) => limit?.then((): Cause => "limit")),
      command?.ended.then((): Cause => "command"),
    ];
    const cause = await Promise.race<Cause>([nextSignal(), ...others.filter((other) => other !== undefined)]);
    const finished = finish(at, session, { cause, command, signal: ended.signal });
    const isPatient = cause === "SIGINT" || cause === "command";
    const patience = isPatient ? [] : [at.clock.wait(PATIENCE_MS, ended.signal).then(() => "late" as const)];
    const end = await Promise.race([finished, nextSignal(), ...patience]);
    if (typeof end === "number") return end;
    const isKilled = command?.isRunning === true;
    if (isKilled) await kill(at, command, ended.signal);
    else command?.stop("SIGKILL");
    if (end === "late" && !(isKilled && cause !== "limit")) return EXIT.ok;
    return end === "SIGINT" || end === "SIGHUP" ? EXIT.interrupted : EXIT.terminated;
  } finally {
    ended.abort();
    stopHearing();
  }
}

/** Nobody shall find it running after hookcli has gone. */
async function kill(at: Surroundings, command: CommandRun, signal: AbortSignal): Promise<void> {
  command.stop("SIGKILL");
  await Promise.race([command.ended, at.clock.wait(QUIET_MS, signal)]);
}

interface Ending {
  readonly cause: Cause;
  readonly command: CommandRun | undefined;
  readonly signal: AbortSignal;
}

/** Lets everything end that is under way. */
async function finish(at: Surroundings, session: ListenSession, { cause, command, signal }: Ending): Promise<ExitCode> {
  const code = command ? await endOf(at, command, cause, signal) : EXIT.ok;
  const drained = session.drain();
  sayWaiting(at, session);
  await drained;
  return cause === "limit" ? EXIT.ok : code;
}

/** Stops the command, unless it has ended or the keyboard has told it already: Ctrl-C reaches all that a terminal runs. */
async function endOf(at: Surroundings, command: CommandRun, cause: Cause, signal: AbortSignal): Promise<ExitCode> {
  const isTold = cause === "SIGINT" && command.isRunning && (at.isOutTty || at.isErrTty || at.input.isTty());
  if (cause === "limit") command.stop("SIGTERM");
  else if (cause !== "command" && !isTold) command.stop(cause);
  void at.clock.wait(QUIET_MS, signal).then(() => {
    if (command.isRunning && !signal.aborted) at.err.line(`waiting for ${command.name} to end; Ctrl-C again kills it`);
  });
  return command.ended;
}

function sayWaiting(at: Surroundings, { runningCount, arrivingCount }: ListenSession): void {
  const waits: string[] = [];
  if (runningCount > 0) waits.push(`${plural(runningCount, "delivery").replace(/ys$/, "ies")} to end`);
  if (arrivingCount > 0) waits.push(`${plural(arrivingCount, "request")} to arrive`);
  if (waits.length > 0) at.err.line(`waiting for ${waits.join(" and ")}; Ctrl-C again stops now`);
}
