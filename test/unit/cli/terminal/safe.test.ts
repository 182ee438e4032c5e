import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromWire, isSafeText, safeJson, safeLine, safeText } from "../../../../src/cli/terminal/safe.ts";
import { DANGEROUS, hostileText, nastyStrings } from "../../../helpers/hostile-text.ts";

const examples = nastyStrings.map((text): [string] => [text]);

describe("one line", () => {
  test.each([
    ["\u001b[31m", "\\x1b[31m"],
    ["a\r\nb\tc", "a\\x0d\\x0ab\\x09c"],
    ["\u009b", "\\x9b"],
    ["\u202egpj.exe", "\\u202egpj.exe"],
    ["\u{e0041}", "\\u{e0041}"],
    ["\ud800x", "\\ud800x"],
    ["\u200b\ufeff", "\\u200b\\ufeff"],
  ])("%j becomes %s", (text, safe) => {
    expect(safeLine(text)).toBe(safe);
  });

  test("holds no dangerous character, whatever comes in", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(safeLine(text)).not.toMatch(DANGEROUS);
      }),
      { examples },
    );
  });

  test("holds none for any single code point of Unicode either", () => {
    const raw: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (DANGEROUS.test(safeLine(String.fromCodePoint(code)))) raw.push(code.toString(16));
    }
    expect(raw).toEqual([]);
  });

  test("leaves everyday text in any script as it is", () => {
    const text = "POST /hooks 200 → ü 日本語 العربية עברית हिन्दी 🎉 é́ ½ \\x1b";
    expect(safeLine(text)).toBe(text);
  });

  test("made safe once is safe", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(safeLine(safeLine(text))).toBe(safeLine(text));
      }),
    );
  });
});

describe("text of several lines", () => {
  test("keeps line feeds and tabs, and drops the carriage return before a line feed only", () => {
    expect(safeText("a\tb\r\nc\rd\n")).toBe("a\tb\nc\\x0dd\n");
  });

  test("holds no dangerous character but these, whatever comes in", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(safeText(text).replaceAll(/[\n\t]/g, "")).not.toMatch(DANGEROUS);
      }),
      { examples },
    );
  });

  test("is safe exactly where nothing has to be escaped", () => {
    expect(isSafeText('{"a":\t1}\n')).toBe(true);
    expect(["\u001b", "\r", "\u202e", "\0"].filter(isSafeText)).toEqual([]);
  });
});

describe("JSON", () => {
  test("means the same, and holds no dangerous character", () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, hostileText), hostileText, (fields, text) => {
        const json = JSON.stringify([fields, text]);
        expect(safeJson(json)).not.toMatch(DANGEROUS);
        expect(JSON.parse(safeJson(json))).toEqual(JSON.parse(json));
      }),
    );
  });

  test("writes a character outside the basic plane as its two halves", () => {
    expect(safeJson(JSON.stringify("\u{e0041}"))).toBe('"\\udb40\\udc41"');
  });
});

test("marks that stack on one character are shown as far as a script stacks them, and escaped beyond", () => {
  expect(safeLine("Ṱ̺̺̕ไม่ किं")).toBe("Ṱ̺̺̕ไม่ किं");
  for (const safe of [safeLine, safeText]) {
    const shown = safe(`a${"\u0301".repeat(1000)}b`);
    expect(shown).not.toMatch(/\p{M}{7}/u);
    expect(shown).toContain(String.raw`\u0301b`);
  }
});

describe("text off the wire", () => {
  test("is read as UTF-8 where its bytes are UTF-8", () => {
    const text = fc.string({ unit: "grapheme" }).filter((written) => !written.includes("\ufffd"));
    fc.assert(
      fc.property(text, (written) => {
        expect(fromWire(Buffer.from(written, "utf8").toString("latin1"))).toBe(written);
      }),
    );
  });

  test("that was decoded or masked already stays as it is", () => {
    expect(["••••", "/é?token=••••", "日本"].map(fromWire)).toEqual(["••••", "/é?token=••••", "日本"]);
  });

  test("stays latin-1 where they are not", () => {
    expect(fromWire("caf\u00e9")).toBe("café");
  });
});
