import { type Body, bodySizeBytes, readBody } from "../../../core/model/body.ts";
import type { Delivery } from "../../../core/model/delivery.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { maskBody } from "../../../core/formats/mask-request.ts";
import type { Mask } from "../../../core/model/mask.ts";
import { credentialsOf, messagesOf } from "../../../core/model/request-credentials.ts";
import type { StoredRequest } from "../../../core/model/request.ts";
import { MessageView } from "../../../core/schemes/message-view.ts";
import { type Recognition, recognise } from "../../../core/schemes/recognise.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import { printDetail, printHeaders } from "./request-detail.ts";
import { isSafeText } from "../../terminal/safe.ts";
import { wholeBody } from "../../../core/model/body.ts";
import { deliveryToJson, headersToJson, requestToJson } from "../../../core/wire/request-json.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { requestNamed, withStore } from "../../running/with-store.ts";
import type { Given } from "./flags.ts";

/** Prints one request, or the one part of it that was asked for. */
export const show: Action<Given> = async (at, args, flags) => {
  refuseTwoParts(flags);
  return withStore(at, flags, async (store) => {
    const request = requestNamed(args[0] ?? "", store);
    const deliveries = store.read.deliveriesOf(request.id);
    const mask = at.out.mask(flags.isOn("reveal")).and(credentialsOf(request, ...messagesOf(deliveries)));
    if (flags.isOn("raw")) await printRaw(at, request);
    else if (flags.isOn("json")) at.out.json(await detailJson(request, deliveries, mask, flags));
    else if (flags.isOn("headers")) printHeaders(at.out, request, mask);
    else if (flags.isOn("body")) await printBody(at, request, mask);
    else await printDetail(at, request, deliveries, mask, recognitionOf(request, flags));
    return EXIT.ok;
  });
};

/** @throws USAGE where two of the flags are given that each mean one part alone; JSON holds them side by side */
function refuseTwoParts(flags: Given): void {
  const [one, other] = (["headers", "body", "raw"] as const).filter((part) => flags.isOn(part));
  if (other === undefined || flags.isOn("json")) return;
  const problem = `--${one} and --${other} exclude each other`;
  throw flags.usage(problem);
}

/** Exact bytes; on a terminal only what it would show rather than obey. */
async function printRaw(at: Surroundings, request: StoredRequest): Promise<void> {
  if (at.isOutTty && !(await isShowable(request.body))) throw new HookcliError("RAW_TO_TERMINAL", { id: request.id });
  for await (const chunk of readBody(request.body)) {
    at.out.raw(chunk);
    await at.out.flushed();
    if (at.outSink.isClosed) return;
  }
}

async function isShowable(body: Body): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for await (const chunk of readBody(body)) if (!isSafeText(decoder.decode(chunk, { stream: true }))) return false;
  return isSafeText(decoder.decode());
}

async function printBody(at: Surroundings, request: StoredRequest, mask: Mask): Promise<void> {
  if (bodySizeBytes(request.body) === 0) return;
  const text = (await wholeBody(request.body)).toString("utf8");
  at.out.text(mask.text(text));
}

async function bodyJson(
  body: Body,
  mask: Mask,
): Promise<{ readonly bodyBase64: string; readonly bodyMasked: boolean }> {
  const bytes = await wholeBody(body);
  const shown = mask.isRevealing ? bytes : maskBody(bytes, mask);
  return { bodyBase64: Buffer.from(shown).toString("base64"), bodyMasked: shown !== bytes };
}

/** The store keeps the name alone; how it is known can be told again. */
function recognitionOf(request: StoredRequest, flags: Given): Recognition | undefined {
  return request.completeness === "malformed" ? undefined : recognise(new MessageView(request), flags.schemes);
}

async function detailJson(
  request: StoredRequest,
  deliveries: readonly Delivery[],
  mask: Mask,
  flags: Given,
): Promise<JsonShape<"detail">> {
  const known = recognitionOf(request, flags);
  const withBody = flags.isOn("body");
  const withResponses = deliveries.map(async (delivery) => {
    const attempt = delivery.attempts.at(-1);
    const response = attempt?.outcome?.kind === "response" ? attempt.outcome.response : undefined;
    return {
      ...deliveryToJson(delivery, mask),
      sentHeaders: headersToJson(attempt?.sentHeaders ?? [], mask),
      response: response
        ? {
            headers: headersToJson(response.headers, mask),
            ...(withBody ? await bodyJson(response.body, mask) : {}),
          }
        : null,
    };
  });
  return {
    v: 1,
    kind: "detail",
    request: requestToJson(request, bodySizeBytes(request.body), mask),
    recognition: known ? { provider: known.provider, confidence: known.confidence, reason: known.reason } : null,
    headers: headersToJson(request.headers, mask),
    trailers: headersToJson(request.trailers, mask),
    ...(withBody ? await bodyJson(request.body, mask) : {}),
    deliveries: await Promise.all(withResponses),
  };
}
