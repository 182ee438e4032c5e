import { expect, test } from "vitest";
import { filesBelow, textOf } from "../helpers/sources.ts";

const MAX_LINES = 300;

test("no source file is longer than 300 lines", () => {
  const tooLong = filesBelow("src")
    .map((file) => ({ file, lines: textOf(file).trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > MAX_LINES);
  expect(tooLong).toEqual([]);
});
