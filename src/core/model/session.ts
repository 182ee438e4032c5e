/** One run of a command that writes to the store. Rows know the session that made them. */
export interface SessionRecord {
  readonly id: number;
  readonly command: string;
  readonly pid: number;
  /** What tells this process from a later one with the same pid; empty where the platform offers nothing. */
  readonly processMark: string;
  readonly startedAtMs: number;
  readonly endedAtMs?: number | undefined;
  /** Where it receives; undefined for sessions that do not listen. */
  readonly captureUrl?: string | undefined;
  /** Where it forwards to, in the order given. */
  readonly targets: readonly string[];
  /** The folder it was started in: sessions of one project find each other by it. */
  readonly directory: string;
}
