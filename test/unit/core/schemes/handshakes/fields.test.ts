import { expect, test } from "vitest";
import { fieldOf } from "../../../../../src/core/schemes/handshakes/fields.ts";
import { MessageView } from "../../../../../src/core/schemes/message-view.ts";
import { textBody } from "../../../../helpers/samples.ts";

test("is found at the end of its path", () => {
  expect(fieldOf(viewOf('{"a":{"b":[{"c":1}]}}'), "a.b.0.c")).toBe(1);
  expect(fieldOf(viewOf('{"a":null}'), "a")).toBeNull();
});

test.each(["", "{", "1", "null", '{"a":1}'])("is undefined in %j, which has none", (text) => {
  expect(fieldOf(viewOf(text), "a.b")).toBeUndefined();
  expect(fieldOf(viewOf(text), "constructor")).toBeUndefined();
});

function viewOf(text: string): MessageView {
  return new MessageView({ method: "POST", target: "/", headers: [], body: textBody(text) });
}
