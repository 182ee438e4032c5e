import { expect, test } from "vitest";
import { feedingCommand } from "../../../../src/core/formats/feeding-command.ts";
import { inShell } from "../../../helpers/exported.ts";

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
