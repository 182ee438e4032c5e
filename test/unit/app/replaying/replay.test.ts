import { describe, expect, onTestFinished, test } from "vitest";
import {
  assertReplayable,
  replay,
  replayEdited,
  type ReplayOptions,
  type Trend,
  trendOf,
} from "../../../../src/app/replaying/replay.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import type { DeliveryStatus } from "../../../../src/core/model/delivery.ts";
import type { StoredRequest } from "../../../../src/core/model/request.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import { openForwarder } from "../../../helpers/pipelines.ts";
import { capturedRequest, sampleRequest, textBody } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";
import { type Answer, OK, TargetServer } from "../../../helpers/target-server.ts";

const NO = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";

test("a replay sends the stored bytes and is stored when it is settled, beside what was there", async () => {
  const { options, target, request } = await scene(OK);
  const route = options.forwarder.route(request, parseTarget(target.origin, "a target"));
  const { delivery } = await (await replay(request, route, options)).settled;
  expect(delivery).toMatchObject({ cause: "replay", status: "delivered" });
  expect(options.store.read.deliveriesOf(request.id)).toMatchObject([
    { id: delivery.id, cause: "replay", status: "delivered" },
  ]);
  expect(target.seen[0]?.body.toString()).toBe('{"hi":1}');
  expect(target.seen[0]?.headers.filter((part) => /^x-sig$/i.test(part))).toEqual(["X-Sig", "x-sig"]);
  expect(options.store.read.findRequest({ kind: "id", id: request.id })?.reply).toBeUndefined();
});

test("each is held against the one before it to the same URL, also where it was not stored yet when this one began", async () => {
  const { options, target, request } = await scene(NO, OK, OK, NO, NO);
  const route = options.forwarder.route(request, parseTarget(target.origin, "a target"));
  const settled = [];
  for (let round = 0; round < 5; round += 1) {
    const started = await replay(request, route, options);
    await started.ended;
    settled.push(started.settled);
  }
  const trends = (await Promise.all(settled)).map(({ trend }) => trend);
  expect(trends).toEqual([undefined, "fixed", "still-passing", "regressed", "still-failing"]);
  const elsewhere = options.forwarder.route(request, parseTarget(`${target.origin}/other`, "a target"));
  expect((await (await replay(request, elsewhere, options)).settled).trend).toBeUndefined();
});

test("an edited request is stored with its parent and its own event, and is held against what became of the parent", async () => {
  const { options, target, request } = await scene(NO, OK, NO);
  const route = options.forwarder.route(request, parseTarget(target.origin, "a target"));
  await (
    await replay(request, route, options)
  ).settled;
  const edited = capturedRequest({ body: textBody('{"type":"order.paid","id":"evt_2"}'), origin: "edit" });
  const editedRoute = options.forwarder.route(edited, parseTarget(target.origin, "a target"));
  const [started] = await replayEdited(edited, request.id, [editedRoute], options);
  expect((await started?.settled)?.trend).toBe("fixed");
  const stored = options.store.read.findRequest({ kind: "id", id: started?.request.id ?? 0 });
  expect(stored).toMatchObject({
    parentId: request.id,
    origin: "edit",
    event: { eventId: "evt_2", eventType: "order.paid" },
  });
  expect(target.seen[1]?.body.toString()).toBe('{"type":"order.paid","id":"evt_2"}');
  // From here on it has a past of its own.
  expect((await (await replay(stored ?? request, editedRoute, options)).settled).trend).toBe("regressed");
});

test("an edited request that cannot be stored goes nowhere", async () => {
  const { options, target, request } = await scene(OK);
  const route = options.forwarder.route(request, parseTarget(target.origin, "a target"));
  const broken = capturedRequest({ method: undefined as unknown as string });
  await expect(replayEdited(broken, request.id, [route], options)).rejects.toThrow("NOT NULL");
  expect(target.seen).toEqual([]);
});

describe("a request", () => {
  test.each(["truncated", "partial"] as const)("that is %s is sent only when that is insisted on", (completeness) => {
    const request = sampleRequest({ completeness });
    expect(() => assertReplayable(request, false)).toThrow(expect.objectContaining({ code: "REQUEST_INCOMPLETE" }));
    expect(() => assertReplayable(request, true)).not.toThrow();
  });

  test("that was no HTTP is never sent", () => {
    for (const request of [sampleRequest({ completeness: "malformed" }), sampleRequest({ method: "" })]) {
      expect(() => assertReplayable(request, true)).toThrow(expect.objectContaining({ code: "REQUEST_MALFORMED" }));
    }
  });

  test("that is whole is sent", () => {
    expect(() => assertReplayable(sampleRequest(), false)).not.toThrow();
  });
});

async function scene(...answers: readonly Answer[]): Promise<{
  readonly options: ReplayOptions;
  readonly target: TargetServer;
  readonly request: StoredRequest;
}> {
  const store = openStore();
  await store.beginSession(sampleSession({ command: "replay" }));
  const { request } = await store.insertRequest(capturedRequest({ headers: ["X-Sig", "1", "x-sig", "2"] }));
  const target = await TargetServer.scripted(...answers);
  onTestFinished(() => target.close());
  return { options: { store, clock: systemClock, forwarder: openForwarder(store) }, target, request };
}

test.each<[DeliveryStatus | undefined, DeliveryStatus, Trend | undefined]>([
  ["failed", "delivered", "fixed"],
  ["delivered", "failed", "regressed"],
  ["failed", "failed", "still-failing"],
  ["delivered", "delivered", "still-passing"],
  [undefined, "delivered", undefined],
  [undefined, "failed", undefined],
  ["pending", "delivered", undefined],
  ["delivered", "pending", undefined],
])("%s before and %s now is %s", (before, now, trend) => {
  expect(trendOf(before, now)).toBe(trend);
});
