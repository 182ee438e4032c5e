import { describe, expect, onTestFinished, test } from "vitest";
import { Deliveries, type WaitingSender } from "../../../../src/app/delivering/deliveries.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { gate } from "../../../helpers/capture.ts";
import { openForwarder } from "../../../helpers/pipelines.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";
import { closingTarget, KEPT } from "../../../helpers/closing-target.ts";
import { OK, TargetServer } from "../../../helpers/target-server.ts";

describe("a delivery", () => {
  test("is stored as it ended, and what is returned is what the store says", async () => {
    const { deliveries, request, store, send } = await start();
    const delivery = await (await send()).settled;
    const stored = store.read.findDelivery(delivery.id);
    expect(delivery).toMatchObject({ status: "delivered", cause: "forward", requestId: request.id, sessionId: 1 });
    expect(stored?.attempts[0]?.sentHeaders).toEqual(delivery.attempts[0]?.sentHeaders);
    expect(stored?.attempts[0]?.durationMs).toBe(delivery.attempts[0]?.durationMs);
    await deliveries.settled();
    expect(deliveries.runningCount).toBe(0);
  });

  test("that waits for its turn is pending until then, and only then on the wire", async () => {
    const first = gate();
    const { deliveries, request, store, send, target } = await start(1, first.opened);
    const [running, waiting] = await Promise.all([send(), send()]);
    await target.requests(1);
    expect(store.read.deliveriesOf(request.id).map(({ attempts }) => attempts.length)).toEqual([1, 0]);
    expect(deliveries.runningCount).toBe(2);
    first.open();
    await Promise.all([running.settled, waiting.settled]);
    await deliveries.settled();
    expect(store.read.deliveriesOf(request.id).map(({ status }) => status)).toEqual(["delivered", "delivered"]);
    expect(target.seen).toHaveLength(2);
  });

  test("that could not be stored gives its place back, whether it had it or waited for it", async () => {
    const { deliveries, send, route } = await start(1);
    const plans = [deliveries.plan(route, "forward"), deliveries.plan(route, "forward")];
    expect(plans.map(({ waiting }) => waiting === undefined)).toEqual([true, false]);
    for (const plan of plans) deliveries.cancel(plan);
    expect(await (await send()).settled).toMatchObject({ status: "delivered" });
  });

  test("whose start the store does not take is not sent, and the next one is", async () => {
    const first = gate();
    const { store, send, target } = await start(1, first.opened);
    const [running, waiting] = await Promise.all([send(), send()]);
    await target.requests(1);
    store.reportSpoolFailure(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
    first.open();
    await expect(waiting.exchange).rejects.toMatchObject({ code: "STORE_FULL" });
    await expect(waiting.settled).rejects.toMatchObject({ code: "STORE_FULL" });
    expect(await running.settled).toMatchObject({ status: "delivered" });
    expect(target.seen).toHaveLength(1);
    await expect.poll(() => store.trouble).toBeUndefined();
    expect(await (await send()).settled).toMatchObject({ status: "delivered" });
    expect(target.seen).toHaveLength(2);
  });
});

describe.each(["FIN", "RST"] as const)("a delivery over a kept connection that its target closes with %s", (form) => {
  test("is tried once more where its method allows that, and both attempts are stored", async () => {
    const { store, seen, send } = await startClosing(form);
    const delivery = await (await send("PUT")).settled;
    expect(delivery).toMatchObject({
      status: "delivered",
      attempts: [
        { number: 1, outcome: { kind: "no-response", reason: "reset" } },
        { number: 2, outcome: { kind: "response", response: { status: 200 } } },
      ],
    });
    const stored = store.read.findDelivery(delivery.id);
    expect(stored?.attempts.map(({ number, durationMs, sentHeaders }) => [number, durationMs, sentHeaders])).toEqual(
      delivery.attempts.map(({ number, durationMs, sentHeaders }) => [number, durationMs, sentHeaders]),
    );
    expect(seen.map(({ method }) => method)).toEqual(["POST", "PUT", "PUT"]);
  });

  test("gives whoever waits the answer of the second attempt", async () => {
    const { send } = await startClosing(form);
    const exchange = await (await send("DELETE", {})).exchange;
    expect(await exchange.reply).toMatchObject({ status: 200 });
    expect(await exchange.ended).toMatchObject({ number: 2 });
  });

  test("is not sent again by itself where it is a POST that went out", async () => {
    const { store, seen, send } = await startClosing(form);
    const delivery = await (await send("POST", {})).settled;
    const detail = expect.stringContaining("your app may not have seen it") as string;
    const attempts = [{ number: 1, outcome: { kind: "no-response", reason: "reset", detail } }];
    expect(delivery).toMatchObject({ status: "failed", attempts });
    expect(store.read.findDelivery(delivery.id)).toMatchObject({ status: "failed", attempts });
    expect(seen.map(({ method }) => method)).toEqual(["POST", "POST"]);
  });

  test("is not sent again where the store does not take the second attempt", async () => {
    const { store, seen, send } = await startClosing(form, (kept) => {
      kept.reportSpoolFailure(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
    });
    const exchange = await (await send("PUT")).exchange;
    expect(await exchange.ended).toMatchObject({ number: 1, outcome: { kind: "no-response", reason: "reset" } });
    expect(seen.map(({ method }) => method)).toEqual(["POST", "PUT"]);
    expect(store.trouble?.code).toBe("STORE_FULL");
  });
});

test("a target that cuts off every request gets it twice, not more", async () => {
  let isKind = true;
  const { seen, send } = await startAt(
    await TargetServer.answering((socket) => {
      if (isKind) socket.write(KEPT);
      else socket.destroy();
      isKind = false;
    }),
  );
  const { attempts, status } = await (await send("PUT")).settled;
  expect([status, attempts.map(({ number }) => number)]).toEqual(["failed", [1, 2]]);
  expect(seen).toHaveLength(3);
});

test("all are settled when none is left, also when there was none", async () => {
  const { deliveries, send } = await start();
  await deliveries.settled();
  const delivery = await send();
  await deliveries.settled();
  expect(deliveries.runningCount).toBe(0);
  await delivery.settled;
});

async function start(concurrency = Number.POSITIVE_INFINITY, firstMayEnd = Promise.resolve()) {
  const store = openStore();
  await store.beginSession(sampleSession());
  const target = await TargetServer.answering(async (socket) => {
    await firstMayEnd;
    socket.write(OK);
  });
  onTestFinished(() => target.close());
  const forwarder = openForwarder(store, { concurrency });
  const deliveries = new Deliveries({ store, clock: systemClock, forwarder });
  const route = forwarder.route(capturedRequest(), parseTarget(target.origin, "a target"));
  const { request } = await store.insertRequest(capturedRequest());
  const send = async () => {
    const plan = deliveries.plan(route, "forward");
    return deliveries.start(request, plan, await store.insertDelivery(request.id, plan.row));
  };
  return { deliveries, request, store, send, target, route };
}

/** @param onSecond called when the connection is being closed */
async function startClosing(form: "FIN" | "RST", onSecond?: (store: Store) => void) {
  return startAt(await closingTarget(form), onSecond);
}

/** With one connection that was used and is kept. */
async function startAt(target: TargetServer, onSecond?: (store: Store) => void) {
  onTestFinished(() => target.close());
  const store = openStore();
  await store.beginSession(sampleSession());
  const forwarder = openForwarder(store);
  const deliveries = new Deliveries({ store, clock: systemClock, forwarder });
  const send = async (method: string, sender?: WaitingSender) => {
    const captured = capturedRequest({ method });
    const { request } = await store.insertRequest(captured);
    const plan = deliveries.plan(forwarder.route(captured, parseTarget(target.origin, "a target")), "forward");
    const deliveryId = await store.insertDelivery(request.id, plan.row);
    return deliveries.start(request, plan, deliveryId, sender);
  };
  const first = await send("POST");
  await first.settled;
  await target.requests(1);
  if (onSecond) void target.requests(2).then(() => onSecond(store));
  return { store, send, seen: target.seen };
}
