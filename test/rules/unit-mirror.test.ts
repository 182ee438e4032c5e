import { expect, test } from "vitest";
import { exportsRuntimeValue, filesBelow, textOf } from "../helpers/sources.ts";

const rooms = ["src/core", "src/io", "src/app", "src/cli"];

/** What is data, or puts together what has tests of its own; the contract of commands and the journeys hold it. */
const NOTHING_TO_TEST =
  /^src\/cli\/(?:commands\/(?:index|(?:[a-z-]+\/){1,2}(?:command|flags|action))|flag-groups\/[a-z-]+-flags)\.ts$/;

/** Folders of entries that are data: one suite runs over all of them. */
const registries: Readonly<Record<string, string>> = {
  "src/core/faults/entries/": "test/contracts/faults.test.ts",
  "src/core/faults/outgoing/entries/": "test/contracts/outgoing-faults.test.ts",
  "src/core/samples/entries/": "test/contracts/samples.test.ts",
  "src/core/schedules/entries/": "test/contracts/schedules.test.ts",
  "src/core/schemes/entries/": "test/contracts/schemes.test.ts",
  "src/core/schemes/explain/mutations/": "test/contracts/mutations.test.ts",
  "src/core/schemes/handshakes/entries/": "test/contracts/handshakes.test.ts",
};

test("each unit test stands where its source file stands", () => {
  const sources = new Set(filesBelow("src"));
  const strays = filesBelow("test/unit", /\.test\.ts$/).filter((file) => !sources.has(sourceOf(file)));
  expect(strays).toEqual([]);
});

test("each source file that exports something to run has its unit test", () => {
  const tested = new Set(filesBelow("test/unit", /\.test\.ts$/).map(sourceOf));
  const untested = rooms
    .flatMap((room) => filesBelow(room))
    .filter((file) => !Object.keys(registries).some((folder) => file.startsWith(folder)))
    .filter((file) => !NOTHING_TO_TEST.test(file))
    .filter((file) => !tested.has(file) && exportsRuntimeValue(file, textOf(file)));
  expect(untested).toEqual([]);
});

test("each folder of entries has a suite over all of them", () => {
  const suites = new Set(filesBelow("test/contracts", /\.test\.ts$/));
  expect(Object.entries(registries).filter(([folder]) => filesBelow(folder).length === 0)).toEqual([]);
  expect(Object.values(registries).filter((suite) => !suites.has(suite))).toEqual([]);
});

test("types and re-exports alone need no unit test", () => {
  const text = `export type { A } from "./a.ts"; export { b } from "./b.ts"; export interface C {}; export type D = 1;`;
  expect(exportsRuntimeValue("x.ts", text)).toBe(false);
  expect(exportsRuntimeValue("x.ts", `${text} export const e = 1;`)).toBe(true);
});

function sourceOf(unitTest: string): string {
  return unitTest.replace(/^test\/unit\//, "src/").replace(/\.test\.ts$/, ".ts");
}
