import { describe, expect, onTestFinished, test } from "vitest";
import { Misbehaviour, type MisbehaviourOptions } from "../../../../src/app/listening/misbehaviour.ts";
import { parsePlan } from "../../../../src/core/faults/parse-plan.ts";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import { type Clock, systemClock } from "../../../../src/core/model/clock.ts";
import type { CapturedRequest, SentReply } from "../../../../src/core/model/request.ts";
import { gate } from "../../../helpers/capture.ts";
import { foldLog, garblePages } from "../../../helpers/damage.ts";
import {
  type PipelineWanted,
  startPipeline,
  type StartedPipeline,
  textOfReply,
  waitingSender,
} from "../../../helpers/pipelines.ts";
import { capturedRequest, textBody } from "../../../helpers/samples.ts";
import { SteppedClock } from "../../../helpers/stepped-clock.ts";
import { type Answer, OK, TargetServer } from "../../../helpers/target-server.ts";
import type { FaultScope } from "../../../../src/core/faults/plan.ts";

const here = waitingSender();

function misbehaviour(
  plan: string,
  changes: Partial<MisbehaviourOptions> = {},
  clock: Clock = systemClock,
): Misbehaviour {
  return new Misbehaviour({ plan: parsePlan(plan), per: "event", filter: [], ...changes }, clock);
}

function event(id: string, target = "/hooks"): CapturedRequest {
  return capturedRequest({ target, body: textBody(JSON.stringify({ id, type: "invoice.paid" })) });
}

describe("requests meet", () => {
  test.each<[FaultScope, readonly string[]]>([
    ["event", ["500 (1 of 2)", "500 (1 of 2)", "500 (2 of 2)", "500 (2 of 2)", "reset", "reset"]],
    ["path", ["500 (1 of 2)", "500 (2 of 2)", "reset", "500 (1 of 2)", "500 (2 of 2)", "reset"]],
    ["all", ["500 (1 of 2)", "500 (2 of 2)", "reset", "ok", "ok", "ok"]],
  ])("the plan for each %s", async (per, notes) => {
    const requests = [event("1", "/a"), event("2", "/a"), event("1", "/a"), event("2"), event("1"), event("2")];
    const faulty = misbehaviour("500x2,reset,ok", { per });
    expect(await notesOf(faulty, requests)).toEqual(notes);
  });

  test("the same with the same seed, and less often than always", async () => {
    const requests = Array.from({ length: 1000 }, (_, at) => event(String(at)));
    const fallen = async (seed: number): Promise<readonly string[]> =>
      notesOf(misbehaviour("500", { chance: { share: 0.3, seed } }), requests);
    const [first, again, other] = [await fallen(7), await fallen(7), await fallen(8)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first.filter((note) => note === "500").length / 1000).toBeCloseTo(0.3, 1);
  });

  test("nothing where the filter does not let them through", async () => {
    const filter = parseFilter("type:order.*", { knownOnArrivalOnly: true });
    const faulty = misbehaviour("500", { filter });
    expect(await faulty.meet(event("1"), { eventType: "invoice.paid" })).toBeUndefined();
    expect(await faulty.meet(event("1"), { eventType: "order.paid" })).toMatchObject({ isAfter: false });
  });
});

describe("before the handler", () => {
  test("a fault keeps the request from it, and the request is stored with what its sender was told", async () => {
    const target = await targetAnswering(OK);
    const { pipeline, store, told } = await startFaulty("503,timeout:2s", { targets: [target.origin] });
    expect((await pipeline.handle(event("1"), here)).status).toBe(503);
    await pipeline.settled();
    expect(await pipeline.handle(event("1"), here)).toMatchObject({ status: 0, manner: { kind: "never" } });
    await pipeline.settled();
    expect(target.seen).toEqual([]);
    expect(replies(store, 2)).toEqual([
      { status: 503, note: "fault: 503" },
      { status: 0, note: "fault: timeout:2s" },
    ]);
    expect([store.read.deliveriesOf(1), store.read.deliveriesOf(2)]).toEqual([[], []]);
    expect(told.map(({ kind }) => kind)).toEqual(["request", "settled", "request", "settled"]);
    expect(told[3]).toMatchObject({ request: { reply: { status: 0 }, occurrence: 2 }, deliveries: [] });
  });

  test("a delay stores the request at once, forwards it later, and lets others go ahead in the lane", async () => {
    const clock = new SteppedClock();
    const target = await targetAnswering(OK);
    const wanted = { targets: [target.origin], forward: { concurrency: 1 }, clock };
    const { pipeline, store, told } = await startFaulty("delay:12s,ok", wanted);
    const delayed = pipeline.handle(event("1", "/late"), here);
    await clock.waiting(1);
    expect(store.read.findRequest({ kind: "id", id: 1 })).toMatchObject({
      target: "/late",
      reply: { status: 0, note: "fault: delay:12s" },
    });
    expect(told.map(({ kind }) => kind)).toEqual(["request"]);
    expect((await pipeline.handle(event("1", "/next"), here)).status).toBe(200);
    clock.advance(12_000);
    expect((await delayed).status).toBe(200);
    await pipeline.settled();
    expect(target.seen.map(({ path }) => path)).toEqual(["/next", "/late"]);
    expect(replies(store, 2)).toEqual([
      { status: 200, note: "fault: delay:12s" },
      { status: 200, note: undefined },
    ]);
    expect(store.read.deliveriesOf(1)).toMatchObject([{ status: "delivered", cause: "forward" }]);
  });

  test("a sender that does not wait for the end of a delay is told of, and the handler gets its request", async () => {
    const clock = new SteppedClock();
    const target = await targetAnswering(OK);
    const { pipeline, store } = await startFaulty("delay:12s", { targets: [target.origin], clock });
    const handling = pipeline.handle(event("1"), waitingSender({ isGone: () => true }));
    await clock.waiting(1);
    clock.advance(12_000);
    await handling;
    await pipeline.settled();
    expect(target.seen).toHaveLength(1);
    expect(replies(store, 1)).toEqual([{ status: 200, note: "fault: delay:12s, sender-gone" }]);
  });

  test("a store that takes nothing means 503, whatever the plan says", async () => {
    const { pipeline, store } = await startFaulty("200", {});
    foldLog(store.path);
    garblePages(store.path);
    expect((await pipeline.handle(event("1"), here)).status).toBe(503);
  });
});

