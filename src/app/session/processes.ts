import type { SessionRecord } from "../../core/model/session.ts";
import type { Store } from "../../io/store/store.ts";

/** What can be asked about processes of this machine. */
export interface Processes {
  readonly pid: number;
  /** Tells a running process from a later one with the same pid; undefined: no such process runs. May be empty. */
  markOf(pid: number): string | undefined;
}

/** Sessions whose process still runs, newest first. Settles what killed ones left, where the store can be written. */
export async function livingSessions(store: Store, processes: Processes): Promise<readonly SessionRecord[]> {
  const living: SessionRecord[] = [];
  for (const session of store.unendedSessions()) {
    if (processes.markOf(session.pid) === session.processMark) living.push(session);
    // A full disk or another's lock must not keep anyone from looking at what is stored.
    else await store.endDeadSession(session.id).catch(() => undefined);
  }
  return living;
}
