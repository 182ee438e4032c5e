import { headerFields, type HeaderPairs, headerValues } from "../model/headers.ts";
import { joinBytes, wireBytes } from "./encodings.ts";
import type { ExportedRequest, ExportFormat } from "./format.ts";
import { unsendable } from "./sendable.ts";

/**
 * The HTTP/1.1 message itself: request line and headers as captured, then the body; one that came in chunks is one chunk, and
 * its trailers follow. Only a Content-Length that is missing or not the number of bytes stored is mended, so that several
 * messages can follow each other in a file.
 * @see https://www.rfc-editor.org/rfc/rfc9112
 */
export const http: ExportFormat = {
  name: "http",
  title: "raw HTTP/1.1 message",
  extension: "http",
  obstacle: unsendable,
  begin: () => "",
  one: (request) => message(request),
  end: () => "",
};

function message(request: ExportedRequest): Uint8Array {
  const { method, target, httpVersion, headers, trailers, body } = request;
  const line = `${method} ${target} HTTP/${httpVersion === "" ? "1.1" : httpVersion}\r\n`;
  if (framingOf(headers).kind !== "chunked")
    return joinBytes([wireBytes(`${line}${fieldLines(withLength(headers, body.length))}\r\n`), body]);
  const chunk = body.length > 0 ? [wireBytes(`${body.length.toString(16)}\r\n`), body, wireBytes("\r\n")] : [];
  return joinBytes([
    wireBytes(`${line}${fieldLines(headers)}\r\n`),
    ...chunk,
    wireBytes(`0\r\n${fieldLines(trailers)}\r\n`),
  ]);
}

function withLength(headers: HeaderPairs, sizeBytes: number): HeaderPairs {
  const framing = framingOf(headers);
  if (framing.kind !== "length") return sizeBytes > 0 ? [...headers, "Content-Length", String(sizeBytes)] : headers;
  if (framing.values.every((value) => /^\d+$/.test(value) && Number(value) === sizeBytes)) return headers;
  return [...headerFields(headers)].flatMap(([name, value]) => [
    name,
    name.toLowerCase() === "content-length" ? String(sizeBytes) : value,
  ]);
}

function fieldLines(headers: HeaderPairs): string {
  return [...headerFields(headers)].map(([name, value]) => `${name}: ${value}\r\n`).join("");
}

/**
 * How the end of a message's body is told: in chunks, by a length, or (in a request) by having no body at all.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export type Framing =
  | { readonly kind: "chunked" }
  | { readonly kind: "length"; readonly values: readonly string[] }
  | { readonly kind: "none" };

/** What the headers of a message say about the end of its body. Codings other than chunked are content like any other. */
export function framingOf(headers: HeaderPairs): Framing {
  const coding = headerValues(headers, "transfer-encoding").join(",").split(",").at(-1)?.trim().toLowerCase();
  if (coding === "chunked") return { kind: "chunked" };
  const values = headerValues(headers, "content-length");
  return values.length > 0 ? { kind: "length", values } : { kind: "none" };
}
