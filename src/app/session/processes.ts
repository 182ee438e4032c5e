import type { SessionRecord } from "../../core/model/session.ts";
import type { Store } from "../../io/store/store.ts";

/** What can be asked about processes of this machine. */
export interface Processes {
  readonly pid: number;
  /** Tells a running process from a later one with the same pid; undefined: no such process runs. May be empty. */
  markOf(pid: number): string | undefined;
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

/** Settles what killed sessions left, where the store can be written. */
export async function settleDead(store: Store, dead: readonly SessionRecord[]): Promise<void> {
  // A full disk or another's lock must not keep anyone from looking at what is stored.
  for (const { id } of dead) await store.endDeadSession(id).catch(() => undefined);
}
