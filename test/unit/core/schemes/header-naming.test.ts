import { expect, test } from "vitest";
import { EMPTY_BODY } from "../../../../src/core/model/body.ts";
import { headerNaming } from "../../../../src/core/schemes/header-naming.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";

function viewOf(...headers: readonly string[]): MessageView {
  return new MessageView({ method: "POST", target: "/", headers, body: EMPTY_BODY });
}

test("finds each of the names, whatever their case, with all values", () => {
  const { find, first, isOneOf } = headerNaming(["X-Signature", "X-Signature-2"]);
  expect(find(viewOf("x-signature", "a", "X-SIGNATURE-2", "b", "X-Signature", "c"))).toEqual([
    { name: "X-Signature", values: ["a", "c"] },
    { name: "X-Signature-2", values: ["b"] },
  ]);
  expect(first).toBe("X-Signature");
  expect(isOneOf("x-signature-2")).toBe(true);
  expect(isOneOf("x-signature-3")).toBe(false);
});

test("a counted name stands for numbers of up to three digits, and is sent as 1", () => {
  const { find, first, isOneOf } = headerNaming(["X-Signature-{n}"]);
  expect(first).toBe("X-Signature-1");
  const headers = [
    "X-Signature-1",
    "a",
    "X-Signature-12",
    "b",
    "X-Signature-1234",
    "c",
    "X-Signature-",
    "d",
    "X-Signature-1a",
    "e",
  ];
  expect(find(viewOf(...headers)).flatMap(({ values }) => values)).toEqual(["a", "b"]);
  expect(isOneOf("x-signature-7")).toBe(true);
});

test("signs of a name that mean something in patterns stand for themselves", () => {
  const { isOneOf } = headerNaming(["x.sig*-{n}"]);
  expect(isOneOf("x.sig*-1")).toBe(true);
  expect(isOneOf("xasigg-1")).toBe(false);
});

test("a message without them has none", () => {
  expect(headerNaming(["X-Signature"]).find(viewOf("Host", "a"))).toEqual([]);
});
