import { describe, expect, test } from "vitest";
import { steady } from "../../scripts/docs/steady.ts";
import { textOf } from "../helpers/sources.ts";

const README = textOf("README.md");

/** What one run printed, and what another one may print in its place. */
const OTHER_RUNS = [
  ["14:11:20  #1  → 200 in 17 ms", "00:00:59  #1  → 200 in <1 ms"],
  ["14:11:20  #1  → 200 in 17 ms", "00:00:59  #1  → 200 in 2 min 5 s"],
  ["#2  POST /  2026-11-22 14:11:20.983", "#2  POST /  2038-02-01 02:03:04.000"],
  ["  Date: Sun, 22 Nov 2026 14:11:20 GMT", "  Date: Tue, 29 Feb 2028 00:00:00 GMT"],
  ["from      127.0.0.1:43872, received in <1 ms", "from      127.0.0.1:400, received in 1.2 s"],
  ["signed     ts     1795356682", "signed     ts     2148508800"],
  ["2026-11-22T14:11:22.000Z, 437 ms before it came;", "2027-03-01T00:00:00.000Z, 1.4 s before it came;"],
  ['"created_at":"2026-11-2…', '"created_at":"2038-01-0…'],
  ["fde9c29a… (64 characters)", "00000000… (64 characters)"],
  ["User-Agent: curl/7.88.1", "User-Agent: curl/8.17.0"],
  [
    "TIME      ID  TOOK   SIZE  EVENT\n14:11:20  #2  2 ms   49 B\n14:11:20  #1  17 ms  63 B  paid",
    "TIME         ID  TOOK     SIZE  EVENT\n11-30 23:59  #2  <1 ms    49 B\n00:00:00     #1  1234 ms  63 B  paid",
  ],
  ["  ●───●\n  ✗   ✓", "  ●──────●\n  ✗      ✓"],
] as const;

/** What another version printed, and nobody meant. */
const DRIFT = [
  ["14:11:20  #1  → 200 in 17 ms", "14:11:20  #1  → 200 in 17ms"],
  ["14:11:20  #1  → 200 in 17 ms", "14:11:20  #1  → 201 in 17 ms"],
  ["14:11:20  #1  → 200 in 17 ms", "14:11:20 #1  → 200 in 17 ms"],
  ["14:11:20  #1  → 200 in 17 ms", "14:11:20.118  #1  → 200 in 17 ms"],
  ["#2  POST /  2026-11-22 14:11:20.983", "#2  POST /  2026-11-22 14:11:20"],
  ["#2  POST /  2026-11-22 14:11:20.983", "#2  POST /  2026-11-22T14:11:20.983Z"],
  ["  Date: Sun, 22 Nov 2026 14:11:20 GMT", "  date: Sun, 22 Nov 2026 14:11:20 GMT"],
  ["  Date: Sun, 22 Nov 2026 14:11:20 GMT", "  Date: 2026-11-22 14:11"],
  ["437 ms before it came; 5 min are allowed", "437 ms before it came; 6 min are allowed"],
  ["437 ms before it came; 5 min are allowed", "437 ms after it came; 5 min are allowed"],
  ["fde9c29a… (64 characters)", "fde9c29a… (65 characters)"],
  ["User-Agent: curl/7.88.1", "User-Agent: hookcli/0.1.0"],
  [
    "TIME      ID  SIZE  SIG  EVENT\n14:11:20  #2  49 B       paid",
    "TIME      ID  SIZE  SIG  EVENT\n14:11:20  #2  49 B  paid",
  ],
  ["TIME      ID  SIZE  EVENT\n14:11:20  #2  49 B  paid", "TIME      ID  SIZE  EVENT\n14:11:20  #2   49 B  paid"],
  ["TIME      ID  SIZE  EVENT\n14:11:20  #2  49 B  paid", "TIME      ID  SIZE  EVENT\n14:11:20  #2  49 B   paid"],
  ["TIME      ID  SIZE  EVENT\n14:11:20  #2  49 B  paid", "TIME      ID  BYTES  EVENT\n14:11:20  #2  49 B   paid"],
  ["TIME      ID  SIZE  EVENT\n14:11:20  #2  49 B  paid", "TIME  ID  SIZE  EVENT\n14:11:20  #2  49 B  paid"],
  ["  ●───●\n  ✗   ✓", "  ●───●\n  ✗  ✓"],
  ["  ●───●\n  ✗   ✓", "  ●───●\n  ✓   ✓"],
  ["  ●───●\n  ✗   ✓", "  ●───●───●\n  ✗   ✓"],
] as const;

describe("what the README is compared by", () => {
  test.for(OTHER_RUNS)("is the same for another moment and another speed: %j", ([one, other]) => {
    expect(steady(other)).toBe(steady(one));
    expect(steady(one)).not.toBe(one);
  });

  test.for(DRIFT)("is not the same where more has changed: %j", ([told, played]) => {
    expect(steady(played)).not.toBe(steady(told));
  });

  test("keeps all but moments, durations and what follows from them: in the tour no other character may change", () => {
    const console = /^```console(?: \w+)?\n[^]*?^```$/gm;
    const before = steady(README);
    const swallowed: string[] = [];
    for (const { index, 0: block } of README.matchAll(console)) {
      for (let at = index; at < index + block.length; at += 1) {
        if (steady(`${README.slice(0, at)}§${README.slice(at + 1)}`) === before)
          swallowed.push(README.slice(at - 20, at + 20));
      }
    }
    expect(swallowed).toEqual([]);
  });
});
