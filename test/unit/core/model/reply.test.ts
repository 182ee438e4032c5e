import { expect, test } from "vitest";
import { contentTypeOf, jsonReply, releaseBody } from "../../../../src/core/model/reply.ts";
import { watchedStream } from "../../../helpers/watched-stream.ts";

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

test("a body that a person wrote is JSON where it can be read as JSON", () => {
  expect(["{}", "3", "no", ""].map(contentTypeOf)).toEqual([
    "application/json",
    "application/json",
    "text/plain; charset=utf-8",
    "text/plain; charset=utf-8",
  ]);
});

test("a body that nobody will read is given back, once it is a stream", async () => {
  const { chunks, isReleased } = watchedStream(["a"]);
  await releaseBody({ kind: "bytes", bytes: Buffer.from("a") });
  await releaseBody({ kind: "stream", chunks });
  expect(isReleased()).toBe(true);
});
