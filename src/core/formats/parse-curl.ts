import { headerValue, withoutBlanks } from "../model/headers.ts";
import { badImport, checkImport } from "./check-import.ts";
import { formEncoded, toBase64, wireBytes, wireText } from "./encodings.ts";
import { type CurlBody, curlBody } from "./curl-body.ts";
import { type CurlOption, readCurlArguments } from "./curl-options.ts";
import type { ImportedRequest } from "./format.ts";
import { splitUrl } from "./sendable.ts";
import { printfOutput, type ShellCommand, shellCommands } from "./shell-words.ts";

/**
 * Reads curl commands as browsers, docs and our own export write them, for a POSIX shell or bash. A request is what curl would
 * send, with Host, Content-Type and Content-Length; only its own User-Agent and Accept are not made up.
 * @throws BAD_IMPORT
 */
export function parseCurl(bytes: Uint8Array): readonly ImportedRequest[] {
  const text = wireText(bytes).replace(/^\u00ef\u00bb\u00bf/, "");
  const requests = shellCommands(text).flatMap((command) => fromCommand(curlOf(command)));
  if (requests.length === 0) throw badImport("the file", "it holds no curl command");
  return requests;
}

/** A short file could ask for a long body at a thousand addresses. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What is done with the response behind a pipe has no bearing on the request. */
function curlOf(command: ShellCommand): ShellCommand {
  for (let at: ShellCommand | undefined = command; at; at = at.fedBy)
    if (withoutPrompt(at.words)[0] === "curl") return at;
  const found = JSON.stringify(withoutPrompt(command.words)[0]?.slice(0, 60) ?? "");
  throw badImport(`line ${command.line}`, `it runs ${found}, not curl`);
}

function withoutPrompt(words: readonly string[]): readonly string[] {
  return words[0] === "$" ? words.slice(1) : words;
}

function fromCommand({ words, line, fedBy }: ShellCommand): readonly ImportedRequest[] {
  const place = `line ${line}`;
  const { options, urls } = readCurlArguments(withoutPrompt(words).slice(1), place);
  if (urls.length === 0) throw badImport(place, "it names no URL");
  const data = curlBody(options, fedBy && printfOutput(fedBy), place);
  const body = wireBytes(data.content ?? "");
  if (urls.length * body.length > MOST_BYTES)
    throw badImport(place, `${urls.length} URLs with ${body.length} bytes for each are too many`);
  return urls.map((url) => checkImport(toRequest(url, options, { ...data, body }, place), place));
}

function toRequest(
  url: string,
  options: readonly CurlOption[],
  data: CurlBody & { readonly body: Uint8Array },
  place: string,
): ImportedRequest {
  const [origin, path] = splitUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`);
  const [, userinfo, host = ""] = /^[^:]*:\/\/(?:(.*)@)?(.*)$/s.exec(origin) ?? [];
  const isQuery = has(options, "get");
  const body = isQuery ? undefined : data.content;
  const query = [
    ...all(options, "url-query").map(urlQuery),
    ...(isQuery && data.content !== undefined ? [data.content] : []),
  ];
  const headers = headersOf(options, { host, userinfo, hasBody: body !== undefined, isJson: data.isJson }, place);
  return {
    method: last(options, "request") ?? impliedMethod(options, body !== undefined),
    target: last(options, "request-target") ?? withQuery(path.replace(/#.*$/s, ""), query),
    httpVersion: has(options, "http1.0") ? "1.0" : "1.1",
    headers: body === undefined ? headers : withLength(headers, body.length),
    trailers: [],
    body: isQuery ? new Uint8Array(0) : data.body,
    completeness: "complete",
  };
}

function impliedMethod(options: readonly CurlOption[], hasBody: boolean): string {
  if (has(options, "head")) return "HEAD";
  return hasBody ? "POST" : "GET";
}

function withQuery(path: string, parts: readonly string[]): string {
  if (parts.length === 0) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${parts.join("&")}`;
}

function urlQuery(value: string): string {
  if (value.startsWith("+")) return value.slice(1);
  const [, name, content = ""] = /^([^=]*)=(.*)$/s.exec(value) ?? ["", "", value];
  return name === "" || name === undefined ? formEncoded(content) : `${name}=${formEncoded(content)}`;
}

interface Circumstances {
  readonly host: string;
  /** `user:password` of the URL, percent-encoded. */
  readonly userinfo: string | undefined;
  readonly hasBody: boolean;
  readonly isJson: boolean;
}

/** The headers that were asked for, and those that curl adds where they were neither given nor switched off (`-H Name:`). */
function headersOf(options: readonly CurlOption[], about: Circumstances, place: string): string[] {
  const fields = all(options, "header").map((text) => headerField(text, place));
  const named = new Set(fields.map(([name]) => name.toLowerCase()));
  const given = fields.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  const add = (name: string, value: string | undefined): readonly string[] =>
    value === undefined || named.has(name.toLowerCase()) ? [] : [name, value];
  const contentType = about.isJson ? "application/json" : "application/x-www-form-urlencoded";
  const user = last(options, "user") ?? (about.userinfo === undefined ? undefined : percentDecoded(about.userinfo));
  const bearer = last(options, "oauth2-bearer");
  const authorization = user === undefined ? bearer && `Bearer ${bearer}` : basic(user);
  return [
    ...add("Host", about.host),
    ...add("Authorization", authorization),
    ...add("User-Agent", last(options, "user-agent") || undefined),
    ...add("Referer", last(options, "referer")?.replace(/;auto$/, "") || undefined),
    ...add("Cookie", cookies(options, place)),
    ...add("Accept", about.isJson ? "application/json" : undefined),
    ...given,
    ...add("Content-Type", about.hasBody ? contentType : undefined),
  ];
}

/** `Name: value`; `Name;` for an empty one; `Name:` switches it off. */
function headerField(text: string, place: string): readonly [name: string, value: string | undefined] {
  if (text.startsWith("@")) throw badImport(place, `its headers are in the file ${JSON.stringify(text.slice(1))}`);
  const [, name = "", sign, rest = ""] = /^([^:;]+)([:;])(.*)$/s.exec(text) ?? [];
  const value = withoutBlanks(rest);
  if (sign === undefined || (sign === ";" && value !== ""))
    throw badImport(place, `the header ${JSON.stringify(text.slice(0, 60))} is not written as Name: value`);
  return [name, value === "" && sign === ":" ? undefined : value];
}

function withLength(headers: readonly string[], sizeBytes: number): readonly string[] {
  return headerValue(headers, "content-length") === undefined
    ? [...headers, "Content-Length", String(sizeBytes)]
    : headers;
}

function cookies(options: readonly CurlOption[], place: string): string | undefined {
  const given = all(options, "cookie");
  const file = given.find((value) => value !== "" && !value.includes("="));
  if (file !== undefined) throw badImport(place, `its cookies are in the file ${JSON.stringify(file)}`);
  return given.join("; ") || undefined;
}

function basic(user: string): string {
  return `Basic ${toBase64(wireBytes(user.includes(":") ? user : `${user}:`))}`;
}

function percentDecoded(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function all(options: readonly CurlOption[], name: string): readonly string[] {
  return options.filter((option) => option.name === name).map(({ value }) => value);
}

function last(options: readonly CurlOption[], name: string): string | undefined {
  return all(options, name).at(-1);
}

function has(options: readonly CurlOption[], name: string): boolean {
  return options.some((option) => option.name === name);
}
