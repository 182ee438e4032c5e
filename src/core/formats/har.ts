import { headerFields, headerValue, type HeaderPairs } from "../model/headers.ts";
import { jsonText, percentEncoded, toBase64, utf8Text } from "./encodings.ts";
import type { ExportedExchange, ExportedRequest, ExportFormat } from "./format.ts";
import { splitUrl, unsendable } from "./sendable.ts";

/**
 * An HTTP archive, version 1.2, with the target's response where there is one. What the format has no place for stands in
 * `_hookcli`; a body that is no UTF-8 is base64, and `_encoding` says so (the format lets names that start with `_` be added).
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export const har: ExportFormat = {
  name: "har",
  title: "HTTP archive (HAR 1.2), for browsers and other tools",
  extension: "har",
  obstacle: unsendable,
  begin: (version) => `{"log":{"version":"1.2","creator":${jsonText({ name: "hookcli", version })},"entries":[\n`,
  one: (request, isFirst) => `${isFirst ? "" : ",\n"}${jsonText(entry(request))}`,
  end: () => "\n]}}\n",
};

function entry(request: ExportedRequest): object {
  const waitMs = request.exchange?.durationMs ?? 0;
  return {
    startedDateTime: new Date(request.receivedAtMs).toISOString(),
    time: request.receiveDurationMs + waitMs,
    request: requestPart(request),
    response: responsePart(request.exchange),
    cache: {},
    timings: { send: request.receiveDurationMs, wait: waitMs, receive: 0 },
    ...(request.note === undefined ? {} : { comment: request.note }),
    _hookcli: {
      id: request.id,
      target: request.target,
      httpVersion: request.httpVersion,
      remoteAddress: request.remoteAddress,
      completeness: request.completeness,
      trailers: nameValues(request.trailers),
    },
  };
}

function requestPart({ method, url, httpVersion, headers, body }: ExportedRequest): object {
  const text = utf8Text(body);
  const content = text === undefined ? { text: toBase64(body), _encoding: "base64" } : { text };
  const mimeType = headerValue(headers, "content-type") ?? "application/octet-stream";
  return {
    method,
    url: percentEncoded(url),
    httpVersion: `HTTP/${httpVersion === "" ? "1.1" : httpVersion}`,
    cookies: [],
    headers: nameValues(headers),
    queryString: queryPairs(splitUrl(url)[1]),
    ...(body.length > 0 ? { postData: { mimeType, ...content } } : {}),
    headersSize: -1,
    bodySize: body.length,
  };
}

function responsePart(exchange: ExportedExchange | undefined): object {
  const response = exchange?.response;
  const headers = response?.headers ?? [];
  return {
    status: response?.status ?? 0,
    statusText: response?.statusText ?? "",
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: nameValues(headers),
    content: contentPart(response?.body, response?.bodySizeBytes ?? 0, headerValue(headers, "content-type")),
    redirectURL: headerValue(headers, "location") ?? "",
    headersSize: -1,
    bodySize: response?.bodySizeBytes ?? -1,
    // The name by which Chrome gives it.
    ...(exchange?.failure === undefined ? {} : { _error: exchange.failure }),
  };
}

function contentPart(body: Uint8Array | undefined, size: number, type: string | undefined): object {
  const text = body && utf8Text(body);
  const content = body && text === undefined ? { text: toBase64(body), encoding: "base64" } : { text: text ?? "" };
  return { size, mimeType: type ?? "x-unknown", ...content };
}

function nameValues(pairs: HeaderPairs): readonly object[] {
  return [...headerFields(pairs)].map(([name, value]) => ({ name, value }));
}

function queryPairs(path: string): readonly object[] {
  const queryAt = path.indexOf("?");
  if (queryAt < 0) return [];
  return [...new URLSearchParams(percentEncoded(path.slice(queryAt).replace(/#.*$/s, "")))].map(([name, value]) => ({
    name,
    value,
  }));
}