describe("after the handler", () => {
  test.each([
    { isHeard: true, note: "fault: after:slow" },
    { isHeard: false, note: "fault: after:slow, sender-gone" },
  ])("what is slow says once it is over whether it was heard: $isHeard", async ({ isHeard, note }) => {
    const target = await targetAnswering(OK);
    const { pipeline, store, told } = await startFaulty("after:slow", { targets: [target.origin] });
    const over = Promise.withResolvers<boolean>();
    await pipeline.handle(event("1"), waitingSender({ heard: () => over.promise }));
    await expect.poll(() => store.read.deliveriesOf(1)).toMatchObject([{ status: "delivered" }]);
    expect(replies(store, 1)).toEqual([undefined]);
    over.resolve(isHeard);
    await pipeline.settled();
    expect(replies(store, 1)).toEqual([{ status: 200, note }]);
    expect(told.at(-1)).toMatchObject({ kind: "settled", request: { reply: { note } } });
  });

  test("a lost acknowledgement: the handler succeeds, its sender gets a reset, and its next attempt is a duplicate", async () => {
    const target = await targetAnswering(OK);
    const { pipeline, store, told } = await startFaulty("after:reset,ok", { targets: [target.origin] });
    expect(await pipeline.handle(event("1"), here)).toMatchObject({ status: 0, manner: { kind: "reset" } });
    await pipeline.settled();
    const second = await pipeline.handle(event("1"), here);
    expect([second.status, await textOfReply(second)]).toEqual([200, "ok"]);
    await pipeline.settled();
    expect(target.seen).toHaveLength(2);
    expect(replies(store, 2)).toEqual([
      { status: 0, note: "fault: after:reset" },
      { status: 200, note: undefined },
    ]);
    for (const id of [1, 2]) expect(store.read.deliveriesOf(id)).toMatchObject([{ status: "delivered" }]);
    expect(store.read.findRequest({ kind: "id", id: 2 })?.occurrence).toBe(2);
    expect(told.map(({ kind }) => kind)).toEqual(["request", "attempt", "settled", "request", "attempt", "settled"]);
    expect(told[1]).toMatchObject({ request: { reply: { status: 0 } }, delivery: { status: "delivered" } });
  });

  test("what the handler did is stored at once, also where its sender is made to wait", async () => {
    const clock = new SteppedClock();
    const target = await targetAnswering(OK);
    const { pipeline, store } = await startFaulty("after:delay:12s", { targets: [target.origin], clock });
    const handling = pipeline.handle(event("1"), here);
    await clock.waiting(1);
    await expect.poll(() => store.read.deliveriesOf(1)[0]?.status).toBe("delivered");
    expect(replies(store, 1)).toEqual([undefined]);
    clock.advance(12_000);
    expect((await handling).status).toBe(200);
    await pipeline.settled();
    expect(replies(store, 1)).toEqual([{ status: 200, note: "fault: after:delay:12s" }]);
  });

  test("the lane is free as soon as the handler has answered", async () => {
    const clock = new SteppedClock();
    const target = await targetAnswering(OK);
    const wanted = { targets: [target.origin], forward: { concurrency: 1 }, clock };
    const { pipeline } = await startFaulty("after:delay:12s,ok", wanted);
    const held = pipeline.handle(event("1"), here);
    await clock.waiting(1);
    expect((await pipeline.handle(event("1"), here)).status).toBe(200);
    clock.advance(12_000);
    await held;
    await pipeline.settled();
    expect(target.seen).toHaveLength(2);
  });

  test("a handler that is down is lied about like any other, as --on-error answers for it", async () => {
    const wanted = { targets: ["http://127.0.0.1:1"], onError: "ack" } as const;
    const { pipeline, store } = await startFaulty("after:delay:1ms,after:reset", wanted);
    expect((await pipeline.handle(event("1"), here)).status).toBe(200);
    expect((await pipeline.handle(event("1"), here)).status).toBe(0);
    await pipeline.settled();
    expect(replies(store, 2).map((reply) => reply?.note)).toEqual(["fault: after:delay:1ms", "fault: after:reset"]);
    expect(store.read.deliveriesOf(2)).toMatchObject([{ status: "failed" }]);
  });

  test("where there is no handler its sender is lied to about what hookcli would have said", async () => {
    const { pipeline, store } = await startFaulty("after:truncate:3,delay:1ms,ok", {});
    const cut = await pipeline.handle(event("1"), here);
    expect([cut.status, cut.manner]).toEqual([200, { kind: "truncated", afterBytes: 3 }]);
    expect(await textOfReply(cut)).toBe('{"status":"captured","id":1}\n');
    expect(await textOfReply(await pipeline.handle(event("1"), here))).toBe('{"status":"captured","id":2}\n');
    await pipeline.settled();
    expect(replies(store, 2)).toEqual([
      { status: 200, note: "fault: after:truncate:3" },
      { status: 200, note: "fault: delay:1ms" },
    ]);
  });
});

