import { renameSync } from "node:fs";
import type { Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import { REASON_HEADER } from "../../../../src/core/model/reply.ts";
import { headerValue } from "../../../../src/core/model/headers.ts";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { gate } from "../../../helpers/capture.ts";
import { foldLog, garblePages } from "../../../helpers/damage.ts";
import { OtherProcess } from "../../../helpers/other-process.ts";
import { startPipeline, textOfReply, waitingSender } from "../../../helpers/pipelines.ts";
import { capturedRequest, textBody } from "../../../helpers/samples.ts";
import { lookInto, openStore } from "../../../helpers/stores.ts";
import { type Answer, OK, TargetServer } from "../../../helpers/target-server.ts";
import { TickingClock } from "../../../helpers/ticking-clock.ts";
import { turns } from "../../../helpers/turns.ts";

const here = waitingSender();
const gone = waitingSender({ isGone: () => true });
/** Nothing listens there: port 1 takes a privilege that nobody uses. */
const DOWN = "http://127.0.0.1:1";

describe("a request that is forwarded", () => {
  test("is committed, with its delivery on the wire, before the target hears of it", async () => {
    const store = openStore();
    const seen: unknown[] = [];
    const look = lookInto(store.path).prepare(
      `SELECT target, cast(bytes AS TEXT) AS body, status, running_number AS running FROM requests
       JOIN deliveries ON request_id = requests.id JOIN request_bodies USING (request_id)`,
    );
    const target = await targetAnswering((socket) => {
      seen.push(look.get());
      socket.write(OK);
    });
    const { pipeline } = await startPipeline({ store, targets: [target.origin] });
    await pipeline.handle(capturedRequest(), here);
    expect(seen).toEqual([{ target: "/hooks", body: '{"hi":1}', status: "pending", running: 1 }]);
  });

  test("is answered with what the target said, and both are stored", async () => {
    const target = await targetAnswering(
      "HTTP/1.1 201 Made\r\nX-Twice: 1\r\nx-twice: 2\r\nContent-Length: 4\r\n\r\nmade",
    );
    const { pipeline, store } = await startPipeline({ targets: [`${target.origin}/base`] });
    const reply = await pipeline.handle(capturedRequest({ target: "/hooks?a=1" }), here);
    expect(reply).toMatchObject({ status: 201, statusText: "Made" });
    expect(reply.headers).toEqual(expect.arrayContaining(["X-Twice", "1", "x-twice", "2"]));
    expect(await textOfReply(reply)).toBe("made");
    await pipeline.settled();
    expect(target.seen).toMatchObject([{ method: "POST", path: "/base/hooks?a=1" }]);
    expect(target.seen[0]?.body.toString()).toBe('{"hi":1}');
    expect(store.read.findRequest({ kind: "latest", back: 0 })?.reply).toEqual({ status: 201, note: undefined });
    expect(store.read.deliveriesOf(1)).toMatchObject([
      { status: "delivered", url: `${target.origin}/base/hooks?a=1`, attempts: [{ outcome: { kind: "response" } }] },
    ]);
  });

  test("is told to everyone in the order of what happened", async () => {
    const target = await targetAnswering(OK);
    const { pipeline, told } = await startPipeline({ targets: [target.origin] });
    await textOfReply(await pipeline.handle(capturedRequest(), here));
    await pipeline.settled();
    expect(told.map(({ kind }) => kind)).toEqual(["request", "attempt", "settled"]);
    expect(told[2]).toMatchObject({ request: { reply: { status: 200 } }, deliveries: [{ status: "delivered" }] });
  });

  test("is finished and recorded though its sender is gone", async () => {
    const target = await targetAnswering(OK);
    const { pipeline, store } = await startPipeline({ targets: [target.origin] });
    await pipeline.handle(capturedRequest(), gone);
    await pipeline.settled();
    expect(target.seen).toHaveLength(1);
    expect(store.read.findRequest({ kind: "latest", back: 0 })?.reply).toEqual({ status: 200, note: "sender-gone" });
    expect(store.read.deliveriesOf(1)).toMatchObject([{ status: "delivered" }]);
  });
});

describe("a target that is down", () => {
  test("is answered for with 502, the reason in a header, and the cause in the record", async () => {
    const { pipeline, store } = await startPipeline({ targets: [DOWN] });
    const reply = await pipeline.handle(capturedRequest(), here);
    expect(reply.status).toBe(502);
    expect(headerValue(reply.headers, REASON_HEADER)).toBe("refused");
    expect(JSON.parse(await textOfReply(reply))).toMatchObject({
      id: 1,
      reason: "refused",
      detail: expect.stringContaining("127.0.0.1:1") as string,
    });
    await pipeline.settled();
    expect(store.read.findRequest({ kind: "id", id: 1 })?.reply).toEqual({ status: 502, note: "refused" });
    expect(store.read.deliveriesOf(1)).toMatchObject([
      { status: "failed", attempts: [{ outcome: { kind: "no-response", reason: "refused" } }] },
    ]);
  });

  test("is answered for with 200 where that was asked for, and the record tells the truth", async () => {
    const { pipeline, store } = await startPipeline({ targets: [DOWN], onError: "ack" });
    expect(await pipeline.handle(capturedRequest(), here)).toMatchObject({ status: 200 });
    await pipeline.settled();
    expect(store.read.findRequest({ kind: "id", id: 1 })?.reply).toEqual({
      status: 200,
      note: "acknowledged: refused",
    });
    expect(store.read.deliveriesOf(1)).toMatchObject([{ status: "failed" }]);
  });
});

describe("several targets", () => {
  test("all get the request; the first one answers, and how each of them answered is recorded", async () => {
    const [first, second] = [
      await targetAnswering(OK),
      await targetAnswering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"),
    ];
    const { pipeline, store } = await startPipeline({ targets: [first.origin, second.origin, DOWN] });
    const reply = await pipeline.handle(capturedRequest(), here);
    expect([reply.status, await textOfReply(reply)]).toEqual([200, "ok"]);
    await pipeline.settled();
    expect([first.seen.length, second.seen.length]).toEqual([1, 1]);
    expect(store.read.deliveriesOf(1).map(({ status }) => status)).toEqual(["delivered", "failed", "failed"]);
    expect(store.read.findRequest({ kind: "id", id: 1 })?.reply).toMatchObject({ status: 200 });
  });

  test("do not make the sender wait for any but the first", async () => {
    const slow = gate();
    const second = await targetAnswering(async (socket) => {
      await slow.opened;
      socket.write(OK);
    });
    const { pipeline, store } = await startPipeline({ targets: [DOWN, second.origin] });
    expect(await pipeline.handle(capturedRequest(), here)).toMatchObject({ status: 502 });
    expect(pipeline.runningCount).toBeGreaterThan(0);
    slow.open();
    await pipeline.settled();
    expect(store.read.deliveriesOf(1).map(({ status }) => status)).toEqual(["failed", "delivered"]);
  });
});

describe("one at a time", () => {
  test("a slow target gets the requests in the order of their arrival, and never two at once", async () => {
    let atOnce = 0;
    let most = 0;
    const target = await targetAnswering(async (socket: Socket) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      // Until all the others are waiting, and could have come if anything let them.
      await expect.poll(() => store.read.countRequests()).toBe(paths.length);
      await turns(10);
      atOnce -= 1;
      socket.write(OK);
    });
    const store = openStore();
    const { pipeline } = await startPipeline({ store, targets: [target.origin], forward: { concurrency: 1 } });
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
    await Promise.all(
      paths.map(async (path) => textOfReply(await pipeline.handle(capturedRequest({ target: path }), here))),
    );
    await pipeline.settled();
    expect(target.seen.map(({ path }) => path)).toEqual(paths);
    expect(most).toBe(1);
    expect(paths.map((_, index) => store.read.deliveriesOf(index + 1)[0]?.status)).toEqual(
      paths.map(() => "delivered"),
    );
  });
});

