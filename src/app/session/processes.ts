import type { Clock } from "../../core/model/clock.ts";
import type { SessionRecord } from "../../core/model/session.ts";
import type { NewSession } from "../../io/store/rows/session-rows.ts";
import type { Store } from "../../io/store/store.ts";

/** What can be asked about processes of this machine. */
export interface Processes {
  readonly pid: number;
  /** Tells a running process from a later one with the same pid; undefined: no such process runs. May be empty. */
  markOf(pid: number): string | undefined;
}

/** Where and when a command runs. */
export interface Running {
  readonly processes: Processes;
  readonly clock: Clock;
  readonly directory: string;
}

/** A run of a command in this process; one that listens says where and for whom. */
export function newSession(
  command: string,
  { processes, clock, directory }: Running,
  listens: Pick<NewSession, "captureUrl" | "targets"> = { targets: [] },
): NewSession {
  const { pid } = processes;
  const processMark = processes.markOf(pid) ?? "";
  return { command, pid, processMark, startedAtMs: clock.nowMs(), directory, ...listens };
}

/** Sessions that have not said that they ended. */
export interface UnendedSessions {
  /** Their process still runs. Newest first. */
  readonly living: readonly SessionRecord[];
  /** They were killed, and what they left is not settled yet. */
  readonly dead: readonly SessionRecord[];
}

export function unendedSessions(store: Store, processes: Processes): UnendedSessions {
  const all = store.read.unendedSessions();
  const isAlive = ({ pid, processMark }: SessionRecord): boolean => processes.markOf(pid) === processMark;
  return { living: all.filter(isAlive), dead: all.filter((session) => !isAlive(session)) };
}

/**
 * Makes this process known in a store that it goes on with, and settles what it and killed ones left there: the store may be
 * an older copy of the one before.
 */
export async function rejoinStore(store: Store, processes: Processes, session: NewSession): Promise<void> {
  const id = await store.beginSession(session);
  const { living, dead } = unendedSessions(store, processes);
  await settleDead(store, [...dead, ...living.filter((one) => one.pid === processes.pid && one.id !== id)]);
}

/** Settles what killed sessions left, where the store can be written. */
export async function settleDead(store: Store, dead: readonly SessionRecord[]): Promise<void> {
  // A full disk or another's lock must not keep anyone from looking at what is stored.
  for (const { id } of dead) await store.endDeadSession(id).catch(() => undefined);
}
