import { expect, test } from "vitest";
import { isAccepted, isStop } from "../../../../src/core/schedules/named-schedule.ts";

test("2xx is accepted unless it is said otherwise, and only what is named stops", () => {
  expect([199, 200, 299, 300].map((status) => isAccepted(status, {}))).toEqual([false, true, true, false]);
  expect([200, 204, 299].map((status) => isAccepted(status, { accepts: [[204, 204]] }))).toEqual([false, true, false]);
  expect([410, 500].map((status) => isStop(status, {}))).toEqual([false, false]);
  expect([409, 410, 411].map((status) => isStop(status, { stopsOn: [[410, 410]] }))).toEqual([false, true, false]);
});
