import { expect, test } from "vitest";
import { type Body, bytesBody } from "../../../../src/core/model/body.ts";
import { setPlace } from "../../../../src/core/schemes/set-place.ts";
import { spooledBody, textBody } from "../../../helpers/samples.ts";

function textOf(body: Body): string {
  return body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "a file";
}

test("writes a value, and leaves every other byte", () => {
  const before = '{ "id": 9007199254740993,\n "at":1 , "list":[{"x":"é"}] }';
  expect(textOf(setPlace(textBody(before), "b:at", 1_700_000_000_000))).toBe(
    before.replace('"at":1', '"at":1700000000000'),
  );
  expect(textOf(setPlace(textBody(before), "b:list.0.x", "new"))).toBe(before.replace('"é"', '"new"'));
});

test("adds a field that is not there yet", () => {
  expect(JSON.parse(textOf(setPlace(textBody('{"a":1}'), "b:passcode", "s")))).toEqual({ a: 1, passcode: "s" });
});

test("leaves a body that is no JSON, is in a file or is no UTF-8", () => {
  for (const body of [textBody("a=1"), textBody(""), spooledBody("{}"), bytesBody(Buffer.from([0x7b, 0xff, 0x7d]))])
    expect(setPlace(body, "b:at", 1)).toBe(body);
});

test("writes nothing that is not in the body", () => {
  const body = textBody("{}");
  expect(setPlace(body, "h:x-time", 1)).toBe(body);
});
