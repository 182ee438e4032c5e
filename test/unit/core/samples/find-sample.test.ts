import { expect, test } from "vitest";
import { findSample, likeliestSample, suggestTypes } from "../../../../src/core/samples/find-sample.ts";
import type { Samples } from "../../../../src/core/samples/sample.ts";

const build = (): null => null;
const shop: Samples = {
  provider: "shop",
  source: "",
  eventId: () => "",
  types: [
    { type: "order.created", build },
    { type: "order.paid", build },
    { type: "Push Hook", aliases: ["push"], build },
    { type: "customer.subscription.created", build },
    { type: "customer.created", build },
  ],
};

test("a type is found by its name, in any letter case, and by another name of it", () => {
  expect(findSample(shop, "order.paid")?.type).toBe("order.paid");
  expect(findSample(shop, "Order.Paid")?.type).toBe("order.paid");
  expect(findSample(shop, "push")?.type).toBe("Push Hook");
  expect(findSample(shop, "order")).toBeUndefined();
});

test("a slip leads to the one that was meant", () => {
  expect(suggestTypes(shop, "order.piad")).toEqual(["order.paid"]);
  expect(suggestTypes(shop, "psuh")).toEqual(["push"]);
});

test("an unknown action leads to those of its resource, anything else to the first few", () => {
  expect(suggestTypes(shop, "order.exploded")).toEqual(["order.created", "order.paid"]);
  expect(suggestTypes(shop, "zebra.born")).toHaveLength(5);
  expect(suggestTypes({ ...shop, types: [] }, "zebra.born")).toEqual([]);
});

test("the likeliest sample begins like the type for longest", () => {
  expect(likeliestSample(shop, "customer.subscription.paused")?.type).toBe("customer.subscription.created");
  expect(likeliestSample(shop, "zebra.born")?.type).toBe("order.created");
  expect(likeliestSample({ ...shop, types: [] }, "zebra.born")).toBeUndefined();
});
