import { NO_STATUS } from "../model/reply.ts";
import type { Completeness, EventFacts, Refusal, SentReply } from "../model/request.ts";
import type { HeaderPairs } from "../model/headers.ts";
import { type Verdict, VERDICTS } from "../model/verdict.ts";
import { badImport, checkImport, shortText } from "./check-import.ts";
import { fromBase64, utf8Text } from "./encodings.ts";
import type { ImportedRequest } from "./format.ts";
import {
  asAmount,
  asBytes,
  asCount,
  asList,
  asObject,
  asOptional,
  asStatus,
  asText,
  asTimeMs,
  asWholeNumber,
  asWireText,
  type JsonObject,
  parseJson,
} from "./json-fields.ts";
import { NDJSON_MARK } from "./ndjson.ts";

const COMPLETENESS: readonly Completeness[] = ["complete", "truncated", "partial", "malformed"];

/** Reads what `export --format ndjson` wrote; lines by hand need `method` and `target` alone. @throws BAD_IMPORT */
export function parseNdjson(bytes: Uint8Array): readonly ImportedRequest[] {
  const requests: ImportedRequest[] = [];
  let number = 0;
  for (let from = 0; from < bytes.length;) {
    const lineEnd = bytes.indexOf(0x0a, from);
    const end = lineEnd < 0 ? bytes.length : lineEnd;
    number += 1;
    const line = bytes.subarray(from, end);
    if (line.some((byte) => byte > 0x20)) requests.push(parseNdjsonLine(line, number));
    from = end + 1;
  }
  return requests;
}

/** @param number of the line, from 1, for the error. @throws BAD_IMPORT */
export function parseNdjsonLine(bytes: Uint8Array, number: number): ImportedRequest {
  const place = `line ${number}`;
  const line = asObject(parseJson(utf8Text(bytes)?.replace(/^\ufeff/, ""), place), "it", place);
  checkMark(line, place);
  const completeness = asOptional(line["completeness"], asCompleteness, "completeness", place) ?? "complete";
  return checkImport(
    {
      method: asWireText(line["method"], "method", place),
      target: asWireText(line["target"], "target", place),
      httpVersion: asOptional(line["httpVersion"], asWireText, "httpVersion", place) ?? "1.1",
      headers: asOptional(line["headers"], asPairs, "headers", place) ?? [],
      trailers: asOptional(line["trailers"], asPairs, "trailers", place) ?? [],
      body: bodyOf(line, place),
      completeness,
      receivedAtMs: asOptional(line["receivedAt"], asTimeMs, "receivedAt", place),
      receiveDurationMs: asOptional(line["receiveDurationMs"], asAmount, "receiveDurationMs", place),
      remoteAddress: asOptional(line["remoteAddress"], asText, "remoteAddress", place),
      refusal: asOptional(line["refusal"], asRefusal, "refusal", place),
      reply: asOptional(line["reply"], asReply, "reply", place),
      event: asOptional(line["event"], asEvent, "event", place),
    },
    place,
  );
}

function checkMark(line: JsonObject, place: string): void {
  const { v, kind } = line;
  if (kind !== undefined && kind !== NDJSON_MARK.kind)
    throw badImport(place, `its kind is ${shortText(kind)}, and only lines of hookcli export hold whole requests`);
  if (v !== undefined && v !== NDJSON_MARK.v)
    throw badImport(place, `its version is ${shortText(v)}, and this hookcli reads ${NDJSON_MARK.v}`);
}

function bodyOf(line: JsonObject, place: string): Uint8Array {
  if (line["bodyBase64"] === undefined) return asOptional(line["body"], asBytes, "body", place) ?? new Uint8Array(0);
  const bytes = fromBase64(asText(line["bodyBase64"], "bodyBase64", place));
  if (!bytes) throw badImport(place, "bodyBase64 is not base64");
  return bytes;
}

function asPairs(value: unknown, name: string, place: string): HeaderPairs {
  return asList(value, name, place).flatMap((field) => {
    const pair = asList(field, `each of ${name}`, place);
    if (pair.length !== 2) throw badImport(place, `each of ${name} must be a name and a value`);
    return pair.map((part) => asWireText(part, `each of ${name}`, place));
  });
}

function asCompleteness(value: unknown, name: string, place: string): Completeness {
  const known = COMPLETENESS.find((entry) => entry === value);
  if (!known) throw badImport(place, `${name} is none of ${COMPLETENESS.join(", ")}`);
  return known;
}

function asRefusal(value: unknown, name: string, place: string): Refusal {
  const { status, code, reason } = asObject(value, name, place);
  const texts = { code: asText(code, `${name}.code`, place), reason: asText(reason, `${name}.reason`, place) };
  return { status: asStatus(status, `${name}.status`, place), ...texts };
}

function asReply(value: unknown, name: string, place: string): SentReply {
  const { status, note } = asObject(value, name, place);
  return {
    status: asStatus(status, `${name}.status`, place, [NO_STATUS]),
    note: asOptional(note, asText, `${name}.note`, place),
  };
}

function asEvent(value: unknown, name: string, place: string): EventFacts {
  const { id, type, provider, scheme, attemptNumber, verdict } = asObject(value, name, place);
  return {
    eventId: asOptional(id, asText, `${name}.id`, place),
    eventType: asOptional(type, asText, `${name}.type`, place),
    provider: asOptional(provider, asText, `${name}.provider`, place),
    scheme: asOptional(scheme, asText, `${name}.scheme`, place),
    attemptNumber: asOptional(attemptNumber, asCount, `${name}.attemptNumber`, place),
    verdict: asOptional(verdict, asVerdict, `${name}.verdict`, place),
  };
}

function asVerdict(value: unknown, name: string, place: string): Verdict {
  const { kind, signedAtMs, secret } = asObject(value, name, place);
  const known = VERDICTS.find((entry) => entry === kind);
  if (!known) throw badImport(place, `${name}.kind is none of ${VERDICTS.join(", ")}`);
  return {
    kind: known,
    signedAtMs: asOptional(signedAtMs, asWholeNumber, `${name}.signedAtMs`, place),
    secretName: asOptional(secret, asText, `${name}.secret`, place),
  };
}
