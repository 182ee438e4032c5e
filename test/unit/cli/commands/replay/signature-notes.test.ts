import { expect, test } from "vitest";
import { signatureNote } from "../../../../../src/cli/commands/replay/signature-notes.ts";
import { findScheme } from "../../../../../src/core/schemes/known-schemes.ts";

const scheme = findScheme("stripe");
const kept = { kind: "kept", requestId: 7, scheme, isEdited: true } as const;

test.each([
  ["no-secret", "no longer fits what was edited: no secret is known for it; hookcli replay 7 --secret signs it anew"],
  ["forged", "does not hold under any secret that is known, edited or not"],
  ["own", "it goes out with the signature that you gave it"],
  ["unsignable", "hookcli cannot make signatures of Stripe"],
  ["not-renewed", "could not make a new one with the secret that is known"],
] as const)("a signature that is kept because %s is explained", (reason, words) => {
  const note = signatureNote({ ...kept, reason }, false);
  expect([note?.kind, note?.text]).toEqual([`${reason} stripe`, expect.stringContaining(words)]);
});

test("that there was nothing to renew is said only to whoever asked for it", () => {
  const notice = { ...kept, reason: "nothing-to-renew", scheme: undefined } as const;
  expect(signatureNote(notice, false)).toBeUndefined();
  expect(signatureNote(notice, true)?.text).toMatch(/^#7: --secret changes nothing/);
});

test("an old one is told with its age and what handlers take", () => {
  if (!scheme) throw new Error("no stripe");
  const aged = { kind: "aged", requestId: 7, scheme, ageMs: 3_600_000, toleranceMs: 300_000 } as const;
  expect(signatureNote({ ...aged, because: "as-captured" }, false)?.text).toBe(
    "#7: its signature is 60 min old, and handlers for Stripe take 5 min, so expect a refusal: it is sent as captured",
  );
  expect(signatureNote({ ...aged, because: "no-secret" }, false)?.text).toMatch(/no secret is known for it; hookcli/);
});
