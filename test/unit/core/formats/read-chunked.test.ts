import { expect, test } from "vitest";
import { readChunked } from "../../../../src/core/formats/read-chunked.ts";

const read = (text: string) => {
  const { body, trailers, end, isWhole } = readChunked(Buffer.from(text, "latin1"), text, 0, "message 1");
  return [Buffer.from(body).toString("latin1"), trailers, text.slice(end), isWhole];
};

test.each([
  ["0\r\n\r\nrest", ["", [], "rest", true]],
  ['A;ext="1"\r\n0123\r\n6789\r\n0\r\nX: y\r\n\r\nrest', ["0123\r\n6789", ["X", "y"], "rest", true]],
  ["2 \nok\n0\n\n", ["ok", [], "", true]],
  ["5\r\nok", ["ok", [], "", false]],
  ["2\r\nok\r\n", ["ok", [], "", false]],
  ["2\r\nok", ["ok", [], "", false]],
  ["0\r\n", ["", [], "", false]],
  ["", ["", [], "", false]],
])("%j", (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  ["-1\r\n", '"-1" stands where a chunk\'s size belongs'],
  ["0x1\r\n", '"0x1" stands where'],
  ["fffffffffffff\r\n", '"fffffffffffff" stands where'],
  ["1\r\nok\r\n", "a chunk is longer than its size says"],
])("%j is refused", (text, problem) => {
  expect(() => read(text)).toThrow(`cannot import message 1: ${problem}`);
});
