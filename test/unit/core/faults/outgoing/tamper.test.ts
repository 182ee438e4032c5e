import fc from "fast-check";
import { expect, test } from "vitest";
import { tamper } from "../../../../../src/core/faults/outgoing/tamper.ts";
import { bytesBody } from "../../../../../src/core/model/body.ts";
import type { Message } from "../../../../../src/core/model/request.ts";

const message = (text: string): Message => ({
  method: "POST",
  target: "/",
  headers: [],
  body: bytesBody(Buffer.from(text)),
});

function textOf(changed: Message | undefined): string | undefined {
  return changed?.body.kind === "bytes" ? Buffer.from(changed.body.bytes).toString() : undefined;
}

test("one byte is another, the last digit where there is one", async () => {
  const noticed = async (): Promise<boolean> => true;
  expect(textOf(await tamper(message('{"amount":4999,"x":"y"}'), noticed))).toBe('{"amount":4998,"x":"y"}');
  expect(textOf(await tamper(message('{"x":"yz"}'), noticed))).toBe('{"x":"yy"}');
  expect(textOf(await tamper(message("{}"), noticed))).toBe("{} ");
  expect(textOf(await tamper(message(""), noticed))).toBe(" ");
});

test("JSON stays JSON, and is never the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), async (json) => {
      const changed = textOf(await tamper(message(json), async () => true));
      expect(changed).not.toBe(json);
      expect(() => void JSON.parse(changed ?? "")).not.toThrow();
    }),
  );
});

test("a change that nobody notices is not enough", async () => {
  const found = await tamper(
    message('{"signed":1,"not":2}'),
    async (changed) => !textOf(changed)?.includes('"signed":1'),
  );
  expect(textOf(found)).toBe('{"signed":2,"not":2}');
  expect(await tamper(message('{"signed":1}'), async () => false)).toBeUndefined();
});
