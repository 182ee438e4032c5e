import { expect, test } from "vitest";
import { PORT_FULL, TOO_MANY_WAITING, turnedAwayReply } from "../../../../src/io/capture/turned-away.ts";

test.each([PORT_FULL, TOO_MANY_WAITING])("$code is a 503 that says why, and when to come again", (refusal) => {
  const { status, headers, body } = turnedAwayReply(refusal);
  expect(status).toBe(503);
  expect(headers).toEqual(expect.arrayContaining(["x-hookcli-reason", refusal.code, "retry-after", "5"]));
  expect(body.kind === "bytes" && JSON.parse(Buffer.from(body.bytes).toString())).toEqual({
    error: refusal.reason,
    code: refusal.code,
  });
});
