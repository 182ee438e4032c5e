import type { StoredRequest } from "../../../core/model/request.ts";
import type { NewDelivery } from "./new-delivery.ts";
import type { RequestContext } from "./request-columns.ts";

/** What comes with a request into the store. */
export interface NewRequest extends Partial<Omit<RequestContext, "sessionId" | "occurrence" | "overtakenBy">> {
  /** Set off by it, and stored in the same commit. */
  readonly deliveries?: readonly NewDelivery[];
}

/** What a request became in the store. */
export interface InsertedRequest {
  readonly request: StoredRequest;
  /** In the order of the deliveries that were asked for. */
  readonly deliveryIds: readonly number[];
  /** Its number in the order of all that was written. */
  readonly seq: number;
}
