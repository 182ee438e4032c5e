import { expect, test } from "vitest";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { signingProblem } from "../../../../src/core/schemes/signing-problem.ts";

function problemOf(provider: string, text: string): string | undefined {
  const scheme = findScheme(provider);
  if (!scheme) throw new Error(`there is no ${provider}`);
  return signingProblem(scheme, text);
}

const PROBLEM = "what stands behind whsec_ is no base64";

test.each([
  ["standardwebhooks", "whsec_not base64"],
  ["standardwebhooks", "whsec_a-secret"],
  ["standardwebhooks", "whsec_YWJj\n"],
  ["standardwebhooks", "whsec_YWJjZ"],
  ["standardwebhooks", "whsec_YY=Jj"],
  ["svix", "whsec_whsec_YWJj"],
  ["supabase", "v1,whsec_a.b"],
  ["openai", "whsec_a-secret"],
  ["gitlab", "whsec_a-secret"],
])("%s: %j is no secret of it", (provider, text) => {
  expect(problemOf(provider, text)).toBe(PROBLEM);
});

test.each([
  ["standardwebhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
  ["standardwebhooks", "whsec_dGVzdA=="],
  ["standardwebhooks", "whsec_dGVzdA"],
  ["standardwebhooks", "a-secret"],
  ["supabase", "v1,whsec_dGVzdA=="],
  ["openai", "a-secret"],
  // The whole text is the key.
  ["stripe", "whsec_not base64"],
  ["polar", "whsec_not base64"],
  ["generic", "whsec_not base64"],
  // The text itself is sent along.
  ["gitlab", "a-secret"],
  ["figma", "whsec_a-secret"],
])("%s signs with %j", (provider, text) => {
  expect(problemOf(provider, text)).toBeUndefined();
});

test.each([
  ["adyen", "xyz", "it is not written in hex"],
  ["svix", "whsec_", "nothing is left of it when it is decoded"],
])("%s: what is no key at all is told as ever: %j", (provider, text, problem) => {
  expect(problemOf(provider, text)).toBe(problem);
});
