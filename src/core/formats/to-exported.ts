import { wholeBody } from "../model/body.ts";
import type { Delivery } from "../model/delivery.ts";
import type { StoredRequest } from "../model/request.ts";
import type { ExportedExchange, ExportedRequest } from "./format.ts";

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
