import type { Filter } from "../../core/filter/filter.ts";
import { matchesFilter } from "../../core/filter/match-filter.ts";
import type { CapturedRequest, EventFacts } from "../../core/model/request.ts";

/** Whether a filter that asks for nothing later lets a request through before it is stored: it has no id yet. */
export function matchesOnArrival(filter: Filter, request: CapturedRequest, event: EventFacts, nowMs: number): boolean {
  if (filter.length === 0) return true;
  const arriving = { ...request, id: 0, sessionId: 0, event };
  return matchesFilter(filter, { request: arriving, delivery: undefined, nowMs });
}
