import { bodySizeBytes } from "../../core/model/body.ts";
import type { Clock } from "../../core/model/clock.ts";
import type { Delivery, DeliveryStatus } from "../../core/model/delivery.ts";
import { HookcliError } from "../../core/model/errors.ts";
import { sizeText } from "../../core/model/quantities.ts";
import type { CapturedRequest, StoredRequest } from "../../core/model/request.ts";
import { readEventFacts } from "../../core/schemes/event-facts.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";
import type { Store } from "../../io/store/store.ts";
import { Deliveries, type StartedDelivery } from "../delivering/deliveries.ts";
import type { Forwarder, Route } from "../delivering/forwarder.ts";

export interface ReplayOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly forwarder: Forwarder;
  /** A person's own, for what is said about an edited request. */
  readonly schemes?: readonly Scheme[];
}

/** How a replay to one target ended. */
export interface Replayed {
  readonly request: StoredRequest;
  readonly delivery: Delivery;
  /** Held against the delivery before it of the same request, or of the one it was edited from, to the same URL. */
  readonly trend: Trend | undefined;
}

/** A replay that is stored and on its way. */
export interface StartedReplay {
  readonly request: StoredRequest;
  /** Resolves when the target has answered or failed. */
  readonly ended: Promise<unknown>;
  /** Resolves when how it went is durable too. */
  readonly settled: Promise<Replayed>;
}

/**
 * Sends a stored request once more and stores how it goes. Resolves when it is on its way.
 * @throws REQUEST_NOT_FOUND where it was removed meanwhile
 * @param content what is sent: the request itself, or what signing it anew has made of it
 */
export async function replay(
  request: StoredRequest,
  route: Route,
  options: ReplayOptions,
  content: CapturedRequest = request,
): Promise<StartedReplay> {
  const deliveries = new Deliveries(options);
  const plan = deliveries.plan(route, "replay");
  const deliveryId = await options.store.insertDelivery(request.id, plan.row).catch((error: unknown) => {
    deliveries.cancel(plan);
    throw error;
  });
  const sent = content === request ? request : { ...request, ...content };
  return toReplay(request, deliveries.start(sent, plan, deliveryId), options.store);
}

/**
 * Stores what a request was edited to as a request of its own, and sends it: request and deliveries in one commit, as
 * captured ones. Resolves when it is on its way.
 * @returns one for each route
 */
export async function replayEdited(
  edited: CapturedRequest,
  parentId: number,
  routes: readonly Route[],
  options: ReplayOptions,
): Promise<readonly StartedReplay[]> {
  const { store } = options;
  const deliveries = new Deliveries(options);
  const plans = routes.map((route) => deliveries.plan(route, "replay"));
  const rows = plans.map(({ row }) => row);
  const context = { event: readEventFacts(edited, options.schemes), parentId, deliveries: rows };
  const { request, deliveryIds } = await store.insertRequest(edited, context).catch((error: unknown) => {
    for (const plan of plans) deliveries.cancel(plan);
    throw error;
  });
  return plans.map((plan, index) => toReplay(request, deliveries.start(request, plan, deliveryIds[index] ?? 0), store));
}

/** @throws REQUEST_MALFORMED, REQUEST_INCOMPLETE */
export function assertReplayable(request: StoredRequest, isForced: boolean): void {
  if (request.completeness === "malformed" || request.method === "")
    throw new HookcliError("REQUEST_MALFORMED", { id: request.id });
  if (request.completeness === "complete" || isForced) return;
  const { id, completeness, body } = request;
  throw new HookcliError("REQUEST_INCOMPLETE", { id, completeness, size: sizeText(bodySizeBytes(body)) });
}

function toReplay(request: StoredRequest, { exchange, settled }: StartedDelivery, store: Store): StartedReplay {
  const ended = exchange.then(async (sent) => sent.ended);
  const compared = settled.then((delivery) => {
    return { request, delivery, trend: trendOf(statusBefore(request, delivery, store), delivery.status) };
  });
  // Who started it gets a failure from what is returned; until then it must not count as one that nobody handles.
  ended.catch(() => undefined);
  compared.catch(() => undefined);
  return { request, ended, settled: compared };
}

/** Asked when the delivery has ended: what ended before it is stored by then. */
function statusBefore({ id, parentId }: StoredRequest, delivery: Delivery, store: Store): DeliveryStatus | undefined {
  const own = store.read.statusBefore(id, delivery);
  return own ?? (parentId === undefined ? undefined : store.read.statusBefore(parentId, delivery));
}

/** What a delivery changed, held against the one before it of the same request to the same target. */
export type Trend = "fixed" | "regressed" | "still-failing" | "still-passing";

/** Undefined where there is nothing to compare: there was none before, or one of them has not ended. */
export function trendOf(before: DeliveryStatus | undefined, now: DeliveryStatus): Trend | undefined {
  if (before === undefined || before === "pending" || now === "pending") return undefined;
  if (now === "delivered") return before === "delivered" ? "still-passing" : "fixed";
  return before === "delivered" ? "regressed" : "still-failing";
}
