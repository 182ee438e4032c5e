/** What the capture port puts up with. */
export interface CaptureLimits {
  /** Largest body that is kept whole. More: the prefix is kept and the sender gets 413. */
  readonly maxBodyBytes: number;
  /** Request line and headers together. More: 431. */
  readonly maxHeadBytes: number;
  /** From the first byte of a connection (or the end of the request before) to the end of the head. Slower: 408. */
  readonly headTimeoutMs: number;
  /** Longest pause inside a body. Longer: 408, and what came is kept as partial. */
  readonly idleBodyTimeoutMs: number;
  /** How long an idle connection is kept for the next request. */
  readonly keepAliveMs: number;
  /** More are dropped at once. */
  readonly maxConnections: number;
}

export const DEFAULT_LIMITS: CaptureLimits = {
  maxBodyBytes: 25 * 1024 * 1024,
  maxHeadBytes: 64 * 1024,
  headTimeoutMs: 10_000,
  idleBodyTimeoutMs: 30_000,
  keepAliveMs: 5_000,
  maxConnections: 1024,
};
