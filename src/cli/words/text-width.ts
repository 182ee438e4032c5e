/** No place of their own: marks that sit on the character before them. */
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}]/gu;

/** Two places on a terminal: East Asian scripts and full-width forms, pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** How many places a text takes on a terminal. The text has no control characters any more (`safeLine`). */
export function textWidth(text: string): number {
  if (!/[^ -~]/.test(text)) return text.length;
  let width = 0;
  for (const character of text.replaceAll(WITHOUT_WIDTH, "")) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/** Cut so that it takes at most `width` places, the last of them `…` (or `~`) where something was left out. */
export function cutToWidth(text: string, width: number, isUnicode: boolean): string {
  if (textWidth(text) <= width) return text;
  if (width < 1) return "";
  let kept = "";
  for (const character of text) {
    if (textWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}${isUnicode ? "…" : "~"}`;
}

/** Where nothing is cut, one very long text must not push the columns of all other rows away. */
const MOST_PADDED = 60;

/** To how many places the texts of a column are filled up that is so wide: to all of them where its texts are cut. */
export function paddedWidth(width: number, { isOutTty }: { readonly isOutTty: boolean }): number {
  return isOutTty ? width : Math.min(width, MOST_PADDED);
}

/** Filled up with spaces. */
export function padToWidth(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}
