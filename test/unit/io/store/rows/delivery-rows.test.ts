import { describe, expect, test } from "vitest";
import { EMPTY_BODY, spoolName } from "../../../../../src/core/model/body.ts";
import { type NoResponseReason, type Outcome, tellingDelivery } from "../../../../../src/core/model/delivery.ts";
import { DeliveryRows } from "../../../../../src/io/store/rows/delivery-rows.ts";
import { SessionRows } from "../../../../../src/io/store/rows/session-rows.ts";
import { openTables } from "../../../../helpers/rows.ts";
import { answered, fileNameOf, unanswered } from "../../../../helpers/samples.ts";
import { sampleSession } from "../../../../helpers/stores.ts";
import { finishRows } from "../../../../helpers/finish.ts";

const ANOTHER = spoolName({ startedAtMs: 2, pid: 1 }, 1);

const URL = "http://localhost:8000/hooks";
const SESSION = 3;

describe("a delivery", () => {
  test("that waits for its turn is pending and has no attempt", () => {
    const { rows, id } = open(undefined);
    expect(rows.find(id)).toEqual({
      id,
      requestId: 1,
      sessionId: SESSION,
      createdAtMs: 10,
      url: URL,
      cause: "forward",
      status: "pending",
      attempts: [],
    });
  });

  test("whose attempt is on the wire says since when, whether it began at once or waited", () => {
    const atOnce = open(20);
    const waited = open(undefined);
    waited.rows.startAttempt(waited.id, { number: 1, startedAtMs: 20 });
    for (const { rows, id } of [atOnce, waited]) {
      expect(rows.find(id)).toMatchObject({
        status: "pending",
        attempts: [{ number: 1, startedAtMs: 20, sentHeaders: [] }],
      });
    }
  });

  test.each<[string, Outcome, string]>([
    ["2xx", answered(201, "made", ["X-A", "1", "x-a", "2"], "Created"), "delivered"],
    ["another status", answered(500, "no", [], ""), "failed"],
    ["a redirect", answered(302, "there", ["Location", "/"], "Found"), "failed"],
    ["no response", unanswered("timeout", "no whole response within 5 ms"), "failed"],
    ["an end of the process", { kind: "interrupted" }, "failed"],
  ])("that ended with %s keeps all of it", (_title, outcome, status) => {
    const { rows, id } = open(20);
    finish(rows, id, outcome);
    const attempt = { number: 1, startedAtMs: 20, durationMs: 1.25, sentHeaders: ["host", "a"], outcome };
    expect(rows.find(id)).toMatchObject({ status, attempts: [attempt] });
  });

  test.each<NoResponseReason>([
    "refused",
    "reset",
    "dns",
    "unreachable",
    "tls",
    "bad-response",
    "cut-off",
    "unsendable",
  ])("that failed as %s says so", (reason) => {
    const { rows, id } = open(20);
    finish(rows, id, unanswered(reason, ""));
    expect(rows.find(id)?.attempts[0]?.outcome).toEqual(unanswered(reason, ""));
  });

  test("keeps the start of a response body that was larger than what is kept", () => {
    const { rows, id } = open(20);
    const body = { kind: "bytes", bytes: Buffer.from("start") } as const;
    const response = { status: 200, statusText: "OK", headers: [], body, bodySizeBytes: 9_000_000 };
    finish(rows, id, { kind: "response", response });
    expect(rows.find(id)?.attempts[0]?.outcome).toEqual({ kind: "response", response });
  });

  test("keeps a large response body in a file", async () => {
    const { rows, id, spool } = open(20);
    const sink = await spool.openSink();
    await sink.write(Buffer.from("large"));
    const body = await sink.finish();
    finish(rows, id, {
      kind: "response",
      response: { status: 200, statusText: "OK", headers: [], body, bodySizeBytes: 7 },
    });
    expect(rows.find(id)?.attempts[0]?.outcome).toMatchObject({
      response: { body: { kind: "file", name: body.name, sizeBytes: 5 }, bodySizeBytes: 7 },
    });
    expect([rows.usesFile(fileNameOf(body)), rows.usesFile(ANOTHER)]).toEqual([true, false]);
  });

  test("that is not there is undefined", () => {
    expect(open(20).rows.find(99)).toBeUndefined();
  });
});

test("the deliveries of a request are oldest first", () => {
  const { rows, id } = open(20);
  rows.insert(2, SESSION, 10, { url: URL, cause: "forward" });
  const replayed = rows.insert(1, SESSION, 11, { url: URL, cause: "replay" });
  expect(rows.ofRequest(1).map((delivery) => [delivery.id, delivery.cause])).toEqual([
    [id, "forward"],
    [replayed, "replay"],
  ]);
});

