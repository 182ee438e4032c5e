import { wholeBody } from "../model/body.ts";
import type { Delivery, TargetResponse } from "../model/delivery.ts";
import type { CapturedRequest, StoredRequest } from "../model/request.ts";

export type FormatName = "curl" | "httpie" | "fetch" | "http" | "har" | "ndjson";

/**
 * A way to write requests down. A document is `begin`, then `one` for each request in turn, then `end`; text is written
 * as UTF-8. Formats keep no state, so one document may be written while another is.
 */
export interface ExportFormat {
  readonly name: FormatName;
  /** What it is and for whom, without a full stop. */
  readonly title: string;
  /** Of a file that holds such a document, without the dot. */
  readonly extension: string;
  /** Why this request cannot be written this way, as the end of a sentence; undefined where it can. Ask before `one`. */
  readonly obstacle: (request: ExportedRequest) => string | undefined;
  /** @param version of hookcli, for formats that name their maker */
  readonly begin: (version: string) => string | Uint8Array;
  readonly one: (request: ExportedRequest, isFirst: boolean) => string | Uint8Array;
  readonly end: () => string | Uint8Array;
}

/** A stored request as it leaves the store: all of its body in memory, and where it goes. */
export interface ExportedRequest extends Omit<StoredRequest, "body"> {
  readonly body: Uint8Array;
  /** Origin and path that it is sent to, one character a byte like `target`. */
  readonly url: string;
  /** How it fared; undefined where it went nowhere. */
  readonly exchange?: ExportedExchange | undefined;
  /** What people should know who send it, for formats that have room for a comment. */
  readonly note?: string | undefined;
}

/** The newest attempt of the delivery that tells how a request fared. */
export interface ExportedExchange {
  readonly durationMs?: number | undefined;
  /** Undefined where there is none; `failure` then says why. */
  readonly response?: ExportedResponse | undefined;
  /** `refused`, `interrupted` … */
  readonly failure?: string | undefined;
}

export interface ExportedResponse extends Omit<TargetResponse, "body"> {
  readonly body: Uint8Array;
}

/** A request read from a file: what it says, and what it does not say is left for the caller to fill in. */
export interface ImportedRequest extends Pick<
  CapturedRequest,
  "method" | "target" | "httpVersion" | "headers" | "trailers" | "completeness"
> {
  readonly body: Uint8Array;
  readonly receivedAtMs?: number | undefined;
  readonly receiveDurationMs?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly refusal?: StoredRequest["refusal"];
  readonly event?: StoredRequest["event"] | undefined;
  readonly reply?: StoredRequest["reply"];
}

export type ImportFormatName = "har" | "ndjson" | "http" | "curl";

/** A way to read requests from a file. */
export interface ImportFormat {
  readonly name: ImportFormatName;
  readonly title: string;
  /** All requests of the file, in its order. @throws BAD_IMPORT */
  readonly parse: (bytes: Uint8Array) => readonly ImportedRequest[];
}

/**
 * A stored request ready to be written down: its body, and the response's, read into memory.
 * @param url origin and path that it is sent to
 * @param delivery the one that tells how it fared
 * @throws BODY_FILE_MISSING
 */
export async function toExported(request: StoredRequest, url: string, delivery?: Delivery): Promise<ExportedRequest> {
  const { body, ...rest } = request;
  const exchange = delivery && (await toExchange(delivery));
  return { ...rest, url, body: await wholeBody(body), ...(exchange ? { exchange } : {}) };
}

async function toExchange(delivery: Delivery): Promise<ExportedExchange | undefined> {
  const attempt = delivery.attempts.at(-1);
  const outcome = attempt?.outcome;
  if (!attempt || !outcome) return undefined;
  const { durationMs } = attempt;
  if (outcome.kind !== "response")
    return { durationMs, failure: outcome.kind === "interrupted" ? "interrupted" : outcome.reason };
  return { durationMs, response: { ...outcome.response, body: await wholeBody(outcome.response.body) } };
}
