import * as v from "valibot";
import { expect, test } from "vitest";
import { retriesToJson } from "../../../../src/app/looking/retry-json.ts";
import { scheduleShapes } from "../../../../src/core/wire/shapes/schedule-shapes.ts";
import { readSchedule } from "../../../../src/core/schedules/find-schedule.ts";
import { at, comparedTimeline, retried, senders } from "../../../helpers/timelines.ts";

test("an event with its attempts has the documented shape, and says what was found", async () => {
  const headers = retried("x-slack-retry", 1, "http_timeout");
  const shape = retriesToJson(
    await comparedTimeline(senders.slack, [
      { seconds: 0, told: 0 },
      { seconds: 3, headers },
    ]),
  );
  expect(v.safeParse(scheduleShapes.retries, shape).issues).toBeUndefined();
  expect(shape).toMatchObject({
    provider: "slack",
    eventId: "Ev08MFMKH6",
    schedule: "slack",
    asExpected: true,
    most: 4,
    attempts: [
      { requestId: 1, number: 1, stated: null, finding: "first", told: { status: 0 } },
      { requestId: 2, number: 2, stated: 2, finding: "on-time", gapMs: 3000, expectedMs: 0, reason: "http_timeout" },
    ],
    next: { number: 3 },
  });
});

test("where nothing can be judged it says why, and not that all is well", async () => {
  const shape = retriesToJson(await comparedTimeline(senders.nobody, at(0, 9)));
  expect(shape.bodySha256).toMatch(/^[0-9a-f]{64}$/);
  expect(shape.meaningless).toContain("nobody can tell");
  expect(shape).toMatchObject({
    eventId: null,
    schedule: null,
    asExpected: null,
    end: "unknown",
  });
});

test("a schedule of one's own is written out", async () => {
  const compared = await comparedTimeline(senders.nobody, at(0, 90), { expected: readSchedule("60s,300s") });
  expect(retriesToJson(compared)).toMatchObject({ schedule: "1m,5m", asExpected: false });
});
