import { expect, test } from "vitest";
import { schemes } from "../../../../src/core/schemes/index.ts";

test("the list of schemes begins with Stripe and what nobody in particular sends, and holds the seven that are only recognised", () => {
  expect(schemes.slice(0, 2).map(({ name }) => name)).toEqual(["stripe", "generic"]);
  const recognised = schemes.filter(({ signature }) => signature.kind === "unjudged").map(({ name }) => name);
  expect(recognised.sort()).toEqual(["braintree", "livekit", "messagebird", "paypal", "plaid", "plivo", "sns"]);
});

test("what is only recognised says what judging would need", () => {
  for (const { signature } of schemes)
    if (signature.kind === "unjudged") expect(signature.why).toMatch(/^(?:a|the) .+[a-z]$/);
});