describe("a request that is not forwarded", () => {
  test("for want of a target is stored and answered with its id", async () => {
    const { pipeline, store } = await startPipeline({ respond: { status: 202 } });
    const reply = await pipeline.handle(capturedRequest(), here);
    expect([reply.status, JSON.parse(await textOfReply(reply))]).toEqual([202, { status: "captured", id: 1 }]);
    expect(store.read.findRequest({ kind: "id", id: 1 })?.reply).toEqual({ status: 202, note: undefined });
  });

  test("because it was refused is stored with the refusal", async () => {
    const target = await targetAnswering(OK);
    const { pipeline, store, told } = await startPipeline({ targets: [target.origin] });
    const refusal = { status: 400, code: "two-hosts", reason: "two hosts" };
    expect(await pipeline.handle(capturedRequest({ refusal }), here)).toMatchObject({ status: 400 });
    expect(store.read.findRequest({ kind: "id", id: 1 })).toMatchObject({
      refusal,
      reply: { status: 400, note: "two-hosts" },
    });
    expect(target.seen).toHaveLength(0);
    expect(told.map(({ kind }) => kind)).toEqual(["request", "settled"]);
  });

  test.each([
    ["/api", "/api", true],
    ["/api", "/api/x?y", true],
    ["/api", "/api?x", true],
    ["/api", "/apix", false],
    ["/api", "/", false],
    ["/api/", "/api/x", true],
    ["/api/", "/api", false],
    ["/", "/anything", true],
  ])("with the prefix %s and the path %s is as it should be", async (pathPrefix, path, isForwarded) => {
    const target = await targetAnswering(OK);
    const { pipeline, store } = await startPipeline({ targets: [target.origin], pathPrefix });
    await textOfReply(await pipeline.handle(capturedRequest({ target: path }), here));
    await pipeline.settled();
    expect(target.seen).toHaveLength(isForwarded ? 1 : 0);
    expect(store.read.countRequests()).toBe(1);
  });
});

