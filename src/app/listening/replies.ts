import type { Outcome } from "../../core/model/delivery.ts";
import { HookcliError } from "../../core/model/errors.ts";
import { contentTypeOf, jsonReply, REASON_HEADER, releaseBody, type Reply } from "../../core/model/reply.ts";
import type { Refusal, StoredRequest } from "../../core/model/request.ts";
import { isSuccess } from "../../core/model/success.ts";
import type { Verdict } from "../../core/model/verdict.ts";
import type { HandshakeReply } from "../../core/schemes/handshakes/handshake.ts";
import type { Store } from "../../io/store/store.ts";

/** What the sender gets where nothing is forwarded. */
export interface Respond {
  readonly status: number;
  /** Undefined: a JSON object with the request's id. */
  readonly body?: string | undefined;
}

/** What the sender gets where the target gave no response: 502, or 200 as if all were well. */
export type OnError = "502" | "ack";

const RETRY_AFTER_SECONDS = 5;

/** A reply, and where it is not simply the target's response, why not. */
export interface NotedReply {
  readonly reply: Reply;
  readonly note?: string;
}

/** The request is stored and goes nowhere. */
export function capturedReply(id: number, { status, body }: Respond): Reply {
  if (body === undefined) return jsonReply(status, { status: "captured", id });
  const bytes = Buffer.from(body);
  return { status, headers: body === "" ? [] : ["content-type", contentTypeOf(body)], body: { kind: "bytes", bytes } };
}

/** The request is stored, and not something that is forwarded. */
export function refusalReply(id: number, { status, code, reason }: Refusal): Reply {
  return jsonReply(status, { error: reason, code, id }, [REASON_HEADER, code, ...extraHeaders(status)]);
}

/** What does not verify is stored and goes nowhere; undefined: it verifies. */
export function signatureRefusal(status: number, verdict: Verdict | undefined): Refusal | undefined {
  if (verdict?.kind === "verified") return undefined;
  return { status, code: "signature", reason: `the signature does not verify: ${verdict?.kind ?? "not judged"}` };
}

/** The provider asked whether this address is willing. */
export function handshakeReply({ status, headers, body }: HandshakeReply): Reply {
  return { status, headers, body: { kind: "bytes", bytes: Buffer.from(body) } };
}

/** The target gave no (whole) response. `note` says what the sender was told in its place. */
export function noAnswerReply(id: number, outcome: Outcome | undefined, onError: OnError): NotedReply {
  const reason = outcome?.kind === "no-response" ? outcome.reason : "interrupted";
  if (onError === "ack")
    return { reply: jsonReply(200, { status: "acknowledged", id }), note: `acknowledged: ${reason}` };
  const detail = outcome?.kind === "no-response" ? outcome.detail : "";
  const error = `the target gave no answer: ${reason}`;
  const again = `hookcli replay ${id}`;
  return { reply: jsonReply(502, { error, reason, detail, id, again }, [REASON_HEADER, reason]), note: reason };
}

/** The request could not be stored, so the sender must come again. */
export function storeTroubleReply(error: unknown): Reply {
  const reason = error instanceof HookcliError ? error.code.toLowerCase().replaceAll("_", "-") : "internal-error";
  const headers = [REASON_HEADER, reason, "retry-after", String(RETRY_AFTER_SECONDS)];
  return jsonReply(503, { error: "the request was not stored; send it again later", reason }, headers);
}

/** RFC 9110: 405 lists what is allowed, 426 says what to upgrade to. */
function extraHeaders(status: number): readonly string[] {
  if (status === 405) return ["allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"];
  return status === 426 ? ["upgrade", "HTTP/1.1"] : [];
}

/** A request where it was stored, maybe a while ago. */
export interface StoredRequestPlace {
  readonly stored: StoredRequest;
  /** Of the store. */
  readonly epoch: number;
}

/**
 * A success is told only of a request that still is where it was stored; otherwise its sender shall come again.
 * @param failureReply what it is told then
 */
export async function vouched(
  store: Pick<Store, "vouchFor">,
  { stored, epoch }: StoredRequestPlace,
  noted: NotedReply,
  failureReply: (error: unknown) => Reply,
): Promise<NotedReply> {
  const { status, body } = noted.reply;
  if (!isSuccess(status)) return noted;
  try {
    await store.vouchFor(stored, epoch);
    return noted;
  } catch (error) {
    await releaseBody(body);
    return { reply: failureReply(error), note: "store-moved" };
  }
}
