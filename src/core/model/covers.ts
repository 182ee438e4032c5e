import { MASK } from "./redact.ts";
import { secretForms, textForms } from "./secret-forms.ts";

/** From so many characters on a secret is covered wherever it stands. */
export const LEAST_COVERED = 8;
/** From so many on where it stands alone, with no letter or digit beside it; shorter ones are left: they stand everywhere. */
export const LEAST_COVERED_ALONE = 4;
/** The longest form that is looked for at the end of a text that was cut off. */
export const LONGEST_FORM = 8 * 1024;

/** Texts that are known to be secret, and are covered in whatever is printed, in all forms that programs write. */
export class Covers {
  /** Covered wherever they stand. Each is looked for in the whole text, so their order does not matter. */
  #anywhere: readonly string[] = [];
  #alone: readonly string[] = [];
  readonly #known = new Set<string>();

  get isEmpty(): boolean {
    return this.#anywhere.length === 0 && this.#alone.length === 0;
  }

  add(secret: string): void {
    if (this.#known.has(secret)) return;
    this.#known.add(secret);
    if (secret.length >= LEAST_COVERED) this.#anywhere = merged(this.#anywhere, secretForms(secret));
    else if (secret.length >= LEAST_COVERED_ALONE) this.#alone = merged(this.#alone, [secret, ...textForms(secret)]);
  }

  /** These and others: what a request carries is known for this request alone. */
  and(texts: readonly string[]): Covers {
    const both = new Covers();
    both.#alone = this.#alone;
    both.#anywhere = merged(
      this.#anywhere,
      texts.filter(({ length }) => length >= LEAST_COVERED).flatMap((text) => secretForms(text)),
    );
    return both;
  }

  /**
   * The text with a mask in place of every secret. Secrets that hold, begin or overlap each other leave nothing of any of
   * them: all are found before the first is replaced.
   */
  apply(text: string): string {
    if (this.isEmpty) return text;
    const found: [from: number, to: number][] = [];
    for (const form of this.#anywhere) addAll(found, text, form);
    for (const form of this.#alone) addAll(found, text, form, isAlone);
    return found.length === 0 ? text : replaced(text, found);
  }
}

function merged(before: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...before, ...more])];
}

function addAll(
  found: [from: number, to: number][],
  text: string,
  form: string,
  counts: (text: string, from: number, to: number) => boolean = () => true,
): void {
  let last: [from: number, to: number] | undefined;
  for (let from = text.indexOf(form); from >= 0; from = text.indexOf(form, from + 1)) {
    const to = from + form.length;
    if (!counts(text, from, to)) continue;
    // Finds that overlap, such as `abab` in `ababab`, become one stretch.
    if (last && from <= last[1]) last[1] = to;
    else found.push((last = [from, to]));
  }
}

function isAlone(text: string, from: number, to: number): boolean {
  return (
    !/[\p{L}\p{N}_]$/u.test(text.slice(Math.max(0, from - 2), from)) && !/^[\p{L}\p{N}_]/u.test(text.slice(to, to + 2))
  );
}

function replaced(text: string, found: readonly (readonly [from: number, to: number])[]): string {
  let masked = "";
  let at = 0;
  let isOpen = false;
  for (const [from, to] of found.toSorted((a, b) => a[0] - b[0])) {
    if (isOpen && from <= at) {
      at = Math.max(at, to);
      continue;
    }
    masked += text.slice(at, from) + MASK;
    isOpen = true;
    at = to;
  }
  return masked + text.slice(at);
}
