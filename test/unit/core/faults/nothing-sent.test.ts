import { expect, test } from "vitest";
import { nothingSent } from "../../../../src/core/faults/nothing-sent.ts";
import { NO_STATUS } from "../../../../src/core/model/reply.ts";

test("it has no status, no headers and no bytes, only a manner", () => {
  const { body, ...rest } = nothingSent({ kind: "reset" });
  expect(rest).toEqual({ status: NO_STATUS, headers: [], manner: { kind: "reset" } });
  expect(body.kind === "bytes" && body.bytes.length).toBe(0);
});
