import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderTable, requestRow } from "../../../../src/cli/output/request-table.ts";
import { dateTimeText } from "../../../../src/cli/output/words.ts";
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
  unanswered,
} from "../../../helpers/samples.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../helpers/surroundings.ts";

const RESULT = 5;
const TOOK = 6;
const TIME = dateTimeText(SAMPLE_TIME_MS).slice(5, 19);

describe("a row", () => {
  test("holds time, id, method, path, size, result and duration", () => {
    const texts = row(sampleRequest(), sampleDelivery()).map((cell) => (typeof cell === "string" ? cell : cell.text));
    expect(texts).toEqual([TIME, "#42", "POST", "/hooks", "8 B", "200", "23 ms"]);
  });

  test("masks credentials in the path", () => {
    expect(row(sampleRequest({ target: "/?secret=abc" }), undefined)[3]).toBe(`/?secret=${MASK}`);
  });

  test("of bytes that were no HTTP says so", () => {
    expect(row(sampleRequest({ method: "", target: "" }), undefined).slice(2, 4)).toEqual(["-", "(not HTTP)"]);
  });

  const refusal = { status: 413, code: "body-too-large", reason: "too large" };
  test.each([
    ["refused", sampleRequest({ refusal }), undefined, { text: "refused 413", style: "bad" }],
    ["stored only, with a reply", sampleRequest({ reply: { status: 202 } }), undefined, "replied 202"],
    ["stored only, without", sampleRequest(), undefined, "stored"],
    ["answered", sampleRequest(), ended(answered(500)), { text: "500", style: "bad" }],
    ["unanswered", sampleRequest(), ended(unanswered("timeout", "")), { text: "no answer: timeout", style: "bad" }],
    ["interrupted", sampleRequest(), ended({ kind: "interrupted" }), { text: "interrupted", style: "bad" }],
    ["still running", sampleRequest(), ended(undefined), { text: "pending", style: "wait" }],
    ["not begun", sampleRequest(), sampleDelivery({ attempts: [] }), { text: "pending", style: "wait" }],
  ])("of a request that was %s shows it as its result", (_, request, delivery, result) => {
    expect(row(request, delivery)[RESULT]).toEqual(result);
  });

  test("shows the newest attempt", () => {
    const attempts = [sampleAttempt({ outcome: answered(500), durationMs: 1 }), sampleAttempt({ durationMs: 2 })];
    const cells = row(sampleRequest(), sampleDelivery({ attempts }));
    expect([cells[RESULT], cells[TOOK]]).toEqual([{ text: "200", style: "good" }, "2 ms"]);
  });
});

describe("a table", () => {
  test("has its columns under their headings", async () => {
    const printed = await table({}, [sampleRequest(), sampleRequest({ id: 1000, method: "DELETE", target: "/" })]);
    expect(printed).toEqual([
      "TIME            ID     METHOD  PATH    SIZE  RESULT  TOOK",
      `${TIME}  #42    POST    /hooks  8 B   200     23 ms`,
      `${TIME}  #1000  DELETE  /       8 B   200     23 ms`,
    ]);
  });

  test("shortens the path to the terminal's width, and only there", async () => {
    const request = sampleRequest({ target: `/${"x".repeat(200)}` });
    const narrow = await table({ isOutTty: true, columns: 80 }, [request]);
    expect(narrow.map((line) => line.length)).toEqual([expect.any(Number), 80]);
    expect(narrow[1]).toContain("x…  ");
    expect((await table({ columns: 80 }, [request]))[1]).toContain(request.target);
  });

  test("keeps room for some of the path in the narrowest terminal", async () => {
    const [, line] = await table({ isOutTty: true, columns: 10 }, [sampleRequest({ target: `/${"x".repeat(50)}` })]);
    expect(line).toContain(`/${"x".repeat(10)}…`);
  });

  test("keeps each request on its own line, whatever the sender put into it", async () => {
    const requests = fc
      .sample(latin1Text, 200)
      .map((target) => sampleRequest({ target: `/${target}`, method: "A\nB" }));
    const lines = await table({ isOutTty: true, columns: 90 }, requests);
    expect(lines).toHaveLength(requests.length + 1);
    expect(lines.filter((line) => DANGEROUS.test(line))).toEqual([]);
  });
});

function row(request: StoredRequest, delivery: Delivery | undefined) {
  return requestRow({ request, bodySizeBytes: 8, delivery });
}

function ended(outcome: Delivery["attempts"][number]["outcome"]): Delivery {
  return sampleDelivery({ attempts: [sampleAttempt({ outcome })] });
}

/** The printed lines. */
async function table(wanted: SurroundingsWanted, requests: readonly StoredRequest[]): Promise<readonly string[]> {
  const recorded = await recordedSurroundings(wanted);
  const rows = requests.map((request) => row(request, sampleDelivery()));
  renderTable(recorded.at, rows, true);
  return (await recorded.out()).trimEnd().split("\n");
}
