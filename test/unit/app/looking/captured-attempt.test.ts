import { expect, test } from "vitest";
import { capturedAttempt, retryReason, seenAttempt } from "../../../../src/app/looking/captured-attempt.ts";
import type { NewRequest, Store } from "../../../../src/io/store/store.ts";
import { finish } from "../../../helpers/finish.ts";
import { answered, capturedRequest, SAMPLE_TIME_MS } from "../../../helpers/samples.ts";
import { openStore } from "../../../helpers/stores.ts";

const URL = "http://localhost:8000/";

async function stored(store: Store, extra: NewRequest = {}) {
  const { request, deliveryIds } = await store.insertRequest(capturedRequest(), extra);
  return { id: request.id, deliveryId: deliveryIds[0] ?? 0 };
}

function attemptAt(store: Store, id: number) {
  const request = store.read.findRequest({ kind: "id", id });
  if (!request) throw new Error(`there is no request ${id}`);
  return capturedAttempt(request, store);
}

test("what hookcli replied itself was told when the request was there", async () => {
  const store = openStore();
  const { id } = await stored(store, { reply: { status: 503, note: "store-full" } });
  expect(attemptAt(store, id)).toMatchObject({ told: { status: 503 }, toldAfterMs: 1.5, handled: undefined });
});

test("what was forwarded was told when the target had answered, and a replay changes nothing of that", async () => {
  const store = openStore();
  const forward = { url: URL, cause: "forward", attempt: { number: 1, startedAtMs: SAMPLE_TIME_MS + 4 } } as const;
  const { id, deliveryId } = await stored(store, { deliveries: [forward] });
  const ended = { number: 1, startedAtMs: SAMPLE_TIME_MS + 4, sentHeaders: [] };
  await finish(store, { deliveryId, ...ended, durationMs: 20, outcome: answered(500), reply: { status: 500 } });
  const replay = await store.insertDelivery(id, { url: URL, cause: "replay" });
  await finish(store, { deliveryId: replay, ...ended, durationMs: 9, outcome: answered(200) });
  const attempt = attemptAt(store, id);
  expect(attempt).toMatchObject({ told: { status: 500 }, toldAfterMs: 24, handled: { durationMs: 20 } });
  expect(seenAttempt(attempt)).toMatchObject({ atMs: SAMPLE_TIME_MS, toldStatus: 500, toldAfterMs: 24 });
});

test.each([
  { note: "fault: after:delay:3s (1 of 2)", isForwarded: true, toldAfterMs: 3024 },
  { note: "fault: delay:3s", isForwarded: true, toldAfterMs: 24 },
  { note: "fault: delay:3s", isForwarded: false, toldAfterMs: 3001.5 },
  { note: "fault: after:503", isForwarded: true, toldAfterMs: 24 },
])("what a fault held back ($note) was told that much later", async ({ note, isForwarded, toldAfterMs }) => {
  const store = openStore();
  const startedAtMs = SAMPLE_TIME_MS + 4;
  const deliveries = isForwarded ? [{ url: URL, cause: "forward", attempt: { number: 1, startedAtMs } } as const] : [];
  const { id, deliveryId } = await stored(store, { deliveries, reply: { status: 200, note } });
  const attempt = { deliveryId, number: 1, startedAtMs, durationMs: 20, sentHeaders: [], outcome: answered(200) };
  if (isForwarded) await finish(store, attempt);
  expect(attemptAt(store, id).toldAfterMs).toBe(toldAfterMs);
});

test("a sender that was told nothing waits as long as it likes", async () => {
  const store = openStore();
  const { id } = await stored(store, { reply: { status: 0, note: "fault: timeout" } });
  expect(attemptAt(store, id)).toMatchObject({ told: { status: 0 }, toldAfterMs: undefined });
});

test.each(["sender-gone", "fault: after:delay:12s, sender-gone", "fault: after:truncate:3"])(
  "a sender that did not get all of a 200 (%s) has heard nothing",
  async (note) => {
    const store = openStore();
    const { id } = await stored(store, { reply: { status: 200, note } });
    expect(attemptAt(store, id)).toMatchObject({ told: { status: 200 }, heardStatus: 0, toldAfterMs: undefined });
    expect(seenAttempt(attemptAt(store, id)).toldStatus).toBe(0);
  },
);

test("while nobody was told anything nothing is known", async () => {
  const store = openStore();
  const { id } = await stored(store);
  expect(attemptAt(store, id)).toMatchObject({ told: undefined, toldAfterMs: undefined, handled: undefined });
});

test("an answer can ask for no more retries, and a retry say why it comes", async () => {
  const store = openStore();
  const forward = { url: URL, cause: "forward", attempt: { number: 1, startedAtMs: SAMPLE_TIME_MS } } as const;
  const headers = ["X-Slack-Retry-Reason", "http_error"];
  const { request, deliveryIds } = await store.insertRequest(capturedRequest({ headers }), { deliveries: [forward] });
  const outcome = answered(500, "", ["X-Slack-No-Retry", "1"]);
  const ended = { number: 1, startedAtMs: SAMPLE_TIME_MS, durationMs: 1, sentHeaders: [], outcome };
  await finish(store, { deliveryId: deliveryIds[0] ?? 0, ...ended, reply: { status: 500 } });
  const attempt = attemptAt(store, request.id);
  expect(seenAttempt(attempt, { stop: "x-slack-no-retry" }).isStopped).toBe(true);
  expect(seenAttempt(attempt).isStopped).toBe(false);
  expect(retryReason(attempt, { reason: "x-slack-retry-reason" })).toBe("http_error");
  expect(retryReason(attempt)).toBeUndefined();
});