describe("a signature that does not verify", () => {
  const slack = { name: "--secret", text: "a", provider: "slack" };
  const forged = capturedRequest({
    headers: ["X-Slack-Signature", `v0=${"0".repeat(64)}`, "X-Slack-Request-Timestamp", "1772600767"],
  });

  test("is forwarded like the rest, and told", async () => {
    const target = await targetAnswering(OK);
    const { pipeline, store } = await startPipeline({ targets: [target.origin], signatures: { secrets: [slack] } });
    expect((await pipeline.handle(forged, here)).status).toBe(200);
    await pipeline.settled();
    expect(target.seen).toHaveLength(1);
    expect(store.read.findRequest({ kind: "id", id: 1 })?.event).toMatchObject({
      provider: "slack",
      verdict: { kind: "mismatch" },
    });
  });

  test("is stored and refused where that was asked for, whatever is wrong with it", async () => {
    const target = await targetAnswering(OK);
    const signatures = { secrets: [slack], refuseStatus: 403 };
    const { pipeline, store, told } = await startPipeline({ targets: [target.origin], signatures });
    for (const request of [forged, capturedRequest()]) {
      const reply = await pipeline.handle(request, here);
      expect([reply.status, headerValue(reply.headers, REASON_HEADER)]).toEqual([403, "signature"]);
    }
    await pipeline.settled();
    expect(target.seen).toEqual([]);
    expect([1, 2].map((id) => store.read.findRequest({ kind: "id", id }))).toMatchObject(
      ["mismatch", "unsigned"].map((kind) => ({
        refusal: { status: 403, code: "signature", reason: `the signature does not verify: ${kind}` },
        reply: { status: 403, note: "signature" },
      })),
    );
    expect(told.map(({ kind }) => kind)).toEqual(["request", "settled", "request", "settled"]);
  });

  test("is no reason to refuse one that verifies", async () => {
    const target = await targetAnswering(OK);
    const signatures = { secrets: [{ name: "--secret", text: "t0k3n" }], refuseStatus: 401 };
    const { pipeline } = await startPipeline({ targets: [target.origin], signatures });
    const request = capturedRequest({ headers: ["X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", "t0k3n"] });
    expect((await pipeline.handle(request, here)).status).toBe(200);
    await pipeline.settled();
    expect(target.seen).toHaveLength(1);
  });
});

describe("a handshake", () => {
  const asks = capturedRequest({ body: textBody('{"token":"a","challenge":"3eZ","type":"url_verification"}') });

  test("is answered where nothing would be forwarded, and told", async () => {
    const { pipeline, store, told } = await startPipeline();
    const reply = await pipeline.handle(asks, here);
    expect([reply.status, await textOfReply(reply)]).toEqual([200, "3eZ"]);
    expect(store.read.findRequest({ kind: "id", id: 1 })).toMatchObject({
      event: { provider: "slack" },
      reply: { status: 200, note: "handshake: slack" },
    });
    expect(told.map(({ kind }) => kind)).toEqual(["request", "settled", "notice"]);
    expect(told[2]).toMatchObject({ level: "note", code: "HANDSHAKE" });
  });

  test("is the target's business where there is one", async () => {
    const target = await targetAnswering(OK);
    const { pipeline } = await startPipeline({ targets: [target.origin] });
    expect(await textOfReply(await pipeline.handle(asks, here))).toBe("ok");
    await pipeline.settled();
  });

  test("is answered in its place where that was asked for, also though it does not verify", async () => {
    const target = await targetAnswering(OK);
    const signatures = { answersHandshakes: true, refuseStatus: 401 };
    const { pipeline } = await startPipeline({ targets: [target.origin], signatures });
    expect(await textOfReply(await pipeline.handle(asks, here))).toBe("3eZ");
    await pipeline.settled();
    expect(target.seen).toEqual([]);
  });

  test("shows an address that a person has to visit, and visits nothing", async () => {
    const { pipeline, told } = await startPipeline();
    const link = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=a";
    const body = textBody(JSON.stringify({ Type: "SubscriptionConfirmation", SubscribeURL: link, Token: "a" }));
    const headers = ["x-amz-sns-message-type", "SubscriptionConfirmation"];
    await pipeline.handle(capturedRequest({ headers, body }), here);
    expect(told.at(-1)).toMatchObject({ kind: "notice", text: expect.stringContaining(link) as string });
  });
});

