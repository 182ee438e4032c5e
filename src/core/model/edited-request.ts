import { type Body, bodySizeBytes } from "./body.ts";
import { headerFields, type HeaderPairs } from "./headers.ts";
import type { CapturedRequest } from "./request.ts";

/** What was changed of a request; what is left out stays. */
export interface RequestChanges {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: HeaderPairs;
  readonly body: Body;
}

/**
 * A new request with other content: its headers say the length of its body, whole and plain, and all else of them stays in
 * its place. @param atMs when it was made
 */
export function editedRequest(request: CapturedRequest, changes: RequestChanges, atMs: number): CapturedRequest {
  const { method = request.method, target = request.target, headers = request.headers, body } = changes;
  return {
    method,
    target,
    httpVersion: "1.1",
    headers: withLength(headers, bodySizeBytes(body), lengthPlace(request.headers)),
    trailers: [],
    body,
    receivedAtMs: atMs,
    receiveDurationMs: 0,
    remoteAddress: request.remoteAddress,
    origin: "edit",
    completeness: "complete",
  };
}

/** Where among the captured fields the one about the length stood; undefined where none did. */
function lengthPlace(headers: HeaderPairs): number | undefined {
  const place = [...headerFields(headers)].findIndex(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
  return place < 0 ? undefined : place;
}

function withLength(headers: HeaderPairs, sizeBytes: number, place: number | undefined): HeaderPairs {
  const kept = [...headerFields(headers)].filter(
    ([name]) => !/^(?:content-length|transfer-encoding|trailer|content-encoding)$/i.test(name),
  );
  if (sizeBytes > 0 || place !== undefined) {
    kept.splice(place ?? kept.length, 0, ["Content-Length", String(sizeBytes)]);
  }
  return kept.flat();
}
