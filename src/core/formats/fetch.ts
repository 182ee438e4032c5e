import { jsonText, percentEncoded, toBase64, utf8Text, wireBytes, wireText } from "./encodings.ts";
import { commentLine, sendable, unsendable } from "./sendable.ts";
import type { ExportedRequest, ExportFormat } from "./format.ts";

/** @see https://fetch.spec.whatwg.org/#forbidden-method */
const FORBIDDEN = /^(?:connect|trace|track)$/i;
/** Those that fetch writes in capitals, however they were given. */
const MADE_UPPER = /^(?:delete|get|head|options|post|put)$/i;

/**
 * A JavaScript call that Node and browsers run as part of a module. Left out are the same headers as for curl; fetch joins
 * repeated headers, adds some of its own, and tidies the path, so it is close and not exact.
 * @see https://fetch.spec.whatwg.org/
 */
export const fetchSnippet: ExportFormat = {
  name: "fetch",
  title: "JavaScript with fetch, as a module",
  extension: "mjs",
  obstacle,
  begin: () => "",
  one: (request, isFirst) => `${isFirst ? "" : "\n"}${commentLine("//", request)}${snippet(request)}`,
  end: () => "",
};

function obstacle(request: ExportedRequest): string | undefined {
  const { method, body } = request;
  if (FORBIDDEN.test(method)) return `fetch does not send ${method.toUpperCase()}`;
  if (/^(?:get|head)$/i.test(method) && body.length > 0) return `fetch sends no body with ${method}`;
  if (MADE_UPPER.test(method) && method !== method.toUpperCase()) return "fetch writes this method in capitals";
  return unsendable(request);
}

function snippet(request: ExportedRequest): string {
  const { origin, path, fields, hasBody } = sendable(request);
  const lines = [
    ...(isTidied(origin, path) ? ["// fetch tidies this path: it is not sent as it was captured"] : []),
    `await fetch(${jsonText(readable(origin + path))}, {`,
    `  method: ${jsonText(request.method)},`,
    "  headers: [",
    // A header here is text of one character a byte, which is what fetch wants.
    ...fields.map(([name, value]) => `    [${jsonText(name)}, ${jsonText(wireText(wireBytes(value)))}],`),
    "  ],",
    ...(hasBody && request.body.length > 0 ? [`  body: ${bodyExpression(request.body)},`] : []),
    '  redirect: "manual",',
    "}).then(async (response) => console.log(response.status, await response.text()));",
  ];
  return `${lines.join("\n")}\n`;
}

function isTidied(origin: string, path: string): boolean {
  const url = URL.parse(origin + path);
  return url !== null && url.pathname + url.search !== path;
}

/** Always bytes: to text fetch would add a content type. */
function bodyExpression(body: Uint8Array): string {
  const text = utf8Text(body);
  if (text !== undefined) return `new TextEncoder().encode(${jsonText(text)})`;
  return `Uint8Array.from(atob("${toBase64(body)}"), (character) => character.charCodeAt(0))`;
}

function readable(wire: string): string {
  return utf8Text(wireBytes(wire)) ?? percentEncoded(wire);
}
