import { expect, test } from "vitest";
import { envelopeNames } from "../../../../src/core/samples/envelope-names.ts";
import { envelopes } from "../../../../src/core/samples/envelopes.ts";

test("the names that help shows are those of the envelopes, in their order", () => {
  expect(envelopeNames).toEqual(envelopes.map(({ name }) => name));
});
