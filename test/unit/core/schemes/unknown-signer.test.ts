import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { bytesBody } from "../../../../src/core/model/body.ts";
import { judge } from "../../../../src/core/schemes/judge.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import { GENERAL_PLACES, unknownSigner } from "../../../../src/core/schemes/unknown-signer.ts";

test("it judges the hash of the body in whatever header it stands", async () => {
  const body = Buffer.from('{"id":1}');
  const sig = createHmac("sha256", "s3cret").update(body).digest("hex");
  const view = new MessageView({
    method: "POST",
    target: "/",
    headers: ["X-Acme-Signature", `sha256=${sig}`],
    body: bytesBody(body),
  });
  const kinds = ["s3cret", "another"].map(async (text) => {
    const context = { secrets: [{ name: "--secret", text }], isExpected: false, urls: ["http://a/"], atMs: 0 };
    return (await judge(view, unknownSigner("x-acme-signature"), context)).verdict.kind;
  });
  expect(await Promise.all(kinds)).toEqual(["verified", "mismatch"]);
});

test("the same header has the same scheme, and a flood of headers does not fill the memory", () => {
  expect(unknownSigner("x-a")).toBe(unknownSigner("x-a"));
  const first = unknownSigner("x-a");
  for (let count = 0; count < 100; count += 1) unknownSigner(`x-${count}`);
  expect(unknownSigner("x-a")).toEqual(first);
  expect(first).toMatchObject(GENERAL_PLACES);
});
