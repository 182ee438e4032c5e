import { headerFields, type HeaderPairs } from "../model/headers.ts";
import { maskHeaders, maskText } from "../model/redact.ts";
import { utf8Bytes, utf8Text, wireBytes, wireText } from "./bytes.ts";
import type { ExportedRequest } from "./format.ts";

/**
 * A request as it may be given away: credentials are covered in target, headers, trailers and body, and in the response. A
 * Content-Length that was right stays right. Compressed bodies are not looked into.
 */
export function maskRequest(request: ExportedRequest): ExportedRequest {
  const body = maskBody(request.body);
  const { exchange } = request;
  const response = exchange?.response;
  return {
    ...request,
    target: maskText(request.target),
    url: maskText(request.url),
    headers: withNewLength(maskHeaders(request.headers), request.body.length, body.length),
    trailers: maskHeaders(request.trailers),
    body,
    ...(exchange && response
      ? {
          exchange: {
            ...exchange,
            response: { ...response, headers: maskHeaders(response.headers), body: maskBody(response.body) },
          },
        }
      : {}),
  };
}

/** Bytes that are no UTF-8 may hold text all the same: what is looked for is ASCII. */
function maskBody(body: Uint8Array): Uint8Array {
  const text = utf8Text(body);
  const before = text ?? wireText(body);
  const masked = maskText(before);
  if (masked === before) return body;
  return text === undefined ? wireBytes(masked) : utf8Bytes(masked);
}

function withNewLength(headers: HeaderPairs, before: number, after: number): HeaderPairs {
  if (before === after) return headers;
  return [...headerFields(headers)].flatMap(([name, value]) => [
    name,
    name.toLowerCase() === "content-length" && value === String(before) ? String(after) : value,
  ]);
}
