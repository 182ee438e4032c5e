import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import { printFilter } from "../../../../src/core/filter/print-filter.ts";
import { anyFilter } from "../../../helpers/filters.ts";

test.each([
  ["", ""],
  ["status:5xx -status:404 status:none", "status:500..599 -status:404 status:none"],
  ["Is:OK METHOD:POST", "is:ok method:post"],
  ['path:"/a" path:"/a b"', 'path:/a path:"/a b"'],
  ["id:#42 id:40..50", "id:42 id:40..50"],
  ["since:1s since:2026-03-04T05:06Z", "since:1000ms since:2026-03-04T05:06:00.000Z"],
  ["attempts:2 ms:>5", "attempts:=2 ms:>5"],
  ["header:X-A header:x-a=b", "header:x-a header:x-a=b"],
  ['word "two words" "is:ok" "-x" http://x', 'word "two words" "is:ok" "-x" "http://x"'],
])("%s is printed %s", (text, printed) => {
  expect(printFilter(parseFilter(text))).toBe(printed);
});

test("whatever is asked can be written", () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      const asked = filter.map(({ isNegated, condition }) => ({ isNegated, condition }));
      expect(parseFilter(printFilter(filter))).toMatchObject(asked);
    }),
    { numRuns: 1000 },
  );
});
