/** Bytes of the hashes that anybody signs with: SHA-1, SHA-256, SHA-512 (and Ed25519). */
const LENGTHS = [20, 32, 64];

/**
 * How a digest is written: `hex`, `hex in upper case`, `base64`, `base64url`, `base64 without padding`, `base64url with
 * padding`, `base64 of the hex digits`; undefined where the text is none.
 */
export function spellingOf(text: string): string | undefined {
  if (/^[0-9a-f]+$/i.test(text) && LENGTHS.includes(text.length / 2))
    return text === text.toLowerCase() ? "hex" : "hex in upper case";
  const bytes = fromBase64(text);
  if (!bytes) return undefined;
  if (hexIn(bytes)) return "base64 of the hex digits";
  if (!LENGTHS.includes(bytes.length)) return undefined;
  const isPadded = text.endsWith("=");
  if (/[-_]/.test(text)) return isPadded ? "base64url with padding" : "base64url";
  return isPadded ? "base64" : "base64 without padding";
}

/** The digest that a text spells; undefined where it spells none. */
export function readDigest(text: string): Buffer | undefined {
  const spelling = spellingOf(text);
  if (spelling === undefined) return undefined;
  if (spelling.startsWith("hex")) return Buffer.from(text, "hex");
  const bytes = Buffer.from(text, "base64");
  const hex = hexIn(bytes);
  return hex === undefined ? bytes : Buffer.from(hex, "hex");
}

function fromBase64(text: string): Buffer | undefined {
  const bare = text.replace(/={1,2}$/, "");
  if (bare.length > 172 || !/^(?:[0-9A-Za-z+/]+|[0-9A-Za-z_-]+)$/.test(bare)) return undefined;
  return Buffer.from(bare, "base64");
}

function hexIn(bytes: Buffer): string | undefined {
  const text = bytes.toString("latin1");
  return /^[0-9a-f]+$/i.test(text) && LENGTHS.includes(text.length / 2) ? text : undefined;
}
