import type { CapturedRequest } from "../../src/core/model/request.ts";
import type { Store } from "../../src/io/store/store.ts";
import { finish } from "./finish.ts";
import { answered, capturedRequest } from "./samples.ts";

/**
 * Stores so many requests, each with an event of its own (`evt_1`, `evt_2` …) and a delivery that was answered 200.
 * @param of what the one at this place, counted from 0, is like
 * @returns their ids, oldest first
 */
export async function fillStore(
  store: Store,
  count: number,
  of: (place: number) => Partial<CapturedRequest> = () => ({}),
): Promise<readonly number[]> {
  const inserted = await Promise.all(
    Array.from({ length: count }, (_, place) =>
      store.insertRequest(capturedRequest(of(place)), {
        event: { eventId: `evt_${place + 1}` },
        deliveries: [{ url: "http://localhost:8000/", cause: "forward", attempt: { number: 1, startedAtMs: 1 } }],
      }),
    ),
  );
  const attempt = { number: 1, startedAtMs: 1, durationMs: 1, sentHeaders: [], outcome: answered(200, "fine") };
  await Promise.all(inserted.map(({ deliveryIds }) => finish(store, { ...attempt, deliveryId: deliveryIds[0] ?? 0 })));
  return inserted.map(({ request }) => request.id);
}

/** A large body in a file of the store's own. */
export async function spooled(store: Store, bytes: Uint8Array): Promise<CapturedRequest["body"]> {
  const sink = await store.openSink();
  await sink.write(bytes);
  return sink.finish();
}
