import { expect, test } from "vitest";
import type { EndedAttempt } from "../../../../src/io/store/delivery-rows.ts";
import { Postponed } from "../../../../src/io/store/postponed.ts";
import { bytesBody } from "../../../../src/core/model/body.ts";

const MIB = 1024 * 1024;

test("writes come back in their order, once, and no more of them than there is room for", () => {
  const postponed = new Postponed();
  const done: number[] = [];
  for (let at = 0; at < 12_000; at += 1) postponed.add(() => done.push(at));
  for (const write of postponed.take()) write();
  expect(done).toEqual(Array.from({ length: 10_000 }, (_none, at) => at));
  expect(postponed.take()).toEqual([]);
});

test("large responses beyond 4 MiB wait without their bodies, until what waited is taken", () => {
  const postponed = new Postponed();
  const sizes = () => [1, 2, 3, 4, 5, 6].map(() => bodyBytes(postponed.kept(attempt(MIB))));
  expect(sizes()).toEqual([MIB, MIB, MIB, MIB, 0, 0]);
  expect(postponed.kept({ ...attempt(0), outcome: { kind: "interrupted" } })).toHaveProperty(
    "outcome.kind",
    "interrupted",
  );
  postponed.take();
  expect(bodyBytes(postponed.kept(attempt(MIB)))).toBe(MIB);
});

function attempt(bytes: number): EndedAttempt {
  const response = {
    status: 200,
    statusText: "OK",
    headers: [],
    body: bytesBody(new Uint8Array(bytes)),
    bodySizeBytes: bytes,
  };
  return {
    deliveryId: 1,
    number: 1,
    startedAtMs: 0,
    durationMs: 1,
    sentHeaders: [],
    outcome: { kind: "response", response },
  };
}

function bodyBytes({ outcome }: EndedAttempt): number | undefined {
  return outcome.kind === "response" && outcome.response.body.kind === "bytes"
    ? outcome.response.body.bytes.length
    : undefined;
}
