import type { SignatureNotice } from "../../../app/replaying/replays.ts";
import type { KeptReason } from "../../../app/replaying/resign.ts";
import { durationText } from "../../words/units.ts";

const NOTHING_TO_RENEW =
  "--secret changes nothing: it carries no signature that hookcli knows and that ages or no longer fits; hookcli send signs events of its own";

/** A note, and by what it is known: of each kind the first is enough. */
export interface SignatureNote {
  readonly kind: string;
  readonly text: string;
}

/**
 * What is said of a signature that a person may not expect.
 * @param isAsked somebody wants a fresh one
 * @returns undefined where nobody would have expected anything else
 */
export function signatureNote(notice: SignatureNotice, isAsked: boolean): SignatureNote | undefined {
  const { requestId, scheme } = notice;
  const advice = `hookcli replay ${requestId} --secret signs it anew`;
  if (notice.kind === "aged") {
    const { ageMs, toleranceMs, because } = notice;
    const why = because === "as-captured" ? "it is sent as captured" : `no secret is known for it; ${advice}`;
    const ages = `its signature is ${durationText(ageMs)} old, and handlers for ${notice.scheme.title} take ${durationText(toleranceMs)}`;
    return { kind: `age ${notice.scheme.name}`, text: `#${requestId}: ${ages}, so expect a refusal: ${why}` };
  }
  const { reason, isEdited } = notice;
  if (reason === "nothing-to-renew")
    return isAsked ? { kind: reason, text: `#${requestId}: ${NOTHING_TO_RENEW}` } : undefined;
  if (!scheme) return undefined;
  const text = keptText(reason, scheme.title, isEdited, advice);
  return { kind: `${reason} ${scheme.name}`, text: `#${requestId}: ${text}` };
}

type ToldReason = Exclude<KeptReason, "nothing-to-renew">;

function keptText(reason: ToldReason, title: string, isEdited: boolean, advice: string): string {
  const misfit = "it keeps its signature, which no longer fits what was edited";
  switch (reason) {
    case "no-secret":
      return `${misfit}: no secret is known for it; ${advice}`;
    case "forged":
      return `it keeps its signature, which does not hold under any secret that is known${isEdited ? ", edited or not" : ""}`;
    case "own":
      return "it goes out with the signature that you gave it";
    case "unsignable":
      return `${misfit}: hookcli cannot make signatures of ${title}`;
    case "not-renewed":
      return isEdited
        ? `${misfit}: hookcli could not make a new one with the secret that is known`
        : "it keeps its signature: hookcli could not make a new one with the secret that is known";
    default:
      return reason satisfies never;
  }
}
