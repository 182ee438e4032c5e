import { expect, test } from "vitest";
import { namingAdvice } from "../../../../src/core/samples/naming.ts";

test.each([
  "order.created",
  "order.completed",
  "payment.succeeded",
  "invoice.paid",
  "customer.subscription.deleted",
  "order.status_changed",
  "payment_intent.payment_failed",
  "email.sent",
  "goods.sold_out",
])("%s is a good name", (type) => {
  expect(namingAdvice(type)).toBeUndefined();
});

test.each([
  ["order", /is not named resource\.action in small letters/],
  ["OrderCreated", /is not named resource\.action/],
  ["order/created", /is not named resource\.action/],
  ["Order.created", /in small letters/],
  ["order.changed", /does not say what changed/],
  ["order.quantity_increased_by_5", /counts twice when it comes twice/],
  ["order.create", /does not end in the past tense/],
  ["signup.succeed", /does not end in the past tense/],
  ["test.ping", /does not end in the past tense/],
])("%s is not", (type, says) => {
  const advice = namingAdvice(type);
  expect(advice).toMatch(says);
  expect(advice?.startsWith(JSON.stringify(type))).toBe(true);
});
