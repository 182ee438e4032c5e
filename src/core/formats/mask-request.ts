import type { EventFacts } from "../model/request.ts";
import { headerFields, type HeaderPairs } from "../model/headers.ts";
import { type Mask, usualMask } from "../model/mask.ts";
import { utf8Bytes, utf8Text, wireBytes, wireText } from "./encodings.ts";
import type { ExportedRequest } from "./format.ts";

/**
 * A request as it may be given away: credentials are covered in target, headers, trailers and body, and in the response. A
 * Content-Length that was right stays right. Compressed bodies are not looked into.
 */
export function maskRequest(request: ExportedRequest, mask: Mask = usualMask): ExportedRequest {
  const body = maskBody(request.body, mask);
  const { exchange } = request;
  const response = exchange?.response;
  return {
    ...request,
    target: mask.text(request.target),
    url: mask.text(request.url),
    headers: withNewLength(mask.headers(request.headers), request.body.length, body.length),
    trailers: mask.headers(request.trailers),
    event: maskEvent(request.event, mask),
    reply: request.reply && { ...request.reply, note: masked(request.reply.note, mask) },
    body,
    ...(exchange && response
      ? {
          exchange: {
            ...exchange,
            response: {
              ...response,
              statusText: mask.text(response.statusText),
              headers: mask.headers(response.headers),
              body: maskBody(response.body, mask),
            },
          },
        }
      : {}),
  };
}

function maskEvent(event: EventFacts, mask: Mask): EventFacts {
  return { ...event, eventId: masked(event.eventId, mask), eventType: masked(event.eventType, mask) };
}

function masked(text: string | undefined, mask: Mask): string | undefined {
  return text === undefined ? undefined : mask.text(text);
}

/** Bytes that are no UTF-8 may hold text all the same: what is looked for is ASCII. */
export function maskBody(body: Uint8Array, mask: Mask): Uint8Array {
  const text = utf8Text(body);
  const before = text ?? wireText(body);
  const masked = mask.text(before);
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

/** The messages that an exported request is made of: what one calls a credential is covered in the others, too. */
export function partsOf(request: ExportedRequest): readonly Pick<ExportedRequest, "headers" | "body">[] {
  const response = request.exchange?.response;
  return response ? [request, response] : [request];
}
