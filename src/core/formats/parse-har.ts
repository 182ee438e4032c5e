import type { Completeness } from "../model/request.ts";
import type { HeaderPairs } from "../model/headers.ts";
import { badImport, checkImport } from "./check-import.ts";
import { fromBase64, percentEncoded, utf8Bytes, utf8Text } from "./encodings.ts";
import type { ImportedRequest } from "./format.ts";
import {
  asAmount,
  asBytes,
  asList,
  asObject,
  asOptional,
  asText,
  asTimeMs,
  asWireText,
  type JsonObject,
  parseJson,
} from "./json-fields.ts";
import { splitUrl } from "./sendable.ts";

/**
 * Reads the requests of an HTTP archive, our own or a browser's. Of HTTP/2 the pseudo headers go, and Host is made from them.
 * @throws BAD_IMPORT
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function parseHar(bytes: Uint8Array): readonly ImportedRequest[] {
  const place = "the file";
  const file = asObject(parseJson(utf8Text(bytes)?.replace(/^\ufeff/, ""), place), "it", place);
  const log = asObject(file["log"], "log", place);
  return asList(log["entries"], "log.entries", place).map((value, index) => {
    const entryPlace = `entry ${index + 1}`;
    return checkImport(fromEntry(asObject(value, "it", entryPlace), entryPlace), entryPlace);
  });
}

function fromEntry(entry: JsonObject, place: string): ImportedRequest {
  const request = asObject(entry["request"], "request", place);
  const own = asOptional(entry["_hookcli"], asObject, "_hookcli", place) ?? {};
  const [origin, path] = splitUrl(percentEncoded(asWireText(request["url"], "request.url", place)));
  if (origin === "") throw badImport(place, "request.url is no full URL");
  const headers = fieldsOf(request["headers"], "request.headers", place);
  return {
    method: asWireText(request["method"], "request.method", place),
    target: asOptional(own["target"], asWireText, "_hookcli.target", place) ?? path.replace(/#.*$/s, ""),
    httpVersion: isText(request["httpVersion"], /^HTTP\/1\.0$/i) ? "1.0" : "1.1",
    headers: realHeaders(headers, origin.replace(/^.*:\/\//, "")),
    trailers: asOptional(own["trailers"], fieldsOf, "_hookcli.trailers", place) ?? [],
    body: bodyOf(asOptional(request["postData"], asObject, "request.postData", place), place),
    completeness: completenessOf(own["completeness"]),
    receivedAtMs: asOptional(entry["startedDateTime"], asTimeMs, "startedDateTime", place),
    receiveDurationMs: own["id"] === undefined ? undefined : sendMs(entry, place),
    remoteAddress: asOptional(own["remoteAddress"], asText, "_hookcli.remoteAddress", place),
  };
}

function fieldsOf(value: unknown, name: string, place: string): HeaderPairs {
  return asList(value, name, place).flatMap((field) => {
    const pair = asObject(field, `each of ${name}`, place);
    return [asWireText(pair["name"], `${name}.name`, place), asWireText(pair["value"], `${name}.value`, place)];
  });
}

/** What HTTP/2 calls `:authority` is Host. */
function realHeaders(headers: HeaderPairs, host: string): HeaderPairs {
  const names = headers.filter((_, at) => at % 2 === 0);
  if (!names.some((name) => name.startsWith(":"))) return headers;
  const real = headers.filter((_, at) => !names[at >> 1]?.startsWith(":"));
  return names.some((name) => name.toLowerCase() === "host") ? real : ["host", host, ...real];
}

function bodyOf(postData: JsonObject | undefined, place: string): Uint8Array {
  if (!postData) return new Uint8Array(0);
  const text = asOptional(postData["text"], asText, "postData.text", place);
  if (text === undefined || text === "") return utf8Bytes(formText(postData, place));
  // The first is the name that the format allows, the other what further tools write.
  if (postData["_encoding"] !== "base64" && postData["encoding"] !== "base64")
    return asBytes(text, "postData.text", place);
  const bytes = fromBase64(text);
  if (!bytes) throw badImport(place, "postData.text is not base64");
  return bytes;
}

function formText(postData: JsonObject, place: string): string {
  const params = asOptional(postData["params"], asList, "postData.params", place) ?? [];
  if (params.length === 0) return "";
  if (!isText(postData["mimeType"], /^application\/x-www-form-urlencoded/i))
    throw badImport(place, "its body is given as parts, and the bytes that were sent cannot be told from them");
  const form = new URLSearchParams();
  for (const value of params) {
    const part = asObject(value, "each of postData.params", place);
    const text = asOptional(part["value"], asText, "postData.params.value", place) ?? "";
    form.append(asText(part["name"], "postData.params.name", place), text);
  }
  return form.toString();
}

/** What is no text has no form; to make text of it may fail. */
function isText(value: unknown, form: RegExp): boolean {
  return typeof value === "string" && form.test(value);
}

function completenessOf(value: unknown): Completeness {
  return value === "truncated" || value === "partial" ? value : "complete";
}

function sendMs(entry: JsonObject, place: string): number {
  return asAmount(asObject(entry["timings"], "timings", place)["send"], "timings.send", place);
}
