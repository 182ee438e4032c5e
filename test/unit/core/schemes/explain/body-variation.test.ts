import { describe, expect, test } from "vitest";
import {
  bytesVariation,
  edgeVariation,
  HASH_RAW_BYTES,
  jsonVariations,
  textVariation,
} from "../../../../../src/core/schemes/explain/body-variation.ts";
import { bytesBody } from "../../../../../src/core/model/body.ts";
import { hypothesisFor, sceneFor, stripeMessage } from "../../../../helpers/explained.ts";

const sceneWith = (body: string | Buffer) => sceneFor(stripeMessage({ body: bytesBody(Buffer.from(body)) }));

describe("the body", () => {
  test("is changed once, however often that is asked for", () => {
    const scene = sceneWith("abc");
    let calls = 0;
    const upper = bytesVariation(scene, undefined, (bytes) => {
      calls += 1;
      return Buffer.from(bytes.toString().toUpperCase());
    });
    const first = upper.apply(hypothesisFor(scene))?.body;
    expect(first).toEqual(Buffer.from("ABC"));
    expect(upper.apply(hypothesisFor(scene))?.body).toBe(first);
    expect(calls).toBe(1);
  });

  test("that stays the same is no variation", () => {
    const scene = sceneWith("abc");
    expect(bytesVariation(scene, "x", (bytes) => bytes).apply(hypothesisFor(scene))).toBeUndefined();
    expect(bytesVariation(scene, "x", () => undefined).apply(hypothesisFor(scene))).toBeUndefined();
  });

  test("that is no UTF-8 has no text, and keeps a byte order mark that it has", () => {
    const broken = sceneWith(Buffer.of(0xff, 0xfe));
    expect(textVariation(broken, "x", () => "y").apply(hypothesisFor(broken))).toBeUndefined();
    const marked = sceneWith("\ufeffa");
    expect(textVariation(marked, "x", (text) => `${text}b`).apply(hypothesisFor(marked))?.body).toEqual(
      Buffer.from("\ufeffab"),
    );
  });

  test("is not written again beyond 512 KiB", () => {
    const scene = sceneWith(Buffer.alloc(512 * 1024 + 1, "a"));
    expect(textVariation(scene, "x", () => "y").apply(hypothesisFor(scene))).toBeUndefined();
  });
});

test("JSON is written in each form, and what is no JSON in none", () => {
  const forms = [
    { detail: "one line", form: { colon: ": ", comma: ", ", numbers: "kept" } },
    { detail: "shouted", form: { colon: ":", comma: ",", numbers: "kept" }, rewrite: (text: string) => `${text}!` },
  ] as const;
  const written = (body: string): readonly (string | undefined)[] => {
    const scene = sceneWith(body);
    return [...jsonVariations(scene, forms)].map((one) => one.apply(hypothesisFor(scene))?.body.toString());
  };
  expect(written('{"a":1,\n"b":2}')).toEqual(['{"a": 1, "b": 2}', '{"a":1,"b":2}!']);
  expect(written("a=1")).toEqual([undefined, undefined]);
});

test("edges are those of the body at hand, not of the one that came", () => {
  const scene = sceneWith("abc");
  const fed = edgeVariation("a line feed", (bytes) => Buffer.concat([bytes, Buffer.from("\n")]));
  const changed = fed.apply(hypothesisFor(scene, { body: Buffer.from("xyz") }));
  expect(changed?.body).toEqual(Buffer.from("xyz\n"));
  expect(edgeVariation(undefined, (bytes) => bytes).apply(hypothesisFor(scene))).toBeUndefined();
});

test("the common advice is one sentence", () => {
  expect(HASH_RAW_BYTES).toMatch(/^Hash the bytes as they are sent.*\.$/);
});
