import { expect, test } from "vitest";
import { headerEvidence } from "../../../../src/core/schemes/evidence.ts";

test("headers are written as they are looked up, in lower case", () => {
  for (const { header } of headerEvidence) expect(header).toMatch(/^[a-z0-9-]+$/);
});

test("nothing stands behind what decides without it", () => {
  const decided = new Set<string>();
  for (const { header, beside, provider } of headerEvidence) {
    expect(decided.has(header) ? `${provider} is never reached` : "").toBe("");
    if (!beside) decided.add(header);
  }
});

test("those that send each other's headers are asked in this order", () => {
  const ranks = ["forgejo", "gitea", "gogs", "github", "hookdeck"].map((name) =>
    headerEvidence.findIndex(({ provider }) => provider === name),
  );
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(headerEvidence.at(-1)?.provider).toBe("hookdeck");
});
