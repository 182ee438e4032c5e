/**
 * What we found about a signature. `verified`: it holds and is fresh. `stale`, `future`: it holds, and its time lies outside
 * the tolerance. `mismatch`: it does not hold under any secret. `missing-header`: a secret was given for this very
 * provider, and nothing is signed. `malformed-header`: no signature can be read. `unsigned`: none is there, and none was
 * expected. `no-secret`: there is one, and nothing to hold it against. `unjudged`: judging needs what hookcli does not
 * have, a certificate from the network for instance.
 */
export const VERDICTS = [
  "verified",
  "stale",
  "future",
  "mismatch",
  "missing-header",
  "malformed-header",
  "unsigned",
  "no-secret",
  "unjudged",
] as const;

export type VerdictKind = (typeof VERDICTS)[number];

/** A verdict as it is stored with a request. Signature and freshness are two findings: `kind` tells both. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** The time that was signed; undefined where the scheme signs none. */
  readonly signedAtMs?: number | undefined;
  /** The secret under which it holds. */
  readonly secretName?: string | undefined;
}

/** Five of them say no. */
const FAILED: ReadonlySet<VerdictKind> = new Set<VerdictKind>([
  "stale",
  "future",
  "mismatch",
  "missing-header",
  "malformed-header",
]);

export function isFailed({ kind }: Verdict): boolean {
  return FAILED.has(kind);
}

/** Whether who sent it knew the secret, however long ago. */
export function isGenuine({ kind }: Verdict): boolean {
  return kind === "verified" || kind === "stale" || kind === "future";
}
