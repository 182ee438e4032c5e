import { expect, test } from "vitest";
import { standardWebhooks } from "../../../../src/core/schemes/standard-webhooks.ts";

test("is a list of v1 over id, time and body, 5 minutes either way", () => {
  expect(standardWebhooks()).toMatchObject({
    key: "whsec",
    content: "{id}.{ts}.{body}",
    separator: " ",
    headers: { "webhook-id": "{id}", "webhook-timestamp": "{ts}", "webhook-signature": "v1,{sig}" },
    timestamp: { unit: "s", toleranceMs: 300_000, refusesFuture: true },
  });
});

test("differs between its users in names and key", () => {
  const svix = standardWebhooks({ prefix: "svix" });
  expect(Object.keys(svix.headers)).toEqual(["svix-id", "svix-timestamp", "svix-signature"]);
  expect(standardWebhooks({ key: "utf8" }).key).toBe("utf8");
});
