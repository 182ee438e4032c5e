import { expect, test } from "vitest";
import { jsonReply } from "../../../../src/core/model/reply.ts";

test("a reply of hookcli's own is one line of JSON in UTF-8, and says so", () => {
  const reply = jsonReply(502, { error: "pas de réponse", id: 3 });
  expect(reply).toMatchObject({ status: 502, headers: ["content-type", "application/json"], body: { kind: "bytes" } });
  expect(reply.body.kind === "bytes" && Buffer.from(reply.body.bytes).toString()).toBe(
    '{"error":"pas de réponse","id":3}\n',
  );
});

test("further headers come behind the content type", () => {
  expect(jsonReply(503, {}, ["retry-after", "5"]).headers).toEqual([
    "content-type",
    "application/json",
    "retry-after",
    "5",
  ]);
});
