import { expect, test } from "vitest";
import { jsonLinesOf } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";

test("hookcli faults lists what can go wrong on purpose, in both directions", async () => {
  const { code, out, err } = await runHere(["faults"]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(
    /^What a sender can meet[^]*\ntimeout\[:duration\]\n {2}does {4}Takes the request[^]*\n {2}example timeout {3}timeout:20s\n/,
  );
  expect(out).toMatch(/\nWhat a handler can meet[^]*\n {2}example hookcli send order\.completed --tamper\n/);
});

test("hookcli faults --json prints one object for each of them", async () => {
  const { code, out } = await runHere(["faults", "--json"]);
  const lines = jsonLinesOf(out);
  expect(code).toBe(0);
  expect(lines.filter(({ direction }) => direction === "in").map(({ name }) => name)).toContain("reset");
  expect(lines.filter(({ direction }) => direction === "out").map(({ name }) => name)).toContain("stale");
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(["fault"]));
});

test("hookcli faults with something behind it is a mistake", async () => {
  const { code, err } = await runHere(["faults", "500"]);
  expect(code).toBe(2);
  expect(err).toContain("hookcli faults --help");
});
