import type { Secret } from "../../core/model/secret.ts";
import type { Target } from "../../core/model/target.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";

/** How requests that arrive are recognised and judged, and what follows from it. */
export interface SignatureOptions {
  /** In the order in which they are tried. */
  readonly secrets: readonly Secret[];
  /** A person's own, looked at before those that are built in. */
  readonly schemes: readonly Scheme[];
  /** Whose requests these are, whatever they look like; undefined: each is recognised. */
  readonly provider?: string | undefined;
  /** Where the provider posts to, for the schemes that sign it; undefined: what the request itself says. */
  readonly publicUrl?: Target | undefined;
  /** What does not verify is answered with this status and not forwarded; undefined: it is forwarded like the rest. */
  readonly refuseStatus?: number | undefined;
  /** Answers handshakes also where there is a target. */
  readonly answersHandshakes: boolean;
}
