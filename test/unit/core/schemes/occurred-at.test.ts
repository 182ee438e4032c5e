import { expect, test } from "vitest";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import { readOccurredAtMs } from "../../../../src/core/schemes/occurred-at.ts";
import { capturedRequest, textBody } from "../../../helpers/samples.ts";

function timeIn(value: unknown): number | undefined {
  const body = textBody(JSON.stringify({ at: value }));
  return readOccurredAtMs(new MessageView(capturedRequest({ body })), "b:at");
}

test.each([
  [1_700_000_000, 1_700_000_000_000],
  ["1700000000", 1_700_000_000_000],
  [1_700_000_000_123, 1_700_000_000_123],
  ["2023-11-14T22:13:20Z", 1_700_000_000_000],
  ["2023-11-14T22:13:20.037339943Z", 1_700_000_000_037],
  ["2023-11-14T23:13:20+01:00", 1_700_000_000_000],
])("%j is a time", (value, atMs) => {
  expect(timeIn(value)).toBe(atMs);
});

test.each([undefined, "", "yesterday", 12, "2023-11-14", "2023-11-14T22:13:20", "2023-99-99T00:00:00Z", 1.5, {}])(
  "%j says nothing that could be compared",
  (value) => {
    expect(timeIn(value)).toBeUndefined();
  },
);
