import { headerFields, type HeaderPairs } from "./headers.ts";

/** Stands where a secret was. */
export const MASK = "••••";

/** Headers whose value is a credential. Signatures are not among them: they prove nothing without the secret. */
const SECRET_HEADER =
  /^(?:proxy-)?authorization$|^(?:set-)?cookie$|api[-_]?key|(?:^|[-_])(?:token|secret|password|passwd)(?:$|[-_])/;

/** Names of query and body fields whose value is a credential. */
const SECRET_FIELD =
  "(?:access_?|refresh_?|id_?|auth_?|api_?|private_?|client_?)?(?:token|secret|password|passwd|pwd|api_?key|apikey|private_?key)";

/** Values that are credentials wherever they stand: well-known key prefixes, bearer tokens, PEM private keys. */
const SECRET_VALUES = [
  /\b(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]{8,}/g,
  /\bwhsec_[0-9A-Za-z+/=_-]{8,}/g,
  /\b(?:gh[pousr]_[0-9A-Za-z]{20,}|github_pat_[0-9A-Za-z_]{20,})/g,
  /\bxox[abposr]-[0-9A-Za-z-]{10,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /(?<![0-9A-Za-z_-])eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----/g,
];
/** Also one whose end was cut off. Lazy with a look back, so that a value of any length takes neither stack nor time. */
const SECRET_JSON_FIELD = new RegExp(`("${SECRET_FIELD}"\\s*:\\s*)"[^]*?(?:"(?<=[^\\\\](?:\\\\\\\\)*")|$)`, "gi");
const SECRET_QUERY_FIELD = new RegExp(`((?:^|[?&;])${SECRET_FIELD}=)[^&;#\\s"']*`, "gi");
const DIGIT_RUN = /(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z])/g;
/** Holds wherever one of the patterns above could: most request targets are passed by this one look. */
const MAY_HOLD_SECRET =
  /["=]|_(?:live|test)_|whsec_|gh[pousr]_|github_pat_|xox[abposr]-|AKIA|eyJ|-----BEGIN|[0-9](?:[ -]?[0-9]){12}/;

/** A header's value as it may be shown. */
export function maskHeaderValue(name: string, value: string): string {
  return SECRET_HEADER.test(name.toLowerCase()) ? MASK : maskText(value);
}

/** Header fields as they may be shown. */
export function maskHeaders(pairs: HeaderPairs): HeaderPairs {
  const masked: string[] = [];
  for (const [name, value] of headerFields(pairs)) masked.push(name, maskHeaderValue(name, value));
  return masked;
}

/** A body, request target or message as it may be shown: known kinds of credentials and card numbers are covered. */
export function maskText(text: string): string {
  if (!MAY_HOLD_SECRET.test(text)) return text;
  let masked = text;
  for (const pattern of SECRET_VALUES) masked = masked.replaceAll(pattern, MASK);
  return masked
    .replaceAll(SECRET_JSON_FIELD, `$1"${MASK}"`)
    .replaceAll(SECRET_QUERY_FIELD, `$1${MASK}`)
    .replaceAll(DIGIT_RUN, (run) => (looksLikeCard(run) ? MASK : run));
}

/** The check digit of card numbers (Luhn): most long numbers that are no card fail it. */
function looksLikeCard(run: string): boolean {
  let sum = 0;
  const digits = run.replaceAll(/\D/g, "");
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
