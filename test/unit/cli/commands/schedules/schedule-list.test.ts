import { expect, test } from "vitest";
import {
  printNamedSchedule,
  printOwnSchedule,
  printSchedules,
} from "../../../../../src/cli/commands/schedules/schedule-list.ts";
import { findSchedule } from "../../../../../src/core/schedules/find-schedule.ts";
import { schedules } from "../../../../../src/core/schedules/index.ts";
import type { NamedSchedule } from "../../../../../src/core/schedules/named-schedule.ts";
import { parseSchedule } from "../../../../../src/core/schedules/parse-schedule.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

function named(name: string): NamedSchedule {
  const found = findSchedule(name);
  if (!found) throw new Error(`there is no schedule ${name}`);
  return found;
}

test("each is one line, with where it was taken from", async () => {
  const { at, out } = await recordedSurroundings();
  printSchedules(at, schedules);
  const lines = (await out()).trimEnd().split("\n");
  expect(lines).toHaveLength(schedules.length + 1);
  expect(lines.find((line) => line.startsWith("zoom "))).toMatch(
    /^zoom +5m,20m,1h +4 +1 h 25 min +official +https:\/\/developers\.zoom\.us\//,
  );
});

test("one is told with each of its attempts", async () => {
  const { at, out } = await recordedSurroundings();
  printNamedSchedule(at, named("zoom"));
  expect(await out()).toMatch(
    /^zoom {2}Zoom\nsource +https[^]*\n1 +0 s +0 s\n2 +5 min +5 min\n3 +20 min +25 min\n4 +1 h +1 h 25 min\n$/,
  );
});

test("where delays are not known there is no table of them", async () => {
  const { at, out } = await recordedSurroundings();
  printNamedSchedule(at, named("github"));
  expect(await out()).toMatch(/\nbecause +a failed delivery/);
  expect(await out()).not.toContain("ATTEMPT");
});

test("a long one of one's own is cut, and jitter stands at its delays", async () => {
  const { at, out } = await recordedSurroundings({ isUnicode: false });
  printOwnSchedule(at, parseSchedule("linear:1h*30 ~5%"));
  const lines = (await out()).trimEnd().split("\n");
  expect(lines[0]).toBe("linear:1h*30 ~5%");
  expect(lines[3]).toMatch(/^2 +1 h \+-5% +1 h$/);
  expect(lines.at(-1)).toBe("and 7 attempts more, the last one after 30 h");
});
