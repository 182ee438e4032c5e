import type { Body } from "./body.ts";
import type { HeaderPairs } from "./headers.ts";
import { isSuccess } from "./success.ts";

/** `pending` until the first attempt ended; `failed`: an attempt failed and there is no schedule. */
export type DeliveryStatus = "pending" | "delivered" | "failed";

/** How a delivery ended. */
export type SettledStatus = Exclude<DeliveryStatus, "pending">;

/** What set a delivery off. */
export type DeliveryCause = "forward" | "replay";

/** One request on its way to one target, with all its attempts. */
export interface Delivery {
  /** Shown as `d17`. Never used again. */
  readonly id: number;
  readonly requestId: number;
  /** The full URL that is posted to. */
  readonly url: string;
  readonly cause: DeliveryCause;
  readonly status: DeliveryStatus;
  readonly sessionId: number;
  readonly createdAtMs: number;
  readonly attempts: readonly Attempt[];
}

/** Number of the first attempt of a delivery. */
export const FIRST_ATTEMPT = 1;

/** One HTTP try of a delivery, numbered from `FIRST_ATTEMPT`. */
export interface Attempt {
  readonly number: number;
  readonly startedAtMs: number;
  /** Until the last byte of the response, or the failure. Undefined while it runs and where it was interrupted. */
  readonly durationMs?: number | undefined;
  readonly sentHeaders: HeaderPairs;
  /** Undefined while it runs. */
  readonly outcome?: Outcome | undefined;
}

/** How an attempt ended. `interrupted`: the process died meanwhile, so nobody knows. */
export type Outcome =
  | { readonly kind: "response"; readonly response: TargetResponse }
  | { readonly kind: "no-response"; readonly reason: NoResponseReason; readonly detail: string }
  | { readonly kind: "interrupted" };

/** What the target answered, as it came. */
export interface TargetResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderPairs;
  /** At most the first `MAX_STORED_RESPONSE_BYTES` of it. */
  readonly body: Body;
  /** Size of the whole body, also where only a prefix was kept. */
  readonly bodySizeBytes: number;
}

/** More of a response body than this is passed to the sender but not stored. */
export const MAX_STORED_RESPONSE_BYTES = 5 * 1024 * 1024;

/** Why there is no (whole) response. The detail beside it says which addresses were tried, or what the peer sent. */
export type NoResponseReason =
  | "refused"
  | "timeout"
  | "reset"
  | "dns"
  | "unreachable"
  | "tls"
  | "bad-response"
  | "cut-off"
  | "unsendable";

/** The one that tells how a request fared: its newest replay, else the first target it was forwarded to. */
export function tellingDelivery(deliveries: readonly Delivery[]): Delivery | undefined {
  return deliveries.findLast(({ cause }) => cause === "replay") ?? deliveries[0];
}

/** A response that is a success. Undefined: the attempt has not ended. */
export function isDelivered(outcome: Outcome | undefined): boolean {
  return outcome?.kind === "response" && isSuccess(outcome.response.status);
}

/** What a delivery comes to whose last attempt ended so. */
export function settledStatus(outcome: Outcome): SettledStatus {
  return isDelivered(outcome) ? "delivered" : "failed";
}
