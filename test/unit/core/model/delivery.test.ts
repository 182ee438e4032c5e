import { expect, test } from "vitest";
import { isDelivered, tellingDelivery } from "../../../../src/core/model/delivery.ts";
import { answered, sampleDelivery, unanswered } from "../../../helpers/samples.ts";

test.each([
  [199, false],
  [200, true],
  [204, true],
  [299, true],
  [300, false],
  [302, false],
  [404, false],
  [500, false],
])("a response %i counts as delivered: %s", (status, isSuccess) => {
  expect(isDelivered(answered(status))).toBe(isSuccess);
});

test("no response and an interrupted attempt are not delivered", () => {
  expect(isDelivered(unanswered("refused", "127.0.0.1:8000"))).toBe(false);
  expect(isDelivered({ kind: "interrupted" })).toBe(false);
});

test("the newest replay tells how a request fared, else the first target it was forwarded to", () => {
  const forwards = [sampleDelivery({ id: 1 }), sampleDelivery({ id: 2 })];
  const replays = [sampleDelivery({ id: 3, cause: "replay" }), sampleDelivery({ id: 4, cause: "replay" })];
  expect(tellingDelivery([])).toBeUndefined();
  expect(tellingDelivery(forwards)?.id).toBe(1);
  expect(tellingDelivery([...forwards, ...replays])?.id).toBe(4);
});
