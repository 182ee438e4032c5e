import { isSigningToken, keyOf } from "./keys.ts";
import { ruleOf } from "./template-rule.ts";
import type { Scheme } from "./scheme.ts";
import { signatureWith } from "./sign.ts";

/**
 * What keeps a secret from signing as its provider would, as the end of a sentence; undefined: nothing does. Stricter than
 * judging: behind `whsec_` receivers take base64 and refuse anything else, though some bytes could be made of it.
 * @param scheme one that `canSign`
 * @see https://github.com/standard-webhooks/standard-webhooks/tree/main/libraries
 */
export function signingProblem(scheme: Scheme, secretText: string): string | undefined {
  const signature = signatureWith(scheme, secretText);
  // One that is sent along may be any text.
  const rule = signature.kind === "static" ? undefined : ruleOf({ signature });
  if (!rule) return undefined;
  const key = keyOf(secretText, rule.key);
  if (key.kind === "unusable") return key.why;
  const isDecoded = rule.key === "whsec" || rule.key === "whsec-or-utf8";
  if (!isDecoded || !isSigningToken(secretText)) return undefined;
  return isBase64(secretText.slice(secretText.indexOf("_") + 1)) ? undefined : "what stands behind whsec_ is no base64";
}

/** The padding may be left out, but not be wrong. */
function isBase64(text: string): boolean {
  const bare = text.replace(/={1,2}$/, "");
  const isWhole = bare.length === text.length ? bare.length % 4 !== 1 : text.length % 4 === 0;
  return isWhole && /^[0-9A-Za-z+/]+$/.test(bare);
}
