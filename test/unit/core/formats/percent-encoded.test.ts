import { expect, test } from "vitest";
import { percentEncoded } from "../../../../src/core/formats/percent-encoded.ts";

test("bytes beyond printable ASCII are escaped, and what is escaped stays", () => {
  expect(percentEncoded("/a%20b?\u00ff \u007f'\u00e9")).toBe("/a%20b?%ff%20%7f'%e9");
});
