import { describe, expect, test } from "vitest";
import type { EventFacts, Origin } from "../../../../../src/core/model/request.ts";
import { Occurrences } from "../../../../../src/io/store/rows/occurrences.ts";
import { RequestRows } from "../../../../../src/io/store/rows/request-rows.ts";
import { RetentionRows } from "../../../../../src/io/store/upkeep/retention-rows.ts";
import { openTables } from "../../../../helpers/rows.ts";
import { capturedRequest, SAMPLE_TIME_MS } from "../../../../helpers/samples.ts";

const paid: EventFacts = { eventId: "evt_1", provider: "stripe" };

describe("the requests of an event are numbered", () => {
  test("as they come, those of other events and other providers on their own", () => {
    const { arrive } = tables();
    const others: EventFacts[] = [
      { eventId: "evt_2", provider: "stripe" },
      { eventId: "evt_1" },
      { eventId: "evt_1", provider: "mux" },
    ];
    expect([
      arrive(paid),
      arrive(paid),
      ...others.map((other) => arrive(other)),
      arrive(paid),
      arrive({ eventId: "evt_1" }),
    ]).toEqual([1, 2, 1, 1, 1, 3, 2]);
  });

  test("only where they name one, and only where they came from outside", () => {
    const { arrive } = tables();
    expect([arrive(paid, "import"), arrive(paid, "edit"), arrive({ provider: "stripe" }), arrive(paid)]).toEqual([
      1,
      undefined,
      undefined,
      2,
    ]);
  });

  test("on from what was removed, the newest or all of them", () => {
    const { arrive, remove } = tables();
    for (let count = 0; count < 3; count += 1) arrive(paid);
    remove(3);
    expect(arrive(paid)).toBe(4);
    for (const id of [1, 2, 4]) remove(id);
    expect([arrive(paid), arrive({ ...paid, provider: "mux" })]).toEqual([5, 1]);
  });

  test("on from what was removed, of each provider by itself", () => {
    const { arrive, remove } = tables();
    const [mux, nobody] = [{ ...paid, provider: "mux" }, { eventId: "evt_1" }];
    for (const event of [paid, paid, mux, nobody, nobody, nobody]) arrive(event);
    for (let id = 1; id <= 6; id += 1) remove(id);
    expect([arrive(paid), arrive(mux), arrive(nobody), arrive({ ...paid, provider: "svix" })]).toEqual([3, 2, 4, 1]);
  });

  test("with one look into an index, however many there are", () => {
    const { db } = tables();
    const steps = db
      .prepare<[], { detail: string }>(
        "EXPLAIN QUERY PLAN SELECT occurrence FROM requests WHERE event_id = 'a' AND provider IS 'b' AND occurrence IS NOT NULL ORDER BY id DESC LIMIT 1",
      )
      .all();
    expect(steps.map(({ detail }) => detail)).toEqual([
      "SEARCH requests USING INDEX requests_by_event_id (event_id=?)",
    ]);
  });
});

function tables() {
  const { db, spool } = openTables();
  const [requests, occurrences, retention] = [new RequestRows(db, spool), new Occurrences(db), new RetentionRows(db)];
  const arrive = (event: EventFacts, origin: Origin = "capture"): number | undefined => {
    const request = capturedRequest({ origin });
    const occurrence = occurrences.next(request, event);
    requests.insert(request, { sessionId: 1, event, occurrence });
    return occurrence;
  };
  return { db, arrive, remove: (id: number) => retention.remove(id, SAMPLE_TIME_MS) };
}
