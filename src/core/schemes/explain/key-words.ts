import type { KeyForm } from "../scheme.ts";

const KEY_FORMS: Readonly<Record<KeyForm, string>> = {
  utf8: "the secret as it is written",
  "utf8-nfkd": "the secret as it is written, normalised (NFKD)",
  base64: "the secret decoded from base64",
  hex: "the secret decoded from hex",
  whsec: "what stands behind whsec_, decoded from base64",
  "whsec-or-utf8": "what stands behind whsec_, decoded from base64; without whsec_, the secret as it is written",
  ed25519: "an Ed25519 key",
  ecdsa: "an EC key",
};

/** What the key is, seen from the secret: `the secret decoded from hex`. */
export function keyFormText(form: KeyForm): string {
  return KEY_FORMS[form];
}
