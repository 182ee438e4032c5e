import { expect, test } from "vitest";
import { matchesOnArrival } from "../../../../src/app/listening/matches-on-arrival.ts";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import { capturedRequest } from "../../../helpers/samples.ts";

test.each([
  ["", true],
  ["type:order.*", true],
  ["method:post", true],
  ["-type:order.*", false],
  ["since:1s", true],
  ["id:1..5", false],
])("%s lets a request that arrives through: %s", (text, isThrough) => {
  const request = capturedRequest();
  const event = { eventType: "order.paid" };
  expect(matchesOnArrival(parseFilter(text), request, event, request.receivedAtMs)).toBe(isThrough);
});
