import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ListedDelivery, requestCells, RequestTable } from "../../../../src/cli/words/request-table.ts";
import { textWidth } from "../../../../src/cli/words/text-width.ts";
import { timeText } from "../../../../src/cli/words/units.ts";
import type { Delivery } from "../../../../src/core/model/delivery.ts";
import { MASK } from "../../../../src/core/model/redact.ts";
import type { StoredRequest } from "../../../../src/core/model/request.ts";
import { DANGEROUS, latin1Text } from "../../../helpers/hostile-text.ts";
import {
  answered,
  SAMPLE_TIME_MS,
  sampleAttempt,
  sampleDelivery,
  sampleRequest,
  stillClock,
  unanswered,
} from "../../../helpers/samples.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../helpers/surroundings.ts";

const STATUS = 4;
const TOOK = 5;
const EVENT = 9;
const TIME = timeText(SAMPLE_TIME_MS);
const paid = { eventType: "invoice.paid" };

describe("a row", () => {
  test("holds time, id, method, path, status, duration, size, signature, provider and event type", () => {
    const event = { ...paid, provider: "stripe", verdict: { kind: "stale" } } as const;
    const texts = cells(sampleRequest({ event }), sampleDelivery()).map((cell) =>
      typeof cell === "string" ? cell : cell.text,
    );
    const found = ["stale", "stripe", "invoice.paid"];
    expect(texts).toEqual([TIME, "#42", "POST", "/hooks", "200", "23 ms", "8 B", ...found]);
  });

  test.each([
    [undefined, "invoice.paid"],
    [1, "invoice.paid"],
    [2, "invoice.paid (2nd)"],
  ])("whose event has come %s times says so behind its type", (occurrence, text) => {
    expect(cells(sampleRequest({ event: paid, occurrence }), undefined)[EVENT]).toBe(text);
    expect(cells(sampleRequest({ occurrence }), undefined)[EVENT]).toBe(text.slice("invoice.paid".length).trim());
  });

  test("names what overtook it", () => {
    const late = sampleRequest({ event: paid, occurrence: 2, overtakenBy: 7 });
    expect(cells(late, undefined)[EVENT]).toBe("invoice.paid (2nd, older than #7)");
    expect(cells(sampleRequest({ overtakenBy: 7 }), undefined)[EVENT]).toBe("(older than #7)");
  });

  test.each([
    [{ status: 0, note: "fault: after:reset (1 of 2)" }, sampleDelivery(), "200, sent reset"],
    [{ status: 500, note: "fault: 500" }, undefined, "sent 500"],
    [{ status: 0, note: "fault: timeout:2s" }, undefined, "sent timeout 2s"],
    [{ status: 0, note: "fault: after:reset" }, sampleDelivery({ cause: "replay" }), "200"],
    [{ status: 200, note: "sender-gone" }, sampleDelivery(), "200"],
  ])("tells what a fault told the sender apart from what the handler did: %o", (reply, made, text) => {
    expect(cells(sampleRequest({ reply }), made)[STATUS]).toMatchObject({ text });
  });

  test("masks credentials in path and event type", () => {
    const masked = cells(
      sampleRequest({ target: "/?secret=abc", event: { eventType: "sk_live_0123456789" } }),
      undefined,
    );
    expect([masked[3], masked[EVENT]]).toEqual([`/?secret=${MASK}`, MASK]);
  });

  test("of bytes that were no HTTP says so", () => {
    expect(cells(sampleRequest({ method: "", target: "" }), undefined).slice(2, 4)).toEqual(["-", "(not HTTP)"]);
  });

  const refusal = { status: 413, code: "body-too-large", reason: "too large" };
  test.each([
    ["refused", sampleRequest({ refusal }), undefined, { text: "refused 413", style: "bad" }],
    ["stored only, with a reply", sampleRequest({ reply: { status: 202 } }), undefined, "replied 202"],
    ["stored only, without", sampleRequest(), undefined, "stored"],
    ["answered", sampleRequest(), ended(answered(500)), { text: "500", style: "bad" }],
    ["unanswered", sampleRequest(), ended(unanswered("timeout", "")), { text: "ERR timeout", style: "bad" }],
    ["interrupted", sampleRequest(), ended({ kind: "interrupted" }), { text: "interrupted", style: "bad" }],
    ["still running", sampleRequest(), ended(undefined), { text: "pending", style: "wait" }],
    ["not begun", sampleRequest(), sampleDelivery({ attempts: [] }), { text: "pending", style: "wait" }],
  ])("of a request that was %s shows it as its status", (_, request, delivery, status) => {
    expect(cells(request, delivery)[STATUS]).toEqual(status);
  });

  test("shows the newest attempt", () => {
    const attempts = [sampleAttempt({ outcome: answered(500), durationMs: 1 }), sampleAttempt({ durationMs: 2 })];
    const shown = cells(sampleRequest(), sampleDelivery({ attempts }));
    expect([shown[STATUS], shown[TOOK]]).toEqual([{ text: "200", style: "good" }, "2 ms"]);
  });
});

