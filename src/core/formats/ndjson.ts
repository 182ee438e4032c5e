import { headerFields, type HeaderPairs } from "../model/headers.ts";
import type { Verdict } from "../model/verdict.ts";
import { jsonText, toBase64, utf8Text } from "./encodings.ts";
import type { ExportedRequest, ExportFormat } from "./format.ts";

/** Version of the shape of a line, and what kind of line it is. */
export const NDJSON_MARK = { v: 1, kind: "export" } as const;

/**
 * One JSON object a line, with everything that was captured: reading it again gives the same request. `body` where it is
 * UTF-8, otherwise `bodyBase64`; headers, trailers and target are one character a byte.
 */
export const ndjson: ExportFormat = {
  name: "ndjson",
  title: "one JSON object a line, with nothing lost",
  extension: "ndjson",
  obstacle: () => undefined,
  begin: () => "",
  one: (request) => `${jsonText(line(request))}\n`,
  end: () => "",
};

function line(request: ExportedRequest): object {
  const { refusal, reply, event, body } = request;
  const text = utf8Text(body);
  return {
    ...NDJSON_MARK,
    id: request.id,
    receivedAt: new Date(request.receivedAtMs).toISOString(),
    receiveDurationMs: request.receiveDurationMs,
    method: request.method,
    target: request.target,
    url: request.url,
    httpVersion: request.httpVersion,
    headers: pairs(request.headers),
    trailers: pairs(request.trailers),
    ...(text === undefined ? { bodyBase64: toBase64(body) } : { body: text }),
    remoteAddress: request.remoteAddress,
    origin: request.origin,
    completeness: request.completeness,
    parentId: request.parentId ?? null,
    event: {
      id: event.eventId ?? null,
      type: event.eventType ?? null,
      provider: event.provider ?? null,
      scheme: event.scheme ?? null,
      attemptNumber: event.attemptNumber ?? null,
      verdict: event.verdict ? verdictFields(event.verdict) : null,
    },
    refusal: refusal ? { status: refusal.status, code: refusal.code, reason: refusal.reason } : null,
    reply: reply ? { status: reply.status, note: reply.note ?? null } : null,
  };
}

function verdictFields({ kind, signedAtMs, secretName }: Verdict): object {
  return { kind, signedAtMs: signedAtMs ?? null, secret: secretName ?? null };
}

function pairs(headers: HeaderPairs): readonly (readonly [string, string])[] {
  return [...headerFields(headers)];
}
