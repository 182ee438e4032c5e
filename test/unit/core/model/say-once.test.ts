import { expect, test } from "vitest";
import { SayOnce } from "../../../../src/core/model/say-once.ts";

test("what was said is not said again", () => {
  const { notices, said } = watched();
  for (const text of ["a", "b", "a", "b", "a"]) notices.once(text);
  expect(said).toEqual(["a", "b"]);
});

test("what is of one kind is said once, in the first words that came", () => {
  const { notices, said } = watched();
  notices.once("#1 is old", "age");
  notices.once("#2 is old", "age");
  notices.once("age");
  notices.once("#2 is forged", "forged");
  expect(said).toEqual(["#1 is old", "#2 is forged"]);
});

test("after so many different sentences one more tells that there are others, and nothing is remembered any more", () => {
  const { notices, said } = watched(3);
  for (let round = 0; round < 2; round += 1) {
    for (let at = 0; at < 100_000; at += 1) notices.once(`kind ${at}`);
  }
  expect(said).toHaveLength(4);
  expect(said.slice(0, 3)).toEqual(["kind 0", "kind 1", "kind 2"]);
  expect(said[3]).toContain("no more of them are shown");
});

function watched(mostKinds?: number) {
  const said: string[] = [];
  return { said, notices: new SayOnce((text) => said.push(text), mostKinds) };
}
