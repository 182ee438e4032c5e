import { type Body, bytesBody } from "../../model/body.ts";
import type { Message } from "../../model/request.ts";

/** After so many changes that nothing notices, none will be. */
const MOST_TRIALS = 200;

/**
 * Changes one byte of a body that is signed already, so that it stays what it was, JSON for instance, and the signature no
 * longer fits.
 * @param isNoticed whether the signature fits no more
 * @returns undefined where no change would be noticed
 */
export async function tamper(
  message: Message,
  isNoticed: (tampered: Message) => Promise<boolean>,
): Promise<Message | undefined> {
  const { body } = message;
  if (body.kind === "file") return undefined;
  let trials = 0;
  for (const changed of changesOf(body.bytes)) {
    const tampered: Message = { ...message, body: changed };
    trials += 1;
    if (await isNoticed(tampered)) return tampered;
    if (trials >= MOST_TRIALS) return undefined;
  }
  return undefined;
}

/** Digits first, from the end: an amount is what people tamper with. */
function* changesOf(bytes: Uint8Array): Generator<Body, void, undefined> {
  const isJson = parses(bytes);
  for (const other of [otherDigit, otherLetter]) {
    for (let at = bytes.length - 1; at >= 0; at -= 1) {
      const byte = other(bytes[at] ?? 0);
      if (byte === undefined) continue;
      const changed = Uint8Array.from(bytes);
      changed[at] = byte;
      if (!isJson || parses(changed)) yield bytesBody(changed);
    }
  }
  yield bytesBody(Uint8Array.from([...bytes, 0x20]));
}

/** Never 0, which no number may begin with. */
function otherDigit(byte: number): number | undefined {
  if (byte < 0x30 || byte > 0x39) return undefined;
  return byte === 0x39 ? 0x38 : byte + 1;
}

function otherLetter(byte: number): number | undefined {
  const lower = byte | 0x20;
  if (lower < 0x61 || lower > 0x7a) return undefined;
  return lower === 0x7a ? byte - 1 : byte + 1;
}

function parses(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return true;
  } catch {
    return false;
  }
}
