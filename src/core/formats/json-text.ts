/** JSON leaves these as they are; a terminal would obey them, and some readers of lines would split at them. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}\ufeff]/gu;

/** A value as JSON on one line that is also JavaScript, with unsafe characters escaped. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
