/**
 * What a terminal would obey instead of show, or what would make text look like other text: C0 and C1 controls, DEL,
 * direction overrides, invisible and tag characters, line separators, lone surrogates.
 */
const UNSAFE =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- these are what it is about
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

/** Nearly all text is ASCII, European letters, arrows and ticks; telling so is much cheaper than looking for each unsafe character. */
const NOT_PLAIN = /[^ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2190-\u27bf]/;

/**
 * Marks that sit on the character before them take no place of their own: a million of them are no wider than one, and a
 * tower of them covers the lines above. No script stacks more than these.
 */
const TOWER = /(?<=\p{M}{6})\p{M}/gu;

/** One line of foreign text, harmless: every unsafe character becomes its escape (`\x1b`, `\u202e`). */
export function safeLine(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  return text.replaceAll(UNSAFE, escapeCharacter).replaceAll(TOWER, escapeCharacter);
}

/** The same for text of several lines: line feeds and tabs stay; a carriage return at a line's end goes. */
export function safeText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(UNSAFE, (found) => (found === "\n" || found === "\t" ? found : escapeCharacter(found)))
    .replaceAll(TOWER, escapeCharacter);
}

/** JSON whose strings hold no unsafe character either: JSON.stringify leaves C1 and direction overrides as they are. */
export function safeJson(json: string): string {
  return json.replaceAll(UNSAFE, (found) =>
    [...Array(found.length).keys()].map((at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}

/** Latin-1 text off the wire as a person wrote it: as UTF-8 where the bytes are UTF-8. Not yet safe to print. */
export function fromWire(latin1: string): string {
  // Nearly everything on the wire is ASCII; what holds more than bytes (a mask) is no longer as it came.
  if (!/[\u0080-\uffff]/.test(latin1) || /[\u0100-\uffff]/.test(latin1)) return latin1;
  const bytes = Buffer.from(latin1, "latin1");
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? latin1 : text;
}

/** True where nothing would have to be escaped. */
export function isSafeText(text: string): boolean {
  return safeText(text) === text.replaceAll("\r\n", "\n");
}

function escapeCharacter(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}
