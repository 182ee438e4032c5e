import { expect, test } from "vitest";
import { printSignature } from "../../../../../src/cli/commands/show/signature-section.ts";
import type { EventFacts } from "../../../../../src/core/model/request.ts";
import { VERDICTS } from "../../../../../src/core/model/verdict.ts";
import { findScheme } from "../../../../../src/core/schemes/known-schemes.ts";
import type { Recognition } from "../../../../../src/core/schemes/recognise.ts";
import { SAMPLE_TIME_MS, sampleRequest } from "../../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

const byHeader: Recognition = { provider: "stripe", confidence: "certain", reason: "header stripe-signature" };

test("it says who sent it and how that is known, what was found, how old it was and which secret held", async () => {
  const verdict = { kind: "verified", signedAtMs: SAMPLE_TIME_MS - 4000, secretName: "--secret" } as const;
  expect(await section({ provider: "stripe", verdict }, byHeader)).toEqual([
    "provider: stripe  by header stripe-signature",
    "signature: holds, 4.0 s old, under --secret",
  ]);
});

test("a sender that is only likely is said to be likely, one that a person named is said to be named", async () => {
  const likely = { ...byHeader, confidence: "likely" } as const;
  expect(await section({ provider: "stripe" }, likely)).toEqual([
    "provider: stripe  likely, by header stripe-signature",
  ]);
  expect(await section({ provider: "slack" }, likely)).toEqual(["provider: slack  as it was said when it came"]);
  expect(await section({ provider: "slack" }, undefined)).toEqual(["provider: slack  as it was said when it came"]);
});

test("every verdict has a sentence of its own, and what fails names the command that says why", async () => {
  const sections = await Promise.all(
    VERDICTS.map(async (kind) => (await section({ provider: "stripe", verdict: { kind } }, byHeader)).slice(1)),
  );
  expect(new Set(sections.map(([sentence]) => sentence)).size).toBe(VERDICTS.length);
  const asksOn = VERDICTS.filter((_, index) => sections[index]?.[1] === ": hookcli verify 42 says why");
  expect(asksOn).toEqual(["mismatch", "missing-header", "malformed-header"]);
});

test("what is not judged says what that would take", async () => {
  const paypal = {
    provider: "paypal",
    scheme: findScheme("paypal"),
    confidence: "certain",
    reason: "a header",
  } as const;
  const [, says] = await section({ provider: "paypal", verdict: { kind: "unjudged" } }, paypal);
  expect(says).toMatch(/^signature: not judged: that takes the certificate /);
  const [, unknown] = await section({ provider: "okta", verdict: { kind: "unjudged" } }, undefined);
  expect(unknown).toBe("signature: not judged: its rule is not known");
});

test("of a request that nobody signed and nobody knows there is nothing to say", async () => {
  expect(await section({ verdict: { kind: "unsigned" } }, undefined)).toEqual([]);
  expect(await section({}, undefined)).toEqual([]);
});

async function section(event: EventFacts, recognition: Recognition | undefined): Promise<readonly string[]> {
  const recorded = await recordedSurroundings();
  const label = (text: string): string => `${text}: `;
  printSignature(recorded.at.out, sampleRequest({ event }), recognition, label);
  return (await recorded.out()).split("\n").filter((line) => line !== "");
}
