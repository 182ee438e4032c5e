import { expect, test } from "vitest";
import type { ListenRenderer, SummaryFacts } from "../../../../../src/cli/commands/listen/listen-renderer.ts";
import { SteadyRenderer } from "../../../../../src/cli/commands/listen/steady-renderer.ts";
import type { FeedEntry } from "../../../../../src/core/model/feed.ts";
import { sampleRequest } from "../../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

const request = (id: number): FeedEntry => ({ kind: "request", seq: 1, request: sampleRequest({ id }) });
const facts = { received: 4 } as SummaryFacts;

/** Shows ids, and breaks at those that are multiples of three, with an error of its own kind at nine. */
class Breaking implements ListenRenderer {
  readonly shown: number[] = [];
  isSummed = false;

  ready(): void {
    throw new Error("at the start");
  }

  entry(entry: FeedEntry): void {
    const id = entry.kind === "request" ? entry.request.id : 0;
    if (id % 9 === 0) throw new TypeError(`another ${entry.kind}`);
    if (id % 3 === 0) throw broken;
    this.shown.push(id);
  }

  summary(): void {
    if (!this.isSummed) throw new Error("at the end");
  }
}

const broken = new RangeError("a broken \u001b[2J screen");

test("what cannot be shown is told of once for each kind, with how to report it, and the rest is shown", async () => {
  const { at, err } = await recordedSurroundings();
  const inner = new Breaking();
  const renderer = new SteadyRenderer(inner, at);
  for (let id = 1; id <= 18; id += 1) renderer.entry(request(id));
  renderer.entry({ kind: "notice", level: "note", code: "HANDSHAKE", text: "x" });
  expect(inner.shown).toEqual([1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17]);
  const said = await err();
  expect(said.match(/cannot be shown/g)).toHaveLength(3);
  expect(said).toContain(
    "error: request #3 cannot be shown. This is a bug in hookcli, not your mistake; capture goes on.",
  );
  expect(said).toContain("RangeError: a broken \\x1b[2J screen");
  expect(said).toContain("a notice (HANDSHAKE) cannot be shown");
  expect(said).toContain("Please report it");
});

test("the last words tell how many lines are missing, also where they break themselves", async () => {
  for (const isSummed of [true, false]) {
    const { at, err } = await recordedSurroundings();
    const inner = new Breaking();
    inner.isSummed = isSummed;
    const renderer = new SteadyRenderer(inner, at);
    for (const id of [3, 6, 12]) renderer.entry(request(id));
    renderer.summary(facts);
    expect(await err()).toMatch(/warning: 3 lines were not shown, by a bug in hookcli; hookcli list shows all\n$/);
    expect((await err()).includes("the summary of 4 requests cannot be shown")).toBe(!isSummed);
  }
});

test("nothing is said where nothing broke, and a start that breaks is no start", async () => {
  const { at, err } = await recordedSurroundings();
  const inner = new Breaking();
  inner.isSummed = true;
  const renderer = new SteadyRenderer(inner, at);
  renderer.entry(request(1));
  renderer.summary(facts);
  expect(await err()).toBe("");
  expect(() => renderer.ready(undefined as never)).toThrow("at the start");
});

test("however many troubles there are, only the first few are told, and all are counted", async () => {
  const { at, err } = await recordedSurroundings();
  let count = 0;
  const inner: ListenRenderer = {
    ready: () => undefined,
    entry: () => {
      throw new Error(`trouble ${(count += 1)}`);
    },
    summary: () => undefined,
  };
  const renderer = new SteadyRenderer(inner, at);
  for (let id = 1; id <= 1000; id += 1) renderer.entry(request(id));
  renderer.summary(facts);
  expect((await err()).match(/cannot be shown/g)).toHaveLength(5);
  expect(await err()).toContain("1,000 lines were not shown");
});