test("the delivery that tells how a request fared is the one that the model picks, without its response body", () => {
  const { rows, id } = open(20);
  finish(rows, id, answered(500));
  expect(rows.tellingOf(99)).toBeUndefined();
  for (const causes of [[], ["forward"], ["replay", "forward", "replay"]] as const) {
    for (const cause of causes) finish(rows, rows.insert(1, SESSION, 10, { url: URL, cause }), answered(200));
    const telling = rows.tellingOf(1);
    expect(telling?.id).toBe(tellingDelivery(rows.ofRequest(1))?.id);
    expect(telling?.attempts[0]?.outcome).toMatchObject({ response: { body: EMPTY_BODY } });
  }
});

test("what a dead session left is failed: what was on the wire reads interrupted, what waited was never tried", () => {
  const { rows, sessions } = openWithSessions();
  const earlier = rows.insert(1, SESSION, 10, { url: URL, cause: "forward", attempt: { number: 1, startedAtMs: 20 } });
  for (let id = 0; id < SESSION;) id = sessions.insert(sampleSession());
  const running = rows.insert(1, SESSION, 10, { url: URL, cause: "forward", attempt: { number: 1, startedAtMs: 20 } });
  const waiting = rows.insert(1, SESSION, 10, { url: URL, cause: "forward" });
  const done = rows.insert(1, SESSION, 10, { url: URL, cause: "forward", attempt: { number: 1, startedAtMs: 20 } });
  const others = rows.insert(1, SESSION + 1, 10, {
    url: URL,
    cause: "forward",
    attempt: { number: 1, startedAtMs: 20 },
  });
  finish(rows, done, answered(200));
  rows.interrupt(SESSION);
  rows.interrupt(SESSION);
  expect(rows.find(running)).toMatchObject({
    status: "failed",
    attempts: [{ number: 1, startedAtMs: 20, durationMs: undefined, outcome: { kind: "interrupted" } }],
  });
  expect(rows.find(waiting)).toMatchObject({ status: "failed", attempts: [] });
  expect(rows.find(done)).toMatchObject({ status: "delivered" });
  expect(rows.find(others)).toMatchObject({ status: "pending" });
  expect(rows.find(earlier)).toMatchObject({ status: "pending" });
});

test("where a request went is each URL once, the first one first", () => {
  const { db, spool } = openTables();
  const rows = new DeliveryRows(db, spool);
  for (const url of ["http://b.test/", "http://a.test/", "http://b.test/"]) {
    rows.insert(1, SESSION, 10, { url, cause: "forward", attempt: { number: 1, startedAtMs: 20 } });
  }
  rows.insert(2, SESSION, 10, { url: "http://c.test/", cause: "forward", attempt: { number: 1, startedAtMs: 20 } });
  expect(rows.urlsOf(1)).toEqual(["http://b.test/", "http://a.test/"]);
  expect(rows.urlsOf(3)).toEqual([]);
});

test("the status before a delivery is the newest one of an earlier delivery to the same URL that really ended", () => {
  const { rows, sessions } = openWithSessions();
  const session = sessions.insert(sampleSession());
  const made = (url: string, requestId = 1): number =>
    rows.insert(requestId, session, 10, { url, cause: "replay", attempt: { number: 1, startedAtMs: 20 } });
  const first = made(URL);
  finish(rows, first, answered(500));
  const elsewhere = made("http://other.test/");
  finish(rows, elsewhere, answered(200));
  const other = made(URL, 2);
  finish(rows, other, answered(200));
  const interrupted = made(URL);
  rows.interrupt(session);
  const running = made(URL);
  const last = made(URL);
  expect(rows.find(interrupted)?.status).toBe("failed");
  expect(rows.statusBefore(1, { id: last, url: URL })).toBe("failed");
  finish(rows, running, answered(200));
  expect(rows.statusBefore(1, { id: last, url: URL })).toBe("delivered");
  expect(rows.statusBefore(1, { id: first, url: URL })).toBeUndefined();
  expect(rows.statusBefore(3, { id: last, url: URL })).toBeUndefined();
});

function openWithSessions() {
  const { db, spool } = openTables();
  return { rows: new DeliveryRows(db, spool), sessions: new SessionRows(db) };
}

function open(startedAtMs: number | undefined) {
  const { db, spool } = openTables();
  const rows = new DeliveryRows(db, spool);
  const attempt = startedAtMs === undefined ? undefined : { number: 1, startedAtMs };
  return { rows, spool, id: rows.insert(1, SESSION, 10, { url: URL, cause: "forward", attempt }) };
}

function finish(rows: DeliveryRows, deliveryId: number, outcome: Outcome): void {
  const attempt = { number: 1, startedAtMs: 20, durationMs: 1.25, sentHeaders: ["host", "a"], outcome };
  finishRows(rows, { deliveryId, ...attempt });
}
