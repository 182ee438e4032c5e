import { expect, test } from "vitest";
import { type Body, bodySizeBytes, bytesBody, EMPTY_BODY, letGoOf, readBody } from "../../../../src/core/model/body.ts";
import { spooledBody, textBody } from "../../../helpers/samples.ts";

test("a body in memory is read back as the bytes it was made from", async () => {
  const bytes = Uint8Array.of(0, 255, 10, 13);
  expect(await piecesOf(bytesBody(bytes))).toEqual([bytes]);
});

test("an empty body yields no piece at all", async () => {
  expect(await piecesOf(EMPTY_BODY)).toEqual([]);
});

test("a spooled body is read anew each time", async () => {
  const body = spooledBody("0123456789");
  const read = async () => Buffer.concat(await piecesOf(body)).toString();
  expect([await read(), await read()]).toEqual(["0123456789", "0123456789"]);
});

test("the size is in bytes, not characters, wherever the body is", () => {
  expect([bodySizeBytes(textBody("é")), bodySizeBytes(spooledBody("é→")), bodySizeBytes(EMPTY_BODY)]).toEqual([
    2, 5, 0,
  ]);
});

test("a body that was let go is read anew at each look, keeps its size, and does so for everybody who has it", async () => {
  const body = textBody("in memory");
  const theirs = { body };
  let reads = 0;
  letGoOf(body, () => Buffer.from(`read ${(reads += 1)}   `));
  expect(bodySizeBytes(body)).toBe(9);
  expect(reads).toBe(0);
  expect(Buffer.concat(await piecesOf(theirs.body)).toString()).toMatch(/^read \d/);
  expect(reads).toBeGreaterThan(0);
});

async function piecesOf(body: Body): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readBody(body)) pieces.push(piece);
  return pieces;
}
