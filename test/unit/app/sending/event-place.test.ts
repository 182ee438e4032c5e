import { expect, test } from "vitest";
import { putIntoBody } from "../../../../src/app/sending/event-place.ts";
import { bytesBody } from "../../../../src/core/model/body.ts";

function put(json: string, place: string | undefined, text: string): string {
  const body = putIntoBody(bytesBody(Buffer.from(json)), place, text);
  return body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
}

test.each([
  ['{"type":"a"}', "b:type", "order.paid", '{"type":"order.paid"}'],
  ['{"type":"a"}', "b:event.type|b:type", "order.paid", '{"type":"a","event":{"type":"order.paid"}}'],
  ['{"action":"a"}', "h:x-github-event+b:action", "issues.opened", '{"action":"opened"}'],
  ['{"type":"a","action":"b"}', "b:type + b:action", "Issue.update", '{"type":"Issue","action":"update"}'],
  ['{"a":1}', "h:x-shopify-topic", "orders/paid", '{"a":1}'],
  ['{"a":1}', undefined, "orders/paid", '{"a":1}'],
  ['{"action":"a"}', "h:x-github-event+b:action", "push", '{"action":"a"}'],
  ["no JSON", "b:type", "order.paid", "no JSON"],
])("into %s at %s goes %s", (json, place, text, expected) => {
  expect(put(json, place, text)).toBe(expected);
});
