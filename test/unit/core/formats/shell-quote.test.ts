import fc from "fast-check";
import { expect, test } from "vitest";
import { shellQuote } from "../../../../src/core/formats/shell-quote.ts";
import { inShell } from "../../../helpers/exported.ts";
import { hostileText, nastyStrings } from "../../../helpers/hostile-text.ts";

test.each([
  ["POST", "POST"],
  ["http://localhost:8000/hooks", "http://localhost:8000/hooks"],
  ["", "''"],
  ["a b", "'a b'"],
  ["it's", String.raw`'it'\''s'`],
  ["~", "'~'"],
  ["a=b", "'a=b'"],
  ["$(id)", "'$(id)'"],
])("%j is quoted as %s", (text, quoted) => {
  expect(shellQuote(text)).toBe(quoted);
});

test("a shell gets back exactly the text that was quoted", async () => {
  const text = hostileText.map((any) => any.replaceAll("\0", "").toWellFormed());
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 50, maxLength: 100 }), async (texts) => {
      const script = texts.map((each) => `printf '%s\\0' ${shellQuote(each)}\n`).join("");
      expect((await inShell(script)).toString()).toBe(texts.map((each) => `${each}\0`).join(""));
    }),
    { numRuns: 10, examples: [[nastyStrings.map((each) => each.replaceAll("\0", "").toWellFormed())]] },
  );
});
