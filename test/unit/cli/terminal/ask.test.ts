import { describe, expect, test } from "vitest";
import { ask, askHidden, canAsk } from "../../../../src/cli/terminal/ask.ts";
import { recordedSurroundings } from "../../../helpers/surroundings.ts";

test.each([
  [true, true, true],
  [true, false, false],
  [false, true, false],
])(
  "somebody can be asked where the question is seen (%j) and the answer typed (%j): %j",
  async (isErrTty, isInTty, can) => {
    expect(canAsk((await recordedSurroundings({ isErrTty, isInTty })).at)).toBe(can);
  },
);

describe("a question", () => {
  test.each([
    ["y", false, true],
    [" YES ", false, true],
    ["n", true, false],
    ["of course", true, false],
    ["", true, true],
    ["", false, false],
  ])("that is answered with %j, where Enter means %j, is answered: %j", async (input, byDefault, answer) => {
    const { at, err } = await recordedSurroundings({ input });
    expect(await ask(at, "Send 40 requests?", byDefault)).toBe(answer);
    expect(await err()).toBe(`Send 40 requests? ${byDefault ? "[Y/n]" : "[y/N]"}\n`);
  });

  test("that nobody answers is answered no", async () => {
    const { at } = await recordedSurroundings();
    await at.input.readLine();
    expect(await ask(at, "Send?", true)).toBe(false);
  });
});

test("what must not be seen is asked for with a word about that", async () => {
  const { at, err } = await recordedSurroundings({ input: "whsec_canary" });
  expect(await askHidden(at, "Secret for stripe?")).toBe("whsec_canary");
  expect(await err()).toBe("Secret for stripe? (what you type is not shown)\n");
});
