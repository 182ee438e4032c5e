import { expect, test } from "vitest";
import { ansiC } from "../../../../src/core/formats/ansi-c.ts";
import { inShell } from "../../../helpers/exported.ts";
import { testWithTool } from "../../../helpers/tools.ts";

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
