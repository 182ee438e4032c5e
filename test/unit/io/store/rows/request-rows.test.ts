import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFilter } from "../../../../../src/core/filter/parse-filter.ts";
import { bytesBody, spoolName } from "../../../../../src/core/model/body.ts";
import type { CapturedRequest, Completeness } from "../../../../../src/core/model/request.ts";
import { DeliveryRows } from "../../../../../src/io/store/rows/delivery-rows.ts";
import { filterSql } from "../../../../../src/io/store/filter/filter-sql.ts";
import { type RequestPage, RequestRows } from "../../../../../src/io/store/rows/request-rows.ts";
import { openTables } from "../../../../helpers/rows.ts";
import { answered, capturedRequest, fileNameOf, textBody } from "../../../../helpers/samples.ts";
import { finishRows } from "../../../../helpers/finish.ts";

const ANOTHER = spoolName({ startedAtMs: 2, pid: 1 }, 1);

describe("a request", () => {
  test("comes back as it was, whatever it holds", () => {
    const { db, spool } = openTables();
    const rows = new RequestRows(db, spool);
    const latin1 = fc.array(fc.integer({ min: 33, max: 255 })).map((codes) => String.fromCharCode(...codes));
    const request = fc.record({
      method: fc.constantFrom("GET", "POST", "FOO", ""),
      target: latin1,
      httpVersion: fc.constantFrom("1.1", "1.0", ""),
      body: fc.uint8Array({ maxLength: 300 }).map((bytes) => bytesBody(Buffer.from(bytes))),
      receivedAtMs: fc.nat(2 ** 40),
      receiveDurationMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      completeness: fc.constantFrom<Completeness>("complete", "truncated", "partial", "malformed"),
      refusal: fc.option(fc.constant({ status: 400, code: "two-hosts", reason: "two hosts" }), { nil: undefined }),
      trailers: fc.constantFrom([], ["X-Sum", "a"]),
    });
    const text = fc.option(fc.string(), { nil: undefined });
    const context = fc.record({
      event: fc.record({ eventId: text, eventType: text }),
      parentId: fc.option(fc.nat(), { nil: undefined }),
    });
    fc.assert(
      fc.property(request, context, (changes, known) => {
        const captured = capturedRequest(changes);
        const id = rows.insert(captured, { sessionId: 7, ...known });
        const expected = { ...withBuffers(captured), ...known, id, sessionId: 7, reply: undefined };
        expect(withBuffers(rows.find(id))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test("with a spooled body knows its file and finds it again", async () => {
    const { db, spool } = openTables();
    const rows = new RequestRows(db, spool);
    const sink = await spool.openSink();
    await sink.write(Buffer.from("large"));
    const body = await sink.finish();
    const id = rows.insert(capturedRequest({ body }), { sessionId: 1, event: {} });
    expect(rows.find(id)?.body).toMatchObject({ kind: "file", name: body.name, sizeBytes: 5 });
    expect(rows.usesFile(fileNameOf(body))).toBe(true);
    expect(rows.usesFile(ANOTHER)).toBe(false);
  });

  test("that is not there is undefined", () => {
    const { db, spool } = openTables();
    const rows = new RequestRows(db, spool);
    expect(rows.find(1)).toBeUndefined();
    expect(rows.latestId(0)).toBeUndefined();
    expect(rows.count()).toBe(0);
  });
});

describe("what the sender was told", () => {
  test("stands with the request where nothing was forwarded", () => {
    const { db, spool } = openTables();
    const rows = new RequestRows(db, spool);
    const id = rows.insert(capturedRequest(), { sessionId: 1, event: {}, reply: { status: 200 } });
    expect(rows.find(id)?.reply).toEqual({ status: 200, note: undefined });
  });

  test("may be known later than the request, and then stands in place of what its delivery says", () => {
    const { db, spool } = openTables();
    const rows = new RequestRows(db, spool);
    const deliveries = new DeliveryRows(db, spool);
    const id = rows.insert(capturedRequest(), { sessionId: 1, event: {} });
    const deliveryId = deliveries.insert(id, 1, 0, {
      url: "http://a/",
      cause: "forward",
      attempt: { number: 1, startedAtMs: 0 },
    });
    const attempt = { deliveryId, number: 1, startedAtMs: 0, durationMs: 1, sentHeaders: [], outcome: answered(200) };
    finishRows(deliveries, attempt);
    const reply = { status: 0, note: "fault: after:reset" };
    rows.setReply(id, reply);
    expect(rows.find(id)?.reply).toEqual(reply);
    expect(rows.page({ limit: 10, includeMalformed: true }).map(({ request }) => request.reply)).toEqual([reply]);
    expect(deliveries.ofRequest(id)).toMatchObject([{ status: "delivered" }]);
  });

  test("is read from the one delivery that decided it, and the request stays one", () => {
    const { db, spool } = openTables();
    const rows = new RequestRows(db, spool);
    const deliveries = new DeliveryRows(db, spool);
    const id = rows.insert(capturedRequest(), { sessionId: 1, event: {} });
    expect(rows.find(id)?.reply).toBeUndefined();
    for (const reply of [{ status: 502, note: "refused" }, undefined, undefined]) {
      const deliveryId = deliveries.insert(id, 1, 0, {
        url: "http://a/",
        cause: "forward",
        attempt: { number: 1, startedAtMs: 0 },
      });
      const outcome = answered(200);
      finishRows(deliveries, {
        deliveryId,
        number: 1,
        startedAtMs: 0,
        durationMs: 1,
        sentHeaders: [],
        outcome,
        reply,
      });
    }
    expect(rows.find(id)?.reply).toEqual({ status: 502, note: "refused" });
    const page = rows.page({ limit: 10, includeMalformed: true });
    expect(page.map(({ request }) => request.reply?.status)).toEqual([502]);
  });
});

describe("a page", () => {
  test("is newest first, without bodies but with their size, and goes on where the one before ended", () => {
    const rows = rowsWith({}, {}, { body: textBody("12345") }, {});
    const first = rows.page({ limit: 2, includeMalformed: true });
    expect(first.map(({ request, bodySizeBytes }) => [request.id, bodySizeBytes])).toEqual([
      [4, 8],
      [3, 5],
    ]);
    expect(first[0]?.request.body).toMatchObject({ kind: "bytes", bytes: { length: 0 } });
    const second = rows.page({ limit: 2, beforeId: 3, includeMalformed: true });
    expect(second.map(({ request }) => request.id)).toEqual([2, 1]);
  });

  test("holds only what a filter lets through, between two ids where they are given", () => {
    const rows = rowsWith({ method: "PUT" }, {}, { method: "PUT" }, { method: "PUT" }, { method: "PUT" });
    const filter = filterSql(parseFilter("method:put"), 0);
    const ids = (page: Partial<RequestPage>) =>
      rows.page({ limit: 9, includeMalformed: true, filter, ...page }).map(({ request }) => request.id);
    expect(ids({})).toEqual([5, 4, 3, 1]);
    expect(ids({ limit: 2 })).toEqual([5, 4]);
    expect(ids({ limit: 2, beforeId: 4 })).toEqual([3, 1]);
    expect(ids({ leastId: 3, beforeId: 5 })).toEqual([4, 3]);
  });

  test("finds what an answer makes a match, near and far, rare and common", () => {
    const { db, spool } = openTables();
    const [rows, deliveries] = [new RequestRows(db, spool), new DeliveryRows(db, spool)];
    const answer = (id: number, status: number): void => {
      const deliveryId = deliveries.insert(id, 1, 0, {
        url: "http://a/",
        cause: "forward",
        attempt: { number: 1, startedAtMs: 0 },
      });
      const ended = { number: 1, startedAtMs: 0, durationMs: 1, sentHeaders: [], outcome: answered(status) };
      finishRows(deliveries, { deliveryId, ...ended });
    };
    db.transaction(() => {
      for (let at = 1; at <= 9000; at++) rows.insert(capturedRequest(), { sessionId: 1, event: {} });
      for (const id of [3, 4000, 6952, 6953, 8999, 9000]) answer(id, 500);
      answer(5, 404);
    })();
    const ids = (page: Partial<RequestPage>, text = "status:5xx") => {
      const filter = filterSql(parseFilter(text), 0);
      return rows.page({ limit: 9, includeMalformed: true, filter, ...page }).map(({ request }) => request.id);
    };
    expect(ids({})).toEqual([9000, 8999, 6953, 6952, 4000, 3]);
    expect(ids({ limit: 1 })).toEqual([9000]);
    expect(ids({ limit: 4, beforeId: 9000 })).toEqual([8999, 6953, 6952, 4000]);
    expect(ids({ leastId: 6953 })).toEqual([9000, 8999, 6953]);
    expect(ids({ leastId: 4000, beforeId: 6953 })).toEqual([6952, 4000]);
    expect(ids({}, "status:404")).toEqual([5]);
    expect(ids({}, "-status:none -status:5xx")).toEqual([5]);
  });

  test("has a spooled body to be read", async () => {
    const { db, spool } = openTables();
    const rows = new RequestRows(db, spool);
    const sink = await spool.openSink();
    await sink.write(Buffer.from("large"));
    rows.insert(capturedRequest({ body: await sink.finish() }), { sessionId: 1, event: {} });
    const [listed] = rows.page({ limit: 1, includeMalformed: false });
    expect(listed).toMatchObject({ bodySizeBytes: 5, request: { body: { kind: "file", sizeBytes: 5 } } });
  });

  test("leaves out what was no HTTP unless it is wanted", () => {
    const rows = rowsWith({}, { completeness: "malformed" }, { completeness: "partial" });
    expect(rows.page({ limit: 9, includeMalformed: false }).map(({ request }) => request.id)).toEqual([3, 1]);
    expect(rows.page({ limit: 9, includeMalformed: true })).toHaveLength(3);
  });
});

test("the latest and those before it are counted without what was no HTTP", () => {
  const rows = rowsWith({}, { completeness: "malformed" }, {}, { completeness: "malformed" });
  expect([0, 1, 2].map((back) => rows.latestId(back))).toEqual([3, 1, undefined]);
  expect(rows.count()).toBe(4);
});

function rowsWith(...requests: readonly Partial<CapturedRequest>[]): RequestRows {
  const { db, spool } = openTables();
  const rows = new RequestRows(db, spool);
  for (const changes of requests) rows.insert(capturedRequest(changes), { sessionId: 1, event: {} });
  return rows;
}

/** The store hands out Buffers whatever it was given; their bytes are what counts. */
function withBuffers(request: CapturedRequest | undefined): object {
  if (request?.body.kind !== "bytes") return { ...request };
  return { ...request, body: { kind: "bytes", bytes: [...request.body.bytes] } };
}
