import { expect, test } from "vitest";
import { listenerTarget } from "../../../../src/app/sending/event-targets.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import type { SessionRecord } from "../../../../src/core/model/session.ts";

function session(captureUrl: string | undefined, directory = "/shop"): SessionRecord {
  return { id: 1, command: "listen", pid: 1, processMark: "", startedAtMs: 0, captureUrl, targets: [], directory };
}

test("an event goes to the listener of its folder, else to the only one there is", () => {
  const here = session("http://127.0.0.1:4400");
  const elsewhere = session("http://127.0.0.1:4401", "/other");
  expect(listenerTarget([elsewhere, here], "/shop", "send x")).toMatchObject({ origin: "http://127.0.0.1:4400" });
  expect(listenerTarget([elsewhere], "/shop", "send x")).toMatchObject({ origin: "http://127.0.0.1:4401" });
});

test("a session that does not listen is none", () => {
  const error = errorOf([session(undefined)]);
  expect([error.code, error.hint]).toEqual(["NO_LISTENER", expect.stringContaining("hookcli send order.paid --to")]);
});

test("of several listeners none is chosen", () => {
  const several = [session("http://127.0.0.1:4400"), session("http://127.0.0.1:4402")];
  const error = errorOf(several);
  expect([error.code, error.hint]).toEqual([
    "SEVERAL_LISTENERS",
    "Name the target: hookcli send order.paid --to localhost:8000",
  ]);
  expect(error.message).toContain("http://127.0.0.1:4400; http://127.0.0.1:4402");
});

function errorOf(living: readonly SessionRecord[]): HookcliError {
  try {
    listenerTarget(living, "/shop", "send order.paid");
  } catch (error) {
    if (error instanceof HookcliError) return error;
  }
  throw new Error("nothing was raised");
}
