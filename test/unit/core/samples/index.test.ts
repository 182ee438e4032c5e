import { expect, test } from "vitest";
import { samples } from "../../../../src/core/samples/index.ts";

test("the default provider comes first, and every entry says where its fields were taken from", () => {
  expect(samples[0]?.provider).toBe("generic");
  for (const { provider, source } of samples)
    expect([provider, source]).toEqual([provider, expect.stringMatching(/^https:/)]);
});
