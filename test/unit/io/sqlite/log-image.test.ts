import { closeSync, openSync, truncateSync, writeSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { type IndexState, readIndex } from "../../../../src/io/sqlite/index-file.ts";
import { LogImage } from "../../../../src/io/sqlite/log-image.ts";
import { watchedDatabase, type WatchedDatabase } from "../../../helpers/watched-database.ts";

describe("a log", () => {
  test("is whole while it grows, after it was folded, when it begins anew, and when it was emptied", () => {
    const { at, isWhole } = looked();
    const steps = [
      () => at.write(10),
      () => at.write(300),
      () => at.fold(),
      () => at.write(1),
      () => at.fold("TRUNCATE"),
      () => at.write(5),
    ];
    expect(steps.map((step) => (step(), isWhole()))).toEqual(steps.map(() => true));
  });

  test("that was cut is not, also when the next commit made it long again", () => {
    for (const part of [0, 0.3, 0.9, 0.999]) {
      const { at, isWhole } = looked();
      at.write(10);
      expect(isWhole()).toBe(true);
      at.write(20);
      truncateSync(`${at.path}-wal`, Math.floor((32 + 4120 * frames(at)) * part));
      at.write(1);
      expect(isWhole()).toBe(false);
    }
  });

  test("that somebody wrote into is not", () => {
    const { at, isWhole } = looked();
    at.write(10);
    expect(isWhole()).toBe(true);
    const file = openSync(`${at.path}-wal`, "r+");
    writeSync(file, "other bytes", 0);
    closeSync(file);
    expect(isWhole()).toBe(false);
  });

  test("of which the index knows less than before is not", () => {
    const { at, image } = looked();
    at.write(10);
    const early = stateOf(at);
    at.write(10);
    expect(image.isWhole(stateOf(at))).toBe(true);
    expect(image.isWhole(early)).toBe(false);
  });
});

function looked(): { at: WatchedDatabase; image: LogImage; isWhole: () => boolean } {
  const at = watchedDatabase();
  const file = openSync(`${at.path}-wal`, "r");
  onTestFinished(() => closeSync(file));
  const image = new LogImage(file);
  return { at, image, isWhole: () => image.isWhole(stateOf(at)) };
}

function stateOf({ path }: WatchedDatabase): IndexState {
  const file = openSync(`${path}-shm`, "r");
  onTestFinished(() => closeSync(file));
  const state = readIndex(file);
  if (!state) throw new Error("no state");
  return state;
}

function frames(at: WatchedDatabase): number {
  return stateOf(at).frames;
}
