import type { Algorithm, Encoding } from "./scheme.ts";

/** How long a signature is. One by ECDSA, in DER, has no fixed length. */
const SIGNATURE_BYTES: Readonly<Record<Algorithm, number | undefined>> = {
  "hmac-sha256": 32,
  "hmac-sha1": 20,
  "hmac-sha512": 64,
  sha256: 32,
  ed25519: 64,
  "ecdsa-p256-sha256": undefined,
};

/** What a text must look like to be a signature at all, whatever it says. */
export function signatureForm(algorithm: Algorithm, encoding: Encoding): RegExp {
  const bytes = SIGNATURE_BYTES[algorithm];
  if (encoding === "hex") return new RegExp(`^[0-9A-Fa-f]${bytes === undefined ? "+" : `{${bytes * 2}}`}$`);
  const count = bytes === undefined ? "+" : `{${Math.ceil((bytes * 4) / 3)}}`;
  return encoding === "base64" ? new RegExp(`^[0-9A-Za-z+/]${count}={0,2}$`) : new RegExp(`^[0-9A-Za-z_-]${count}$`);
}