describe("what comes before a fault", () => {
  test("is a refusal: of what is broken, and of what does not verify", async () => {
    const { pipeline, store } = await startFaulty("reset", { signatures: { refuseStatus: 401 } });
    const refusal = { status: 400, code: "two-hosts", reason: "two hosts" };
    expect((await pipeline.handle(capturedRequest({ refusal }), here)).status).toBe(400);
    expect((await pipeline.handle(event("1"), here)).status).toBe(401);
    expect(replies(store, 2).map((reply) => reply?.note)).toEqual(["two-hosts", "signature"]);
  });

  test("is a handshake", async () => {
    const { pipeline } = await startFaulty("reset", {});
    const body = textBody('{"type":"url_verification","token":"t","challenge":"3eZ"}');
    const reply = await pipeline.handle(capturedRequest({ body }), here);
    expect([reply.status, await textOfReply(reply)]).toEqual([200, expect.stringContaining("3eZ")]);
  });
});

describe("at the end of a listener", () => {
  test("nobody is held any longer: ten thousand senders that wait are let go, and nothing of them is left", async () => {
    const clock = new SteppedClock();
    const ending = new AbortController();
    const sender = waitingSender({ left: () => ending.signal, ending: ending.signal });
    const { pipeline, store } = await startFaulty("after:delay:1h", { clock });
    const count = 10_000;
    const handling = Array.from({ length: count }, (_, at) => pipeline.handle(event(String(at)), sender));
    await clock.waiting(count);
    ending.abort();
    expect((await Promise.all(handling)).every(({ status }) => status === 200)).toBe(true);
    await pipeline.settled();
    expect([clock.remainingMs, pipeline.runningCount, store.read.countRequests()]).toEqual([[], 0, count]);
    expect(replies(store, count).every((reply) => reply?.note === "fault: after:delay:1h")).toBe(true);
  });

  test("what a delay held back goes to the handler all the same", async () => {
    const ending = new AbortController();
    const answering = gate();
    const target = await targetAnswering(async (socket) => {
      await answering.opened;
      socket.write(OK);
    });
    const clock = new SteppedClock();
    const { pipeline } = await startFaulty("delay:1h", { targets: [target.origin], clock });
    const handling = pipeline.handle(event("1"), waitingSender({ ending: ending.signal }));
    await clock.waiting(1);
    ending.abort();
    await target.requests(1);
    expect(pipeline.runningCount).toBe(1);
    answering.open();
    expect((await handling).status).toBe(200);
    await pipeline.settled();
  });
});

function startFaulty(plan: string, wanted: PipelineWanted): Promise<StartedPipeline> {
  return startPipeline({ ...wanted, misbehaviour: misbehaviour(plan, {}, wanted.clock) });
}

async function notesOf(faulty: Misbehaviour, requests: readonly CapturedRequest[]): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const request of requests) {
    const { id } = JSON.parse(Buffer.from(request.body.kind === "bytes" ? request.body.bytes : []).toString()) as {
      readonly id: string;
    };
    const met = await faulty.meet(request, { eventId: id });
    notes.push(met?.note(false).replace("fault: ", "") ?? "ok");
  }
  return notes;
}

function replies(store: StartedPipeline["store"], count: number): readonly (SentReply | undefined)[] {
  return Array.from({ length: count }, (_, at) => store.read.findRequest({ kind: "id", id: at + 1 })?.reply);
}

async function targetAnswering(answer: Answer): Promise<TargetServer> {
  const target = await TargetServer.answering(answer);
  onTestFinished(() => target.close());
  return target;
}