describe("a table", () => {
  test("has its columns under their headings, and nothing behind the last word", async () => {
    const printed = await table({}, [
      sampleRequest({ event: { ...paid, provider: "stripe", verdict: { kind: "verified" } } }),
      sampleRequest({ id: 1000, method: "DELETE", target: "/" }),
    ]);
    expect(printed).toEqual([
      "TIME      ID     METHOD  PATH    STATUS  TOOK   SIZE  SIG  PROVIDER  EVENT",
      `${TIME}  #42    POST    /hooks  200     23 ms  8 B   ok   stripe    invoice.paid`,
      `${TIME}  #1000  DELETE  /       200     23 ms  8 B`,
    ]);
  });

  const long = sampleRequest({ target: `/${"x".repeat(200)}`, event: { eventType: `order.${"y".repeat(50)}` } });

  test.each([
    [120, "TIME      ID   METHOD  PATH"],
    [80, "TIME      ID   METHOD  PATH"],
    [60, "TIME      ID   PATH"],
    [40, "ID   PATH"],
  ])("of %i columns is filled and never longer, and cuts path and event", async (columns, heading) => {
    const [head, line] = await table({ isOutTty: true, columns }, [long]);
    expect(head?.startsWith(heading)).toBe(true);
    const lastCell = head?.endsWith("STATUS") === true ? "STATUS".length - "200".length : 0;
    expect(line).toHaveLength(columns - lastCell);
    expect(line).toContain("x…  ");
  });

  test("cuts nothing in a pipe", async () => {
    const [, line] = await table({ columns: 40 }, [long]);
    expect(line).toContain(long.target);
    expect(line?.endsWith(long.event.eventType ?? "?")).toBe(true);
  });

  test("goes on below itself: later rows stand in the columns of the first ones, and may widen them", async () => {
    const recorded = await recordedSurroundings({ isOutTty: true, columns: 90, clock: stillClock });
    const printer = new RequestTable(recorded.at);
    printer.print([]);
    printer.print([listed(sampleRequest())]);
    printer.print([listed(sampleRequest({ id: 1, target: "/a/longer/path", event: paid })), listed(sampleRequest())]);
    expect((await recorded.out()).trimEnd().split("\n")).toEqual([
      "TIME      ID   METHOD  PATH    STATUS  TOOK   SIZE  SIG  PROVIDER  EVENT",
      `${TIME}  #42  POST    /hooks  200     23 ms  8 B`,
      `${TIME}  #1   POST    /a/longer/path  200     23 ms  8 B                  invoice.paid`,
      `${TIME}  #42  POST    /hooks          200     23 ms  8 B`,
    ]);
  });

  test("keeps each request on its own line, whatever the sender put into it", async () => {
    const requests = fc
      .sample(latin1Text, 200)
      .map((text) => sampleRequest({ target: `/${text}客户`, method: "A\nB", event: { eventType: text } }));
    const lines = await table({ isOutTty: true, columns: 90 }, requests);
    expect(lines).toHaveLength(requests.length + 1);
    expect(lines.filter((line) => DANGEROUS.test(line) || textWidth(line) > 90)).toEqual([]);
  });
});

function cells(request: StoredRequest, delivery: Delivery | undefined) {
  return requestCells({ request, bodySizeBytes: 8, delivery }, SAMPLE_TIME_MS);
}

function ended(outcome: Delivery["attempts"][number]["outcome"]): Delivery {
  return sampleDelivery({ attempts: [sampleAttempt({ outcome })] });
}

function listed(request: StoredRequest): ListedDelivery {
  return { request, bodySizeBytes: 8, delivery: sampleDelivery() };
}

/** The printed lines. */
async function table(wanted: SurroundingsWanted, requests: readonly StoredRequest[]): Promise<readonly string[]> {
  const recorded = await recordedSurroundings({ clock: stillClock, ...wanted });
  new RequestTable(recorded.at).print(requests.map(listed));
  return (await recorded.out()).trimEnd().split("\n");
}
