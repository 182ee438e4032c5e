import { parseSync, Visitor } from "rolldown/utils";
import { expect, test } from "vitest";
import { filesBelow, textOf } from "../helpers/sources.ts";

/**
 * Where a test may ask a real clock or wait on it, and why. Whoever wants to be here has tried a `SteppedClock`, an event
 * (`expect.poll`, a gate), a count, and `turns`.
 */
const ALLOWED: Readonly<Record<string, string>> = {
  "test/helpers/within.ts": "bounds what hangs",
  "test/helpers/not-before.ts": "a least time, which a busy machine only makes longer",
  "test/helpers/held-up.ts": "a thread that is busy is what is played, and a busy machine only makes it longer",
  "test/helpers/held-up-program.ts": "an event loop that stands still now and then is what is played",
  "test/helpers/asleep-watch.ts": "tells apart a process that waits from a machine that is busy",
  "test/helpers/memory-attacks.ts": "an attack of so long is what is played",
  "test/helpers/memory-in-flight.ts": "looks at another process's memory while an attack is played",
  "test/helpers/taken-away.ts":
    "what it holds to its word is a promise in seconds, counted from an event in another process",
  "test/helpers/kill-nine.ts": "tells a person how long starts took; nothing is held against it",
  "test/helpers/faulty.ts": "a sender that gives up after a while is what is played",
  "test/unit/core/model/clock.test.ts": "the real clock is what is tested",
  "test/unit/io/delivery/target-client.test.ts": "a target that drips for ever is what is played",
  "test/journeys/send-wrong.test.ts": "a least time, which a busy machine only makes longer",
};

const ASKS =
  /^(?:performance\.now|performance\.timeOrigin|process\.hrtime(?:\.bigint)?|Atomics\.wait|AbortSignal\.timeout)$/;
const WAITS = /^(?:globalThis\.)?(?:setTimeout|setInterval)$|^systemClock\.wait$/;
const TIMER_MODULES = /^(?:node:)?timers(?:\/promises)?$/;
const COMPARES = /\.(?:toBeLessThan|toBeGreaterThan|toBeCloseTo)\w*$/;

test("no test sleeps, and none holds a real clock against a limit", () => {
  const tests = filesBelow("test").filter((path) => !/^test\/(?:sdk|fixtures)\//.test(path));
  const found = tests.flatMap((path) => clockUses(path, textOf(path)).map((use) => `${path}: ${use}`));
  const strangers = found.filter((use) => ALLOWED[use.slice(0, use.indexOf(":"))] === undefined);
  expect(strangers).toEqual([]);
  // Nobody is excused who needs no excuse.
  expect(Object.keys(ALLOWED).filter((path) => !found.some((use) => use.startsWith(`${path}:`)))).toEqual([]);
});

test.each([
  ['import { setTimeout as wait } from "node:timers/promises";', ["node:timers/promises"]],
  ['const { setTimeout: later } = await import("timers");', ["timers"]],
  ["await new Promise((resolve) => setTimeout(resolve, 5));", ["setTimeout"]],
  ["await new Promise((resolve) => globalThis.setTimeout(resolve, 5));", ["globalThis.setTimeout"]],
  ["const before = performance.now();", ["performance.now"]],
  ["const before = process.hrtime.bigint();", ["process.hrtime.bigint"]],
  ["await systemClock.wait(20);", ["systemClock.wait"]],
  ["const signal = AbortSignal.timeout(5);", ["AbortSignal.timeout"]],
  ["expect(Date.now() - before).toBeLessThan(100);", ["Date.now"]],
  ["expect(Math.abs(Date.now() / 1000 - at)).toBeLessThan(5);", ["Date.now"]],
  ["await expect.poll(() => count, { timeout: 1000 }).toBe(1);", ["expect.poll with a limit of its own"]],
  ['test("a", { timeout: 5000 }, () => undefined);', ["a limit under two minutes"]],
  ['test("a", () => undefined, 30_000);', ["a limit under two minutes"]],
  // These are no comparison with a limit.
  ["expect(at).toBeLessThanOrEqual(Date.now());", []],
  ["const seconds = Math.floor(Date.now() / 1000) - age;", []],
  ['const waited = "performance.now() and setTimeout(1)";', []],
  ['test("a", { timeout: 120_000 + ROUNDS * 5 }, () => undefined);', []],
])("%s is seen for what it is", (text, uses) => {
  expect(clockUses("example.ts", text)).toEqual(uses);
});

/** Each use of a real clock in a source text, by what is used. */
function clockUses(path: string, text: string): readonly string[] {
  const uses: string[] = [];
  const textAt = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);
  const importsFrom = (source: { readonly type: string; readonly value?: unknown }): void => {
    if (typeof source.value === "string" && TIMER_MODULES.test(source.value)) uses.push(source.value);
  };
  new Visitor({
    ImportDeclaration: ({ source }) => importsFrom(source),
    ImportExpression: ({ source }) => importsFrom(source),
    CallExpression: ({ callee, arguments: given }) => {
      const name = textAt(callee);
      if (ASKS.test(name) || WAITS.test(name)) uses.push(name);
      if (COMPARES.test(name) && /^expect\([^]*\bDate\.now\(\)[^]*[-+]|^expect\([^]*[-+][^]*\bDate\.now\(\)/.test(name))
        uses.push("Date.now");
      if (name === "expect.poll" && given.some((argument) => /\btimeout:/.test(textAt(argument))))
        uses.push("expect.poll with a limit of its own");
      if (/^(?:test|it|testWithTool|describe)\b/.test(name) && given.some((argument) => isShortLimit(textAt(argument))))
        uses.push("a limit under two minutes");
    },
  }).visit(parseSync(path, text).program);
  return uses;
}

function isShortLimit(argument: string): boolean {
  const limit = /^(?:\{\s*timeout:\s*)?([\d_]+)\b(?!.*=>)/.exec(argument)?.[1];
  return limit !== undefined && Number(limit.replaceAll("_", "")) < 120_000;
}
