import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesFilter } from "../../../../../src/core/filter/match-filter.ts";
import { parseFilter } from "../../../../../src/core/filter/parse-filter.ts";
import { bytesBody } from "../../../../../src/core/model/body.ts";
import type { Outcome } from "../../../../../src/core/model/delivery.ts";
import type { CapturedRequest, Completeness } from "../../../../../src/core/model/request.ts";
import { VERDICTS } from "../../../../../src/core/model/verdict.ts";
import { DeliveryRows } from "../../../../../src/io/store/rows/delivery-rows.ts";
import type { NewDelivery } from "../../../../../src/io/store/rows/new-delivery.ts";
import { filterSql, type FilterSqlOptions } from "../../../../../src/io/store/filter/filter-sql.ts";
import { RequestRows } from "../../../../../src/io/store/rows/request-rows.ts";
import { anyFilter, SEARCHED_PIECES } from "../../../../helpers/filters.ts";
import { openTables } from "../../../../helpers/rows.ts";
import { answered, capturedRequest, textBody, unanswered } from "../../../../helpers/samples.ts";
import type { Database } from "../../../../../src/io/sqlite/database.ts";
import { finishRows } from "../../../../helpers/finish.ts";

const NOW_MS = 2000;
const REQUESTS = 250;

describe("a filter in SQL", () => {
  test("finds what the matcher finds, in a store full of odd requests", () => {
    const { db, spool } = openTables();
    const requests = new RequestRows(db, spool);
    const deliveries = new DeliveryRows(db, spool);
    db.transaction(() => fill(db, requests, deliveries))();
    const subjects = Array.from({ length: REQUESTS }, (_, index) => {
      const request = requests.find(index + 1) ?? expect.fail();
      return { request, delivery: deliveries.tellingOf(request.id), nowMs: NOW_MS };
    });
    let found = 0;
    const agrees = fc.property(anyFilter, (filter) => {
      const matching = subjects.filter((subject) => matchesFilter(filter, subject)).map(({ request }) => request.id);
      found += matching.length;
      expect(idsOf(db, filter)).toEqual(matching);
      expect(idsOf(db, filter, { isWalked: true })).toEqual(matching);
    });
    fc.assert(agrees, { numRuns: 1500 });
    // A generator that never hits would agree with anything.
    expect(found).toBeGreaterThan(10_000);
  });

  test("lets everything through where nothing is asked", () => {
    const all = { where: "TRUE", parameters: [] };
    expect(filterSql([], NOW_MS)).toEqual({ ...all, walked: all, needsBodies: false, needsSpooled: false });
  });

  test("holds no text of the person's own", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const { where, parameters } = filterSql(filter, NOW_MS);
        // All but one of its question marks are blanks: PATH cuts the query off at one.
        expect(where.replaceAll("'?'", "").split("?").length - 1).toBe(parameters.length);
        expect(where).not.toMatch(/ORDER\.paid|[^ -~\n]/);
      }),
    );
  });

  test("takes as many terms and as long ones as can be written", () => {
    const { db } = openTables();
    const longest = [`path:${"本*[?".repeat(990)}`, "status:5xx header:x=y attempts:>1 ms:5 -a ".repeat(20)];
    for (const text of longest) expect(idsOf(db, parseFilter(text))).toEqual([]);
  });

  test("says whether it must read bodies", () => {
    expect(filterSql(parseFilter("needle id:1"), NOW_MS)).toMatchObject({ needsBodies: true, needsSpooled: true });
    expect(filterSql(parseFilter("header:x=needle"), NOW_MS)).toMatchObject({
      needsBodies: false,
      needsSpooled: false,
    });
  });

  test("asks the cheap questions first", () => {
    const { where } = filterSql(parseFilter("needle status:200 header:x path:/a method:post id:1"), NOW_MS);
    const places = ["requests.id", "method", "target", "mark", "attempts", "bytes"].map((word) => where.indexOf(word));
    expect(places.filter((place) => place >= 0)).toEqual(
      places.filter((place) => place >= 0).toSorted((a, b) => a - b),
    );
  });
});

describe("a text and a spooled body", () => {
  test.each<[string, FilterSqlOptions, readonly number[]]>([
    ["needle", {}, [1]],
    ["needle", { spooled: "candidates" }, [1, 2, 3]],
    ["-needle", {}, [2, 3]],
    ["-needle", { spooled: "candidates" }, [2, 3]],
    ["hooks", {}, [1, 2, 3]],
    ["-hooks", { spooled: "candidates" }, []],
    ["needle method:get", { spooled: "candidates" }, [3]],
  ])("%s with %o finds %j", async (text, options, ids) => {
    const { db, spool } = openTables();
    const requests = new RequestRows(db, spool);
    const context = { sessionId: 1, event: {} };
    requests.insert(capturedRequest({ body: textBody("needle") }), context);
    for (const method of ["POST", "GET"]) {
      const sink = await spool.openSink();
      await sink.write(Buffer.from("needle"));
      requests.insert(capturedRequest({ method, body: await sink.finish() }), context);
    }
    expect(idsOf(db, parseFilter(text), options)).toEqual(ids);
  });
});

