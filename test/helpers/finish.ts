import type { DeliveryRows } from "../../src/io/store/rows/delivery-rows.ts";
import type { EndedAttempt, Settlement } from "../../src/io/store/rows/new-delivery.ts";
import type { Store } from "../../src/io/store/store.ts";
import { settledStatus } from "../../src/core/model/delivery.ts";

/** A delivery's last attempt, and what its sender was told because of it. */
export interface LastAttempt extends EndedAttempt, Pick<Settlement, "reply"> {}

/** Stores an attempt that nobody repeats: its delivery ends with it. */
export async function finish(store: Store, { reply, ...attempt }: LastAttempt): Promise<void> {
  await store.recordAttempt(attempt, settlementOf({ reply, ...attempt }));
}

/** The same as rows. */
export function finishRows(deliveries: DeliveryRows, { reply, ...attempt }: LastAttempt): void {
  deliveries.insertAttempt(attempt);
  deliveries.settle(attempt.deliveryId, settlementOf({ reply, ...attempt }));
}

function settlementOf({ outcome, reply }: LastAttempt): Settlement {
  return { status: settledStatus(outcome), reply };
}
