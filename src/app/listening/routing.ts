import type { Filter } from "../../core/filter/filter.ts";
import { type CapturedRequest, type EventFacts, pathOfTarget } from "../../core/model/request.ts";
import { matchesGlob } from "../../core/model/glob.ts";
import { type RouteRule, targetsFor } from "../../core/model/route-rule.ts";
import type { Target } from "../../core/model/target.ts";
import { matchesOnArrival } from "../../core/filter/match-filter.ts";

/** Who gets which of the requests that arrive. */
export interface Routing {
  /** In order: the first one's response is the sender's reply. Empty: nothing is forwarded but what a rule sends somewhere. */
  readonly targets: readonly Target[];
  /** The first one that fits a request decides in place of `targets`. */
  readonly routes: readonly RouteRule[];
  /** Only requests whose path starts with it are forwarded; the rest is stored. */
  readonly pathPrefix: string;
  /** Only requests that it lets through are forwarded; it asks for nothing that is not known on arrival. */
  readonly filter: Filter;
  /** Only requests whose event type fits one of these globs are forwarded; undefined, or none: all are. */
  readonly events?: readonly string[] | undefined;
}

/** The targets of a request that arrives, in order. Empty: it is only stored. */
export function targetsOf(
  request: CapturedRequest,
  event: EventFacts,
  { targets, routes, pathPrefix, filter, events = [] }: Routing,
  nowMs: number,
): readonly Target[] {
  if (!isUnder(pathPrefix, request.target)) return [];
  const { eventType } = event;
  if (events.length > 0 && !(eventType !== undefined && events.some((glob) => matchesGlob(glob, eventType)))) return [];
  if (!matchesOnArrival(filter, request, event, nowMs)) return [];
  if (routes.length === 0) return targets;
  const path = pathOfTarget(request.target) ?? "";
  return targetsFor(routes, { method: request.method, path, eventType }, targets);
}

function isUnder(prefix: string, target: string): boolean {
  if (prefix === "" || prefix === "/") return true;
  const [bare = ""] = (pathOfTarget(target) ?? "").split("#", 1);
  return bare === prefix || bare.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`);
}
