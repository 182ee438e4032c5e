import { expect, test } from "vitest";
import { readRetentionFlags } from "../../../../src/cli/flag-groups/read-retention.ts";
import type { RawFlags } from "../../../../src/cli/flags/flag.ts";
import { Flags } from "../../../../src/cli/settings/flags.ts";

const DAY_MS = 86_400_000;

const read = (raw: RawFlags, leastKept = 0) => readRetentionFlags(new Flags(raw, () => ({ kind: "flag" })), leastKept);

test("nothing is limited where nothing is asked", () => {
  expect(read({})).toEqual({ keep: undefined, olderThanMs: undefined, maxBytes: undefined });
});

test.each([
  [{ keep: "100" }, { keep: 100 }],
  [{ keep: "0" }, { keep: 0 }],
  [{ olderThan: "12h" }, { olderThanMs: DAY_MS / 2 }],
  // Longer than a timer can wait: nobody waits for it.
  [{ olderThan: "36500d" }, { olderThanMs: 36_500 * DAY_MS }],
  [{ maxSize: "500MB" }, { maxBytes: 500_000_000 }],
  [{ maxSize: "1MiB" }, { maxBytes: 1024 * 1024 }],
])("%j is the limit %j", (raw, limits) => {
  expect(read(raw)).toMatchObject(limits);
});

test.each<[RawFlags, number, string]>([
  [{ keep: "0" }, 1, '--keep cannot be "0": it must be a whole number from 1 to 1000000000'],
  [{ keep: "all" }, 0, '--keep cannot be "all": it must be a whole number from 0 to 1000000000'],
  [{ keep: "1000000001" }, 0, '--keep cannot be "1000000001": it must be a whole number'],
  [{ olderThan: "7" }, 0, '--older-than cannot be "7": it is not a duration'],
  [{ olderThan: "36501d" }, 0, '--older-than cannot be "36501d": it is longer than 36500 days'],
  [{ maxSize: "1048575" }, 0, '--max-size cannot be "1048575": an empty store takes nearly as much'],
  [{ maxSize: "much" }, 0, '--max-size cannot be "much": it is not a size'],
])("%j is no limit, where at least %i stay: %s", (raw, leastKept, told) => {
  expect(() => read(raw, leastKept)).toThrow(
    expect.objectContaining({
      code: "BAD_VALUE",
      message: expect.stringContaining(told) as unknown,
      hint: expect.stringMatching(/^Write it like this: /) as unknown,
    }) as Error,
  );
});
