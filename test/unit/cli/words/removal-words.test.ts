import { expect, test } from "vitest";
import {
  leftText,
  removalText,
  removalToJson,
  sizesText,
  sizesToJson,
} from "../../../../src/cli/words/removal-words.ts";

const removal = { requests: 1200, deliveries: 1, attempts: 2, bodyBytes: 25_000, busy: [3, 4] };
const sizes = { databaseBytes: 1_200_000, logBytes: 310_000, bodyBytes: 12_000_000 };

test("a removal is told with what went along", () => {
  expect(removalText(removal, false)).toBe("removed 1,200 requests with 1 delivery and 25 kB of bodies");
  expect(removalText({ ...removal, requests: 1, deliveries: 2, bodyBytes: 0 }, true)).toBe(
    "would remove 1 request with 2 deliveries",
  );
  const nothing = { requests: 0, deliveries: 0, attempts: 0, bodyBytes: 0, busy: [] };
  expect(removalText(nothing, false)).toBe("removed no request");
});

test("what was left is named, up to ten of them", () => {
  expect(leftText([7])).toBe("left #7: a delivery of it is running");
  expect(leftText([7, 9])).toBe("left #7, #9: deliveries of them are running");
  const many = Array.from({ length: 1011 }, (_, at) => at + 1);
  expect(leftText(many)).toMatch(/^left #1, .*#10 and 1,001 more: /);
});

test("sizes are told part by part, and summed for programs", () => {
  expect(sizesText(sizes)).toBe("database 1.2 MB, log 310 kB, bodies 12 MB");
  expect(sizesToJson(sizes)).toEqual({ total: 13_510_000, database: 1_200_000, log: 310_000, bodies: 12_000_000 });
  const { busy, ...counts } = removal;
  expect(removalToJson(removal, true)).toEqual({ dryRun: true, ...counts, left: busy });
});
