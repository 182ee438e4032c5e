import {
  CREDENTIAL_KINDS,
  SECRET_FIELD_ENDS,
  SECRET_FIELD_WORDS,
  SECRET_HEADER_PARTS,
  SECRET_HEADER_WORDS,
  SECRET_HEADERS,
} from "./credential-kinds.ts";

/** Stands where a secret was. */
export const MASK = "••••";

const SECRET_HEADER = new RegExp(
  `^(?:${oneOf(SECRET_HEADERS)})$|${oneOf(SECRET_HEADER_PARTS)}|(?:^|[-_])${oneOf(SECRET_HEADER_WORDS)}(?:$|[-_])`,
  "i",
);
const SECRET_VALUE = new RegExp(oneOf(CREDENTIAL_KINDS.map(({ form }) => form)), "g");

/** Looked for from its end on, where a quote, an equals sign or a colon must follow: names may begin with anything. */
const FIELD = `(?:${oneOf(SECRET_FIELD_ENDS)}|(?:(?<![0-9A-Za-z])|(?<=%5B))${oneOf(SECRET_FIELD_WORDS)})`;
/**
 * Text or a number behind a name in quotes of either kind, also text whose end was cut off. Lazy with a look back, so that a
 * value of any length takes neither stack nor time.
 */
const JSON_FIELD = new RegExp(
  String.raw`(${FIELD}(["'])\s*:\s*)(?:(["'])[^]*?(?:\3(?<=[^\\](?:\\\\)*["'])|$)|-?\d[\d.eE+-]*)`,
  "gi",
);
/** The same in a document that is a string of another one, where each quote has a backslash before it. */
const ESCAPED_JSON_FIELD = new RegExp(
  String.raw`(${FIELD}\\"\s*:\s*)(?:\\"[^]*?(?:\\"(?<=[^\\](?:\\{4})*\\")|$)|-?\d[\d.eE+-]*)`,
  "gi",
);
const QUERY_FIELD = new RegExp(String.raw`(${FIELD}(?:\]|%5D)?=)[^&;#\s"']*`, "gi");
/** `Cookie: a=b` and `password: abc` on lines of their own. */
const LINE_FIELD = new RegExp(
  String.raw`^([ \t<>*-]{0,40}[\w.-]{0,60}${FIELD}[ \t]{0,9}:[ \t]{1,9})[^\s"'{[][^\r\n]*`,
  "gim",
);
const DIGIT_RUN = /(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z])/g;
/** Holds wherever one of the patterns above could: most request targets are passed by this one look. */
const MAY_HOLD_SECRET = new RegExp(
  String.raw`["'=]|:[ \t]|${CREDENTIAL_KINDS.map(({ hint }) => hint).join("|")}|[0-9](?:[ -]?[0-9]){12}`,
);

/** Whether a header's value is a credential, whatever it looks like. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name);
}

/** A body, request target or message as it may be shown: known kinds of credentials and card numbers are covered. */
export function maskText(text: string): string {
  if (!MAY_HOLD_SECRET.test(text)) return text;
  return text
    .replaceAll(SECRET_VALUE, MASK)
    .replaceAll(JSON_FIELD, (_, name: string, nameQuote: string, quote = nameQuote) => `${name}${quote}${MASK}${quote}`)
    .replaceAll(ESCAPED_JSON_FIELD, String.raw`$1\"${MASK}\"`)
    .replaceAll(QUERY_FIELD, `$1${MASK}`)
    .replaceAll(LINE_FIELD, `$1${MASK}`)
    .replaceAll(DIGIT_RUN, (run, at: number, all: string) => (looksLikeCard(run) ? maskedCard(run, at, all) : run));
}

/** The values of the fields that a text calls credentials, as they are written and as they are read. */
export function* fieldValues(text: string): Generator<string> {
  if (!/["'=:]/.test(text)) return;
  for (const [all, name = "", , quote] of text.matchAll(JSON_FIELD)) {
    const written = all.slice(name.length).replace(/^["']/, "").replace(/["']$/, "");
    yield written;
    if (quote === '"' && written.includes("\\")) yield* parsed(`"${written}"`, JSON.parse);
  }
  for (const [all, name = ""] of text.matchAll(LINE_FIELD)) yield all.slice(name.length);
  for (const [all, name = ""] of text.matchAll(QUERY_FIELD)) {
    const written = all.slice(name.length);
    yield written;
    if (/[%+]/.test(written)) yield* parsed(written.replaceAll("+", " "), decodeURIComponent);
  }
}

function* parsed(written: string, read: (text: string) => unknown): Generator<string> {
  try {
    const value = read(written);
    if (typeof value === "string") yield value;
  } catch {
    // It cannot be parsed, so only what is written there is covered.
  }
}

/** A number of JSON becomes text of it, so that what was JSON stays it. */
function maskedCard(run: string, at: number, text: string): string {
  const isNumber =
    /[:[,]\s{0,99}$/.test(text.slice(Math.max(0, at - 100), at)) &&
    /^\s{0,99}[,}\]]/.test(text.slice(at + run.length, at + run.length + 100));
  return isNumber && /^\s*[{[]/.test(text) ? `"${MASK}"` : MASK;
}

/** The numbers that card companies give out, with the check digit (Luhn): a time in milliseconds is none. */
function looksLikeCard(run: string): boolean {
  const digits = run.replaceAll(/\D/g, "");
  return ISSUED.test(digits) && luhnSum(digits) % 10 === 0;
}

/** Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro, by their lengths. */
const ISSUED =
  /^(?:4(?:\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11,13}|35\d{14}|6(?:011|5\d\d|4[4-9]\d|2\d\d)\d{12,15}|(?:50|5[6-9]|6[37])\d{14,17})$/;

function luhnSum(digits: string): number {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

function oneOf(sources: readonly string[]): string {
  return `(?:${sources.join("|")})`;
}
