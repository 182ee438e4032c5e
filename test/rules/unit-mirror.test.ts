import { expect, test } from "vitest";
import { exportsRuntimeValue, filesBelow, textOf } from "../helpers/sources.ts";

const rooms = ["src/core", "src/io", "src/app", "src/cli/output"];

test("each unit test stands where its source file stands", () => {
  const sources = new Set(filesBelow("src"));
  const strays = filesBelow("test/unit", /\.test\.ts$/).filter((file) => !sources.has(sourceOf(file)));
  expect(strays).toEqual([]);
});

test("each source file that exports something to run has its unit test", () => {
  const tested = new Set(filesBelow("test/unit", /\.test\.ts$/).map(sourceOf));
  const untested = rooms
    .flatMap((room) => filesBelow(room))
    .filter((file) => !tested.has(file) && exportsRuntimeValue(file, textOf(file)));
  expect(untested).toEqual([]);
});

test("types and re-exports alone need no unit test", () => {
  const text = `export type { A } from "./a.ts"; export { b } from "./b.ts"; export interface C {}; export type D = 1;`;
  expect(exportsRuntimeValue("x.ts", text)).toBe(false);
  expect(exportsRuntimeValue("x.ts", `${text} export const e = 1;`)).toBe(true);
});

function sourceOf(unitTest: string): string {
  return unitTest.replace(/^test\/unit\//, "src/").replace(/\.test\.ts$/, ".ts");
}