describe("SQLite's plan", () => {
  test.each([
    ["event:evt_1", /SEARCH requests USING .*INDEX requests_by_event_id \(event_id=\?/],
    ["type:order.paid", /SEARCH requests USING .*INDEX requests_by_event_type \(event_type=\?/],
    ["id:42", /SEARCH requests USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/],
    ["status:5xx", /SEARCH attempts USING .*INDEX attempts_in_trouble/],
  ])("for %s takes an index", (text, step) => {
    expect(planOf(text)).toMatch(step);
  });

  test.each(["type:order.*", "is:failed", "status:200", "needle", "since:5m", "path:/a* header:x"])(
    "for %s walks ids downwards",
    (text) => {
      expect(planOf(text)).toMatch(/^SCAN requests$/m);
    },
  );

  test.each([
    "event:e",
    "type:a",
    "type:a*",
    "id:1..9",
    "status:5xx",
    "sig:failed",
    "is:duplicate",
    "needle is:ok attempts:>1",
  ])("for %s never sorts the requests", (text) => {
    expect(
      planOf(text)
        .split("\n")
        .filter((line) => line.startsWith("USE TEMP B-TREE")),
    ).toEqual([]);
  });
});

test.each([
  ["sig:failed", "requests_with_failed_signature"],
  ["is:duplicate", "requests_that_repeat"],
])("%s is found by an index of its own, which is small", (text, index) => {
  expect(planOf(text)).toContain(`USING INDEX ${index}`);
});

function idsOf(
  db: Database,
  filter: ReturnType<typeof parseFilter>,
  { isWalked = false, ...options }: FilterSqlOptions & { readonly isWalked?: boolean } = {},
): unknown[] {
  const sql = filterSql(filter, NOW_MS, options);
  const { where, parameters } = isWalked ? sql.walked : sql;
  const statement = db.prepare<unknown[], number>(`SELECT id FROM requests WHERE ${where} ORDER BY id`).pluck();
  return statement.all(...parameters);
}

/** The steps on the outermost level, and below it those of subqueries, one a line. */
function planOf(text: string): string {
  const { where, parameters } = filterSql(parseFilter(text), NOW_MS);
  const sql = `EXPLAIN QUERY PLAN SELECT * FROM requests WHERE ${where} ORDER BY id DESC LIMIT 50`;
  const steps = openTables()
    .db.prepare<unknown[], { parent: number; detail: string }>(sql)
    .all(...parameters);
  return steps.map(({ parent, detail }) => (parent === 0 ? detail : `  ${detail}`)).join("\n");
}

const pieced = fc.array(fc.constantFrom(...SEARCHED_PIECES), { maxLength: 6 }).map((pieces) => pieces.join(""));
const onWire = pieced.map((text) => Buffer.from(text).toString("latin1"));
const request: fc.Arbitrary<Partial<CapturedRequest>> = fc.record({
  method: fc.constantFrom("POST", "post", "GET", "M-SEARCH", ""),
  target: fc
    .tuple(fc.constantFrom("", "/", "/a/", "http://h", "HTTPS://h/", "a+b.c://x/", "1a://x/", "*"), onWire)
    .map(([start, rest]) => start + rest),
  headers: fc
    .array(fc.tuple(fc.constantFrom("X-Foo", "x-foo", "X", "Foo", "Host"), onWire))
    .map((fields) => fields.flat()),
  body: fc.oneof(
    pieced.map((text) => textBody(text)),
    fc.uint8Array().map((bytes) => bytesBody(Buffer.from(bytes))),
  ),
  receivedAtMs: fc.nat(NOW_MS),
  completeness: fc.constantFrom<Completeness>("complete", "partial", "malformed"),
  refusal: fc.option(fc.constant({ status: 400, code: "c", reason: "r" }), { nil: undefined }),
});
const context = fc.record({
  event: fc.record({
    eventId: fc.option(pieced, { nil: undefined }),
    eventType: fc.option(fc.oneof(pieced, fc.constantFrom("order.paid", "ORDER.paid")), { nil: undefined }),
    provider: fc.option(fc.oneof(pieced, fc.constantFrom("order", "a")), { nil: undefined }),
    verdict: fc.option(fc.record({ kind: fc.constantFrom(...VERDICTS) }), { nil: undefined }),
  }),
  occurrence: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  overtakenBy: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  parentId: fc.option(fc.nat(), { nil: undefined }),
  reply: fc.option(
    fc.record({ status: fc.constantFrom(0, 200), note: fc.constantFrom(undefined, "fault: reset", "refused") }),
    { nil: undefined },
  ),
});
const outcome = fc.oneof(
  fc.constantFrom(200, 204, 299, 300, 404, 500, 503, 599).map((status) => answered(status)),
  fc.constant(unanswered("refused", "")),
  fc.constant<Outcome>({ kind: "interrupted" }),
);
const delivery = fc.record({
  cause: fc.constantFrom<NewDelivery["cause"]>("forward", "forward", "replay"),
  ended: fc.array(fc.record({ outcome, durationMs: fc.constantFrom(0, 0.4, 0.5, 1, 1.5, 2.49, 2.5, 3) }), {
    maxLength: 3,
  }),
  isRunning: fc.boolean(),
});

function fill(db: Database, requests: RequestRows, deliveries: DeliveryRows): void {
  const rows = fc.record({ request, context, made: fc.array(delivery, { maxLength: 3 }) });
  for (const { request: changes, context: known, made } of fc.sample(rows, { numRuns: REQUESTS, seed: 7 })) {
    const requestId = requests.insert(capturedRequest(changes), { sessionId: 1, ...known });
    for (const { cause, ended, isRunning } of made) {
      const id = deliveries.insert(requestId, 1, 0, { url: "http://localhost:8000/", cause });
      for (const [index, attempt] of ended.entries()) {
        finishRows(deliveries, { deliveryId: id, number: index + 1, startedAtMs: 0, sentHeaders: [], ...attempt });
        const isLost = attempt.outcome.kind === "interrupted";
        if (isLost) db.prepare("UPDATE attempts SET duration_ms = NULL WHERE delivery_id = ?").run(id);
      }
      if (isRunning) deliveries.startAttempt(id, { number: ended.length + 1, startedAtMs: 0 });
    }
  }
}
