import { expect, test } from "vitest";
import { diagnosisOf } from "../../../../../src/core/schemes/explain/diagnosis.ts";
import { computedMutations, readingMutations } from "../../../../../src/core/schemes/explain/mutations/index.ts";
import { contentForm } from "../../../../../src/core/schemes/explain/mutations/content-form.ts";
import { signaturePrefix } from "../../../../../src/core/schemes/explain/mutations/signature-prefix.ts";
import { hypothesisFor, sceneFor, stripeMessage } from "../../../../helpers/explained.ts";

const scene = sceneFor(stripeMessage());
const usual = hypothesisFor(scene);

test("names and values stand where they belong", () => {
  const applied = [{ mutation: contentForm, detail: "{ts}:{body}" }, { mutation: signaturePrefix }];
  const { causes, secret, place, body } = diagnosisOf(applied, usual, { place: "Stripe-Signature" }, scene);
  expect(causes).toEqual([
    {
      name: "content-form",
      says: "{ts}:{body} is hashed",
      fix: "Hash {ts}.{body}: that is what Stripe signs, in this order and with nothing else between.",
    },
    {
      name: "signature-prefix",
      says: "what stands around it in Stripe-Signature is passed over",
      fix: "Write the header like this: Stripe-Signature: t={ts},v1={sig}",
    },
  ]);
  expect([secret, place, body]).toEqual([usual.secret, "Stripe-Signature", undefined]);
});

test("another body is told by where it parts from the one that came", () => {
  const { body } = diagnosisOf([], { ...usual, body: Buffer.from("{}") }, { place: "" }, scene);
  expect(body).toMatchObject({ signedBytes: 2, receivedBytes: 37, atByte: 1 });
});

test("no mutation has a name in its words that nobody fills, and none says the secret", () => {
  for (const mutation of [...computedMutations, ...readingMutations]) {
    const [cause] = diagnosisOf([{ mutation, detail: "D" }], usual, { place: "P" }, scene).causes;
    const words = `${cause?.says} ${cause?.fix}`;
    expect(words).not.toContain(usual.secret.text);
    expect(words.replaceAll(/\{(?:ts|body|sig)\}/g, "")).not.toMatch(/[{}]|undefined\b(?!")/);
    expect(mutation.fix).not.toMatch(/\n| {2}/);
    expect(cause?.fix).toMatch(/^[A-Z]/);
  }
});
