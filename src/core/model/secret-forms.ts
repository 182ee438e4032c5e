/** No shorter piece of a form is looked for: it would stand in other text, too. In characters. */
const LEAST_PIECE = 8;
const PEM_LINE = /^-----/;

/**
 * The ways in which programs write a secret: as it is, with the escapes of JSON, URLs, HTML and a terminal, as base64 at any
 * place of a longer text, as hexadecimal; each line of it, and what stands behind a prefix like `whsec_`.
 */
export function secretForms(secret: string): readonly string[] {
  const lines = secret.includes("\n") ? secret.split(/\r?\n/).filter((line) => !PEM_LINE.test(line)) : [];
  const forms = new Set([secret, ...lines].flatMap(textForms));
  for (const form of encodedForms(secret)) forms.add(form);
  const bare = withoutPrefix(secret);
  if (bare !== undefined) for (const form of [...textForms(bare), ...encodedForms(bare)]) forms.add(form);
  const key = bare === undefined ? undefined : base64Bytes(bare);
  if (key) for (const form of hexForms(key)) forms.add(form);
  return [...forms].filter((form) => form.length >= LEAST_PIECE);
}

/** A secret that stands on its own as text, in the alphabets of the places where text stands. */
export function textForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const plain = json.replaceAll("/", "\\/");
  const url = encodeURIComponent(text.toWellFormed());
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  return [
    text,
    ...[json, plain].flatMap((form) => [form, asciiJson(form), asciiJson(form).toUpperCase().replaceAll("\\U", "\\u")]),
    // A JSON document that stands as a string in another one is escaped twice.
    JSON.stringify(json).slice(1, -1),
    ...[url, url.replaceAll("%20", "+"), strictUrl(url)].flatMap((form) => [form, lowerEscapes(form)]),
    html,
    html.replaceAll("'", "&#39;"),
    html.replaceAll("'", "&#x27;"),
    html.replaceAll("'", "&apos;"),
    wireForm(text),
  ].filter((form, at, all) => at === 0 || (form !== text && all.indexOf(form) === at));
}

/** Characters beyond ASCII as escapes, as Python and PHP write them. */
function asciiJson(json: string): string {
  return json.replaceAll(/[^\0-\u007f]/g, (unit) =>
    [...Array(unit.length).keys()].map((at) => `\\u${unit.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}

/** Other languages escape what JavaScript leaves. */
function strictUrl(url: string): string {
  return url.replaceAll(/[!'()*~]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}

function lowerEscapes(url: string): string {
  return url.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}

/** One character a byte, as headers and targets are kept. */
function wireForm(text: string): string {
  return /[^\0-\u007f]/.test(text) ? latin1(utf8(text)) : text;
}

function encodedForms(text: string): readonly string[] {
  const bytes = utf8(text);
  return [...hexForms(bytes), ...base64Forms(bytes)];
}

function hexForms(bytes: Uint8Array): readonly string[] {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex, hex.toUpperCase()];
}

/**
 * What bytes look like in base64 is told by where they begin in it: one form for each of the three places, without what
 * their neighbours share with them; and the bytes alone, whole.
 */
function base64Forms(bytes: Uint8Array): readonly string[] {
  const alone = btoa(latin1(bytes));
  const inside = [0, 1, 2].map((before) => {
    const shifted = btoa("\0".repeat(before) + latin1(bytes));
    return shifted.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [alone, ...inside].flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]);
}

/** `abc` of `whsec_abc`; undefined where there is no prefix, or little behind it. */
function withoutPrefix(secret: string): string | undefined {
  const bare = /^(?:[a-z]{2,10}_){1,3}(?<bare>[^]+)$/.exec(secret)?.groups?.["bare"];
  return bare !== undefined && bare.length >= LEAST_PIECE ? bare : undefined;
}

function base64Bytes(text: string): Uint8Array | undefined {
  try {
    const decoded = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(decoded, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
