import { badImport } from "./check-import.ts";

/** An option that says something about the request, under its long name. */
export interface CurlOption {
  readonly name: string;
  /** Empty for those that take none. */
  readonly value: string;
}

export interface CurlArguments {
  readonly options: readonly CurlOption[];
  readonly urls: readonly string[];
}

/** Options that shape the request and take a value, with their letters. */
const READ_WITH_VALUE: Readonly<Record<string, string>> = {
  X: "request",
  H: "header",
  d: "data",
  u: "user",
  A: "user-agent",
  e: "referer",
  b: "cookie",
};
const READ_LONG = "data-ascii data-raw data-binary data-urlencode json url request-target oauth2-bearer url-query";

/** The same without a value. */
const READ_FLAGS: Readonly<Record<string, string>> = { G: "get", I: "head", "0": "http1.0" };

/** Options that only say how to connect, or what to do with the response. */
const IGNORED_WITH_VALUE =
  "output max-time connect-timeout proxy proxy-user write-out retry retry-delay retry-max-time cacert capath cert cert-type key key-type pass resolve connect-to max-redirs cookie-jar dump-header interface limit-rate ciphers tls-max noproxy trace trace-ascii stderr unix-socket keepalive-time dns-servers proto proto-default proto-redir expect100-timeout speed-limit speed-time rate output-dir";
const IGNORED_VALUE_LETTERS = "omxUwEcDyY";
const IGNORED_FLAGS =
  "silent show-error insecure location location-trusted include verbose fail fail-with-body fail-early no-buffer globoff remote-name remote-header-name compressed path-as-is progress-bar no-progress-meter http1.1 http2 http2-prior-knowledge http3 ipv4 ipv6 tcp-nodelay tcp-fastopen ssl ssl-no-revoke ssl-reqd tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 raw no-keepalive disable create-dirs basic styled-output parallel retry-all-errors retry-connrefused proxy-insecure post301 post302 post303 suppress-connect-headers junk-session-cookies remove-on-error";
const IGNORED_LETTERS = "sSkLivfgNOJ#46qZj1a";

const readWithValue = new Set([...Object.values(READ_WITH_VALUE), ...READ_LONG.split(" ")]);
const readFlags = new Set(Object.values(READ_FLAGS));
const ignoredWithValue = new Set(IGNORED_WITH_VALUE.split(" "));
const ignoredFlags = new Set(IGNORED_FLAGS.split(" "));

/**
 * Sorts the words behind `curl` into options and URLs, in their order.
 * @throws BAD_IMPORT for an option that is unknown here or lacks its value, naming it
 * @see https://curl.se/docs/manpage.html
 */
export function readCurlArguments(words: readonly string[], place: string): CurlArguments {
  const options: CurlOption[] = [];
  const urls: string[] = [];
  // Counted, since to take words off the front of a long list takes for ever.
  let at = 0;
  const valueFor = (flag: string): string => {
    const value = words[at++];
    if (value === undefined) throw badImport(place, `${flag} lacks its value`);
    return value;
  };
  for (let word = words[at++]; word !== undefined; word = words[at++]) {
    if (word === "--") for (; at < words.length; at += 1) urls.push(words[at] ?? "");
    else if (word.startsWith("--")) readLong(word, options, valueFor, place);
    else if (word.startsWith("-") && word !== "-") readLetters(word, options, valueFor, place);
    else urls.push(word);
  }
  for (const { name, value } of options) if (name === "url") urls.push(value);
  return { options, urls };
}

type ValueFor = (flag: string) => string;

function readLong(word: string, options: CurlOption[], valueFor: ValueFor, place: string): void {
  const name = word.slice(2);
  if (readWithValue.has(name)) options.push({ name, value: valueFor(word) });
  else if (readFlags.has(name)) options.push({ name, value: "" });
  else if (ignoredWithValue.has(name)) valueFor(word);
  else if (!ignoredFlags.has(name) && !ignoredFlags.has(name.replace(/^no-/, ""))) throw unknown(word, place);
}

/** `-sSXPOST`: letters without a value may stand together, and the rest of the word is the value of the first with one. */
function readLetters(word: string, options: CurlOption[], valueFor: ValueFor, place: string): void {
  for (let at = 1; at < word.length; at += 1) {
    const letter = word.charAt(at);
    const rest = word.slice(at + 1);
    const name = READ_WITH_VALUE[letter];
    const flag = READ_FLAGS[letter];
    if (name !== undefined || IGNORED_VALUE_LETTERS.includes(letter)) {
      const value = rest === "" ? valueFor(`-${letter}`) : rest;
      if (name !== undefined) options.push({ name, value });
      return;
    }
    if (flag !== undefined) options.push({ name: flag, value: "" });
    else if (!IGNORED_LETTERS.includes(letter)) throw unknown(`-${letter}`, place);
  }
}

function unknown(flag: string, place: string): Error {
  const what = /^(?:-F|--form|--form-string)$/.test(flag)
    ? "makes up a body that cannot be told beforehand"
    : "is not understood";
  return badImport(place, `the option ${flag} ${what}`);
}
