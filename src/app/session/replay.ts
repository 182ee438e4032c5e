import type { Clock } from "../../core/model/clock.ts";
import type { Delivery } from "../../core/model/delivery.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import type { SessionRecord } from "../../core/model/session.ts";
import { parseTarget } from "../../core/model/target.ts";
import type { Store } from "../../io/store/store.ts";
import { Deliveries } from "./deliveries.ts";
import type { Forwarder, Route } from "./forwarder.ts";

export interface ReplayOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly forwarder: Forwarder;
}

/** Sends a stored request once more, byte for byte, and stores how it went. Resolves when that is durable. */
export async function replay(request: StoredRequest, route: Route, options: ReplayOptions): Promise<Delivery> {
  const deliveries = new Deliveries(options);
  const plan = deliveries.plan(route, "replay");
  const deliveryId = await options.store.insertDelivery(request.id, plan.row);
  return deliveries.start(request, plan, deliveryId).settled;
}

/**
 * Where a replay goes when nobody said: to the targets of the one listener that runs in this folder, else of the one that
 * runs at all, else where the request was forwarded before.
 * @throws SEVERAL_LISTENERS, NO_TARGET
 */
export function routesForReplay(
  request: StoredRequest,
  living: readonly SessionRecord[],
  directory: string,
  { store, forwarder }: ReplayOptions,
): readonly Route[] {
  const listeners = living.filter(({ captureUrl, targets }) => captureUrl !== undefined && targets.length > 0);
  const here = listeners.filter((session) => session.directory === directory);
  const candidates = here.length > 0 ? here : listeners;
  const listener = candidates[0];
  if (listener) {
    if (new Set(candidates.map(({ targets }) => targets.join(" "))).size > 1) {
      const names = candidates.map(({ captureUrl, targets }) => `${captureUrl} -> ${targets.join(", ")}`);
      throw new HookcliError("SEVERAL_LISTENERS", { id: request.id, listeners: names.join("; ") });
    }
    return listener.targets.map((target) => forwarder.route(request, parseTarget(target, "a listener's target")));
  }
  const urls = new Set(store.read.deliveriesOf(request.id).map(({ url }) => url));
  if (urls.size === 0) throw new HookcliError("NO_TARGET", { id: request.id });
  return [...urls].map((url) => forwarder.routeTo(request, url));
}

/** @throws REQUEST_MALFORMED, REQUEST_INCOMPLETE */
export function assertReplayable(request: StoredRequest, sizeText: string, isForced: boolean): void {
  if (request.completeness === "malformed" || request.method === "")
    throw new HookcliError("REQUEST_MALFORMED", { id: request.id });
  if (request.completeness === "complete" || isForced) return;
  throw new HookcliError("REQUEST_INCOMPLETE", { id: request.id, completeness: request.completeness, size: sizeText });
}
