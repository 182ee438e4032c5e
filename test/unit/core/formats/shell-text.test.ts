import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wireText } from "../../../../src/core/formats/encodings.ts";
import {
  feedingCommand,
  printedBy,
  printfFormat,
  shellQuote,
  shellSafeText,
  shellWord,
} from "../../../../src/core/formats/shell-text.ts";
import { anyBody, inShell } from "../../../helpers/exported.ts";
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

describe("a shell command holds as it is", () => {
  test.each(["", "{\n}", "é😀", "❤\ufe0f", "'"])("%j", (text) => {
    expect(shellSafeText(Buffer.from(text))).toBe(text);
  });

  test.each(["\0", "\t", "\r\n", "\u001b[2J", "\u009b", "\u2028", "\u202e"])("but not %j", (text) => {
    expect(shellSafeText(Buffer.from(text))).toBeUndefined();
  });
});

test.each([
  ["a\tb", String.raw`'a\tb'`],
  ["-a", String.raw`'\055a'`],
  ["a-b", "a-b"],
  ["100%\\", String.raw`'100%%\\'`],
  ["\u00001", String.raw`'\0001'`],
  ["\u202e", String.raw`'\342\200\256'`],
])("printf prints %j for %s", (text, format) => {
  expect(printfFormat(Buffer.from(text))).toBe(format);
});

test("bytes that are no UTF-8 are escaped one by one, and the text among them is not", () => {
  expect(printfFormat(Buffer.from("it's \u00ff", "latin1"))).toBe(String.raw`'it'\''s \377'`);
});

test("a shell prints exactly the bytes, and so does our own reading of the format", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyBody, { minLength: 50, maxLength: 100 }), async (bodies) => {
      const formats = bodies.map((bytes) => printfFormat(bytes));
      const printed = await inShell(formats.map((format) => `printf ${format}\nprintf '<end>'\n`).join(""));
      expect(printed.toString("hex")).toBe(
        Buffer.concat(bodies.flatMap((bytes) => [bytes, Buffer.from("<end>")])).toString("hex"),
      );
      for (const [at, format] of formats.entries()) {
        const unquoted = format.startsWith("'") ? format.slice(1, -1).replaceAll(String.raw`'\''`, "'") : format;
        expect(printedBy(Buffer.from(unquoted).toString("latin1"))).toBe(wireText(bodies[at] ?? new Uint8Array(0)));
      }
    }),
    { numRuns: 10 },
  );
});

test("a word of any bytes but NUL reaches a command as it is", async () => {
  const words = fc.array(
    anyBody.map((bytes) => bytes.filter((byte) => byte !== 0)),
    { minLength: 50, maxLength: 100 },
  );
  await fc.assert(
    fc.asyncProperty(words, async (given) => {
      const script = given.map((bytes) => `printf '%s\\0' ${shellWord(wireText(bytes))}\n`).join("");
      const printed = await inShell(script);
      expect(printed.toString("hex")).toBe(
        Buffer.concat(given.flatMap((bytes) => [bytes, Buffer.from([0])])).toString("hex"),
      );
    }),
    { numRuns: 10 },
  );
});

test.each([
  [String.raw`\a\b\f\n\r\t\v\\`, "\u0007\b\f\n\r\t\v\\"],
  [String.raw`\1\12\123\1234`, "\u0001\nSS4"],
  [String.raw`\q`, String.raw`\q`],
  ["%%", "%"],
  ["%s", undefined],
  ["%", undefined],
])("the format %j prints %j", (format, printed) => {
  expect(printedBy(format)).toBe(printed);
});

describe("the command that feeds a body", () => {
  test.each([
    ["short text", "it's", undefined],
    ["controls", "a\tb", String.raw`printf 'a\tb'`],
    ["long text", "a".repeat(100_001), `printf %s ${"a".repeat(100_001)}`],
  ])("%s", (_, body, command) => {
    expect(feedingCommand(Buffer.from(body))).toBe(command);
  });

  test("a body of megabytes is fed whole by a shell", async () => {
    for (const body of [Buffer.from("%s\\'é\n".repeat(400_000)), Buffer.alloc(1_000_000, 0xff)]) {
      expect((await inShell(`${feedingCommand(body) ?? ""}\n`)).equals(body)).toBe(true);
    }
  });
});
