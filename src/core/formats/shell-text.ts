import { utf8Bytes, utf8Text, wireBytes, wireText } from "./encodings.ts";

/** Words that no shell reads anything into. */
const PLAIN = /^[\w./:@%+,-]+$/;

/**
 * Text as one word for a POSIX shell. In single quotes nothing has a meaning but the quote itself.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
export function shellQuote(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Would be obeyed by a terminal, taken for a key when it is pasted, or show a line other than it is. Line feeds are none of
 * that inside quotes.
 */
const UNSAFE = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const UNSAFE_RUNS = new RegExp(`((?:${UNSAFE.source})+)`, "u");
/** The same in bytes that are no UTF-8. */
const UNSAFE_BYTE_RUNS = /([^\n -~]+)/;

/** What cannot stand in a printf format as it is. */
const SPECIAL = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}%\\]|^-/gu;
const SPECIAL_BYTES = /[^\n -~]|[%\\]|^-/g;

/** How a format writes each byte that it cannot hold as it is; three digits, so that digits may follow. */
const ESCAPE_OF_BYTE = Array.from({ length: 256 }, (_, byte) => `\\${byte.toString(8).padStart(3, "0")}`);
ESCAPE_OF_BYTE[0x09] = String.raw`\t`;
ESCAPE_OF_BYTE[0x0d] = String.raw`\r`;
ESCAPE_OF_BYTE[0x5c] = String.raw`\\`;
ESCAPE_OF_BYTE[0x25] = "%%";

/** The bytes as text that a shell command may hold as it is; undefined where they must be escaped. */
export function shellSafeText(bytes: Uint8Array): string | undefined {
  const text = utf8Text(bytes);
  return text === undefined || UNSAFE.test(text) ? undefined : text;
}

/**
 * Wire text as one word of a shell command, byte for byte. What cannot stand in quotes is made by `printf`, whose octal
 * escapes every POSIX shell knows (`$'…'` is unknown to dash). A NUL is lost: no argument can hold one.
 */
export function shellWord(text: string): string {
  const bytes = wireBytes(text);
  const safe = shellSafeText(bytes);
  if (safe !== undefined) return shellQuote(safe);
  const decoded = utf8Text(bytes);
  const runs = decoded === undefined ? wireText(bytes).split(UNSAFE_BYTE_RUNS) : decoded.split(UNSAFE_RUNS);
  const toBytes = decoded === undefined ? wireBytes : utf8Bytes;
  // No unsafe run holds a line feed, so none ends in one, which the shell would drop.
  return runs
    .map((run, index) => (index % 2 === 1 ? `"$(printf ${printfFormat(toBytes(run))})"` : run && shellQuote(run)))
    .join("");
}

/** A quoted format with which `printf` prints exactly these bytes, NUL and all. */
export function printfFormat(bytes: Uint8Array): string {
  const text = utf8Text(bytes);
  const format =
    text === undefined
      ? wireText(bytes).replaceAll(SPECIAL_BYTES, (byte) => ESCAPE_OF_BYTE[byte.charCodeAt(0)] ?? byte)
      : text.replaceAll(SPECIAL, (character) => escapes(character));
  return shellQuote(format);
}

/** The wire text that `printf` prints for a format without arguments; undefined where it asks for more than escapes. */
export function printedBy(format: string): string | undefined {
  const printed = format.replaceAll(
    /\\([0-7]{1,3}|.)|%(.?)/gs,
    (all, escape: string | undefined, directive?: string) => {
      if (escape === undefined) return directive === "%" ? "%" : ASKS_FOR_MORE;
      if (/^[0-7]/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8) & 0xff);
      return ESCAPES.get(escape) ?? all;
    },
  );
  return printed.includes(ASKS_FOR_MORE) ? undefined : printed;
}

/** No byte, so in no wire text. */
const ASKS_FOR_MORE = "\ufffd";

const ESCAPES = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["\\", "\\"],
  ["a", "\u0007"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
]);

function escapes(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x80) return ESCAPE_OF_BYTE[code] ?? "";
  return [...utf8Bytes(character)].map((byte) => ESCAPE_OF_BYTE[byte]).join("");
}

/** One argument holds at most 128 KiB on Linux; what a shell prints into a pipe has no such limit. */
const MAX_ARGUMENT_BYTES = 100_000;

/** A command that prints the body; undefined where the body can simply be an argument. */
export function feedingCommand(body: Uint8Array): string | undefined {
  const text = shellSafeText(body);
  if (text === undefined) return `printf ${printfFormat(body)}`;
  return body.length > MAX_ARGUMENT_BYTES ? `printf %s ${shellQuote(text)}` : undefined;
}