test("the first target's attempt is told with how long the provider waits, the others' is not", async () => {
  const targets = [await targetAnswering(OK), await targetAnswering(OK)].map(({ origin }) => origin);
  const { pipeline, told } = await startPipeline({ targets });
  await pipeline.handle(capturedRequest({ headers: ["X-Slack-Signature", "v0=a"] }), here);
  await pipeline.settled();
  const budgets = told.flatMap((entry) => (entry.kind === "attempt" ? [entry.ackBudgetMs] : []));
  expect(new Set(budgets)).toEqual(new Set([3000, undefined]));
});

test("a rule that fails by itself loses no request, and is told", async () => {
  const target = await targetAnswering(OK);
  const slack = findScheme("slack") ?? expect.fail();
  const signature = { ...(findScheme("twilio")?.signature ?? expect.fail()), present: () => expect.fail("a mistake") };
  const broken = { ...slack, signature } as typeof slack;
  const { pipeline, store, told } = await startPipeline({
    targets: [target.origin],
    signatures: { schemes: [broken] },
  });
  expect((await pipeline.handle(capturedRequest(), here)).status).toBe(200);
  await pipeline.settled();
  expect([target.seen.length, store.read.countRequests()]).toEqual([1, 1]);
  expect(told[0]).toMatchObject({ kind: "notice", code: "BUG", text: expect.stringContaining("a mistake") as string });
});

test("bytes that are no HTTP are nobody's, and not judged", async () => {
  const { pipeline, store } = await startPipeline({ signatures: { refuseStatus: 401 } });
  const refusal = { status: 400, code: "malformed", reason: "no HTTP" };
  const request = capturedRequest({ method: "", target: "", headers: [], completeness: "malformed", refusal });
  expect((await pipeline.handle(request, here)).status).toBe(400);
  const stored = store.read.findRequest({ kind: "id", id: 1 })?.event;
  expect([stored?.provider, stored?.verdict]).toEqual([undefined, undefined]);
});

test("events that come again are counted, edited ones are not", async () => {
  const { pipeline, store } = await startPipeline();
  const paid = capturedRequest({ headers: ["Stripe-Signature", "t=1"], body: textBody('{"id":"evt_1"}') });
  await Promise.all([
    pipeline.handle(paid, here),
    pipeline.handle(paid, here),
    pipeline.handle(capturedRequest(), here),
  ]);
  await pipeline.settled();
  const occurrences = [1, 2, 3].map((id) => store.read.findRequest({ kind: "id", id })?.occurrence);
  expect(occurrences).toEqual([1, 2, undefined]);
});

describe("a filter", () => {
  const paid = '{"type":"invoice.paid","id":"evt_1"}';

  test.each([
    ["type:invoice.*", true],
    ["-type:invoice.*", false],
    ["event:evt_1 method:post", true],
    ["event:evt_2", false],
    ["header:content-type=json", true],
    ["PAID", true],
    ["-paid", false],
    ["path:/other", false],
    ["is:edited", false],
  ])("%s decides whether a request is forwarded; it is stored either way", async (text, isForwarded) => {
    const target = await targetAnswering(OK);
    const filter = parseFilter(text, { knownOnArrivalOnly: true });
    const { pipeline, store, told } = await startPipeline({ targets: [target.origin], filter });
    const reply = await pipeline.handle(capturedRequest({ body: textBody(paid) }), here);
    expect([reply.status, await textOfReply(reply)]).toEqual([
      200,
      isForwarded ? "ok" : '{"status":"captured","id":1}\n',
    ]);
    await pipeline.settled();
    expect(target.seen).toHaveLength(isForwarded ? 1 : 0);
    expect(store.read.findRequest({ kind: "id", id: 1 })?.event).toMatchObject({
      eventId: "evt_1",
      eventType: "invoice.paid",
    });
    expect(told.map(({ kind }) => kind)).toEqual(
      isForwarded ? ["request", "attempt", "settled"] : ["request", "settled"],
    );
  });

  test("stands beside the path prefix: both must hold", async () => {
    const target = await targetAnswering(OK);
    const filter = parseFilter("method:post");
    const { pipeline } = await startPipeline({ targets: [target.origin], filter, pathPrefix: "/api" });
    for (const [method, path] of [
      ["POST", "/api"],
      ["PUT", "/api"],
      ["POST", "/"],
    ] as const)
      await textOfReply(await pipeline.handle(capturedRequest({ method, target: path }), here));
    await pipeline.settled();
    expect(target.seen).toHaveLength(1);
  });
});

