import { expect, test } from "vitest";
import { generic } from "../../../../src/core/schemes/entries/generic.ts";
import { paypal } from "../../../../src/core/schemes/entries/paypal.ts";
import { stripe } from "../../../../src/core/schemes/entries/stripe.ts";
import { telegram } from "../../../../src/core/schemes/entries/telegram.ts";
import { ruleOf } from "../../../../src/core/schemes/rule-of.ts";

test("makes the rule of a template once", () => {
  expect(ruleOf(stripe)?.describes).toBe("{ts}.{body}");
  expect(ruleOf(stripe)).toBe(ruleOf({ signature: stripe.signature }));
});

test("takes a rule in code as it is", () => {
  expect(ruleOf(generic)).toBe(generic.signature);
});

test("knows none where nothing is signed, or nothing that can be judged", () => {
  expect(ruleOf(telegram)).toBeUndefined();
  expect(ruleOf(paypal)).toBeUndefined();
});
