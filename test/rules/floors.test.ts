import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { textOf } from "../helpers/sources.ts";
import floors from "./floors.json" with { type: "json" };

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const { dependencies } = manifestOf("package.json");

describe("no older version than the one that mended a known hole", () => {
  test.each(floors.packages.filter(({ name }) => name in dependencies))("$name >= $minimum", ({ name, minimum }) => {
    expect(manifestOf(`node_modules/${name}/package.json`).version).toSatisfy(atLeast(minimum));
    expect((dependencies[name] ?? "").replace("^", "")).toSatisfy(atLeast(minimum));
  });

  test("SQLite inside better-sqlite3", () => {
    const database = new Database(":memory:");
    const version = database.prepare<[], string>("SELECT sqlite_version()").pluck().get();
    database.close();
    expect(version).toSatisfy(atLeast(floors.sqlite.minimum));
  });

  test("the Node that runs the tests, each line with its own floor", () => {
    const major = process.versions.node.split(".")[0];
    const newestLine = floors.node.minimums.at(-1) ?? "";
    const floor = floors.node.minimums.find((minimum) => minimum.split(".")[0] === major) ?? newestLine;
    expect(process.versions.node).toSatisfy(atLeast(floor));
  });

  test("the comparison is by number", () => {
    expect(["3.51.10", "3.51.2", "4.0.0", "3.6.9"].map(atLeast("3.51.3"))).toEqual([true, false, true, false]);
  });
});

function atLeast(minimum: string): (version: string) => boolean {
  return (version) => minimum.localeCompare(version, "en", { numeric: true }) <= 0;
}

function manifestOf(path: string): Manifest {
  return JSON.parse(textOf(path)) as Manifest;
}
