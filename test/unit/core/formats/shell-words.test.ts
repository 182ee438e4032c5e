import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shellQuote } from "../../../../src/core/formats/shell-text.ts";
import { ansiC, printfOutput, shellCommands } from "../../../../src/core/formats/shell-words.ts";
import { inShell } from "../../../helpers/exported.ts";
import { testWithTool } from "../../../helpers/tools.ts";

const wordsOf = (script: string): readonly (readonly string[])[] => shellCommands(script).map(({ words }) => words);

describe("words are read as a shell reads them:", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["a  b\tc", ["a", "b", "c"]],
    [String.raw`a\ b \'c\" \\`, ["a b", "'c\"", "\\"]],
    [`'a "b" $c \\' "d 'e' \\" \\$ \\\\ \\n"`, ['a "b" $c \\', `d 'e' " $ \\ \\n`]],
    [String.raw`'it'\''s'`, ["it's"]],
    ["a'b'\"c\"d", ["abcd"]],
    ["a \\\n  b\\\nc", ["a", "bc"]],
    ['"a\\\nb"', ["ab"]],
    ["'a\nb'", ["a\nb"]],
    ["a # comment 'x", ["a"]],
    ["a#b '#c'", ["a#b", "#c"]],
    ["'' \"\"", ["", ""]],
    ['a$ $ "$" "a$"', ["a$", "$", "$", "a$"]],
    ["x\"$(printf '\\303\\251')\"y", ["x\u00c3\u00a9y"]],
    ["{a} ~ [b]* a=b %", ["{a}", "~", "[b]*", "a=b", "%"]],
  ];

  test.each(cases)("%j", (script, words) => {
    expect(wordsOf(script)).toEqual([words]);
  });

  test("and quotes of bash, too", () => {
    expect(wordsOf(String.raw`$'it\'s\n\x41' $"a b"`)).toEqual([["it's\nA", "a b"]]);
  });

  test("whatever was quoted is read again", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (texts) => {
        expect(wordsOf(texts.map((each) => shellQuote(each)).join(" "))).toEqual([texts]);
      }),
    );
  });

  testWithTool("bash", "anything that is read at all is read as bash reads it", async () => {
    const piece = fc.constantFrom("a", " ", "'", '"', "\\", "\n", "#", "$", "`", "\\\n", "-", "=", "\\'", "'x'", '"y"');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(piece, { maxLength: 12 }), { minLength: 40, maxLength: 40 }),
        async (scripts) => {
          const readable = scripts
            .map((parts) => `x ${parts.join("")} z`)
            .flatMap((script) => {
              try {
                const [first, ...more] = wordsOf(script);
                return first && more.length === 0 ? [{ script, words: first }] : [];
              } catch {
                return [];
              }
            });
          const printed = await inShell(
            `x() { for w in x "$@"; do printf '%s\\0' "$w"; done; printf '<end>'; }\n${readable.map(({ script }) => `${script}\n`).join("")}`,
            {},
            "bash",
          );
          expect(printed.toString()).toBe(
            readable.map(({ words }) => `${words.map((word) => `${word}\0`).join("")}<end>`).join(""),
          );
        },
      ),
      { numRuns: 10 },
    );
  });
});

test("commands are told apart, with the line on which each begins", () => {
  const script = "a b\n\n# nothing\nc \\\n d; e && f\n";
  expect(shellCommands(script)).toEqual([
    { words: ["a", "b"], line: 1 },
    { words: ["c", "d"], line: 4 },
    { words: ["e"], line: 5 },
    { words: ["f"], line: 5 },
  ]);
});

test("a pipe tells what a command is fed", () => {
  expect(shellCommands("a | b | c")).toEqual([
    { words: ["c"], line: 1, fedBy: { words: ["b"], line: 1, fedBy: { words: ["a"], line: 1 } } },
  ]);
});

describe("what cannot be told without a shell is refused:", () => {
  test.each([
    ["a $HOME", "only a shell knows what $HOME stands for"],
    ['a "${X}"', "only a shell knows what ${X}"],
    ["a `id`", "only a shell knows what ` stands for"],
    ['a "`id`"', "only a shell knows what ` stands for"],
    ['a "$(id)"', "only a shell can do what $(…) asks for"],
    ["a $(printf x)", "only a shell knows what $(printf"],
    ["a > b", "only a shell can do what > asks for"],
    ["a <<END", "only a shell can do what < asks for"],
    ["(a)", "only a shell can do what ( asks for"],
    ["a )", "a ) is too many"],
    ["a 'b", "the quote ' is never closed"],
    ["a $'b\\'", "the quote $' is never closed"],
    ['a "b', 'the quote " is never closed'],
    ["a |", "a command is missing beside |"],
    ["| a", "a command is missing beside |"],
    ['a "$(printf x', "its ) is missing"],
    ['curl ^"http://a^"', "it is written for the Windows prompt"],
  ])("%s", (script, problem) => {
    expect(() => shellCommands(`ok\n${script}`)).toThrow(`cannot import line 2: ${problem}`);
  });
});

test.each([
  [["printf", "a\\n"], "a\n"],
  [["printf", "--", "a"], "a"],
  [["printf", "%s", "a\\n"], "a\\n"],
  [["printf", "%s%s", "a", "b"], undefined],
  [["echo", "a"], undefined],
])("%j prints %j", (words, output) => {
  expect(printfOutput({ words, line: 1 })).toBe(output);
});

describe("within $'…'", () => {
  const cases = [
    String.raw`a\n\t\r\\\'\"\?`,
    String.raw`\a\b\e\E\f\v`,
    String.raw`\1\12\101\1011`,
    String.raw`\x41\xff\x9z`,
    String.raw`\u0041\u00e9\u20ac!`,
    String.raw`\U0001f600`,
    String.raw`\cA\q\z`,
  ];

  test.each([
    [cases[0], "a\n\t\r\\'\"?"],
    [cases[2], "\u0001\nAA1"],
    [cases[4], "A\u00c3\u00a9\u00e2\u0082\u00ac!"],
    [cases[6], "\u0001\\q\\z"],
  ])("%s", (inside, text) => {
    expect(ansiC(inside ?? "")).toBe(text);
  });

  testWithTool("bash", "bash reads the same", async () => {
    for (const inside of cases) {
      const printed = await inShell(`printf %s $'${inside}'`, { LC_ALL: "C.UTF-8" }, "bash");
      expect(printed.toString("latin1")).toBe(ansiC(inside));
    }
  });
});
