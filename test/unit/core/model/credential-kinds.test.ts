import { expect, test } from "vitest";
import { CREDENTIAL_KINDS } from "../../../../src/core/model/credential-kinds.ts";

test("each kind has a name of its own and a hint, and no form matches nothing", () => {
  expect(new Set(CREDENTIAL_KINDS.map(({ name }) => name)).size).toBe(CREDENTIAL_KINDS.length);
  for (const { hint, form } of CREDENTIAL_KINDS) {
    expect(hint.length).toBeGreaterThan(1);
    expect("").not.toMatch(new RegExp(form));
    expect("an ordinary line about /hooks/order-42?x=1, evt_1 and 12 %").not.toMatch(new RegExp(form));
  }
});