describe("a store that takes nothing", () => {
  test("means 503 with a time to come again, and nothing is forwarded", async () => {
    const target = await targetAnswering(OK);
    const { pipeline, store, told } = await startPipeline({ targets: [target.origin] });
    foldLog(store.path);
    garblePages(store.path);
    for (const targets of [1, 2]) {
      const reply = await pipeline.handle(capturedRequest(), here);
      expect([targets, reply.status, headerValue(reply.headers, "retry-after")]).toEqual([targets, 503, "5"]);
      expect(headerValue(reply.headers, REASON_HEADER)).toBe("store-corrupt");
    }
    await pipeline.settled();
    expect(target.seen).toHaveLength(0);
    expect(told).toEqual([]);
  });

  test("gives the places in the lane back, so that all goes on when it is well again", async () => {
    const target = await targetAnswering(OK);
    const { promise: isWell, resolve } = Promise.withResolvers<void>();
    const store = openStore({ onTrouble: (trouble) => trouble ?? resolve() });
    const { pipeline } = await startPipeline({ store, targets: [target.origin], forward: { concurrency: 1 } });
    store.reportSpoolFailure(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
    const refused = await Promise.all([1, 2, 3].map(() => pipeline.handle(capturedRequest(), here)));
    expect(refused.map(({ status }) => status)).toEqual([503, 503, 503]);
    await isWell;
    const taken = await Promise.all([1, 2, 3].map(() => pipeline.handle(capturedRequest(), here)));
    expect(taken.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(target.seen).toHaveLength(3);
  });

  test("for a moment only, because another process writes, means a wait", async () => {
    const target = await targetAnswering(OK);
    const clock = new TickingClock();
    const store = openStore({ clock });
    const { pipeline } = await startPipeline({ store, targets: [target.origin] });
    const other = new OtherProcess();
    await other.obey({ kind: "sql", path: store.path, sql: "BEGIN IMMEDIATE" });
    const handled = pipeline.handle(capturedRequest(), here);
    // One look for each time that the lock refused it.
    await clock.looks(5);
    expect(target.seen).toHaveLength(0);
    await other.obey({ kind: "sql", path: store.path, sql: "COMMIT" });
    expect(await handled).toMatchObject({ status: 200 });
  });

  test("because of a mistake of ours means 503 too, and the mistake is told", async () => {
    const { pipeline, told } = await startPipeline();
    const mistake = capturedRequest({ body: textBody("x"), method: undefined as unknown as string });
    const reply = await pipeline.handle(mistake, here);
    expect([reply.status, headerValue(reply.headers, REASON_HEADER)]).toEqual([503, "internal-error"]);
    expect(told).toMatchObject([{ kind: "notice", level: "error", code: "BUG" }]);
  });
});

async function targetAnswering(answer: Answer): Promise<TargetServer> {
  const target = await TargetServer.answering(answer);
  onTestFinished(() => target.close());
  return target;
}

describe("a store that is taken away while a target thinks", () => {
  test("means that the sender hears of no success, and comes again", async () => {
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    const target = await targetAnswering((socket) => void mayAnswer.then(() => socket.write(OK)));
    const store = openStore({ sparesEventLoop: true });
    onTestFinished(async () => store.end());
    const { pipeline } = await startPipeline({ store, targets: [target.origin] });
    const replying = pipeline.handle(capturedRequest(), here);
    await expect.poll(() => target.seen.length).toBe(1);
    renameSync(store.path, `${store.path}.moved`);
    await expect.poll(() => store.trouble?.code).toBe("STORE_MOVED");
    answer();
    const reply = await replying;
    expect([reply.status, headerValue(reply.headers, REASON_HEADER)]).toEqual([503, "store-moved"]);
    await pipeline.settled();
  });
});
