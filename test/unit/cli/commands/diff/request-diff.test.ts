import * as v from "valibot";
import { revealing, usualMask } from "../../../../../src/core/model/mask.ts";
import { describe, expect, test } from "vitest";
import { type BodyDiff, diffBodies } from "../../../../../src/cli/commands/diff/body-diff.ts";
import { jsonShapes } from "../../../../../src/core/wire/shapes/index.ts";
import {
  diffToJson,
  printDiff,
  type RequestDiff,
  requestDiff,
} from "../../../../../src/cli/commands/diff/request-diff.ts";
import type { StoredRequest } from "../../../../../src/core/model/request.ts";
import { sampleRequest } from "../../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

const same: BodyDiff = { comparison: "same", firstDifference: undefined, hunks: [] };

describe("for people", () => {
  test("only what differs is printed, each side with its sign", async () => {
    const left = { method: "POST", target: "/a?token=x", headers: ["A", "1", "Authorization", "Bearer x"] };
    const right = { method: "PUT", target: "/b?token=y", headers: ["A", "1", "Authorization", "Bearer y", "B", "2"] };
    const text = await printed(compared(left, right));
    expect(text.split("\n").slice(2)).toEqual([
      "",
      "Method",
      "- POST",
      "+ PUT",
      "",
      "Target",
      "- /a?token=••••",
      "+ /b?token=••••",
      "",
      "Headers",
      "- Authorization: ••••",
      "+ Authorization: ••••",
      "+ B: 2",
      "",
    ]);
    expect(await printed(compared(left, right), true)).toContain(
      "- Authorization: Bearer x\n+ Authorization: Bearer y",
    );
  });

  test("requests that are the same are said to be", async () => {
    const diff = compared({}, { id: 43 });
    expect(diff.isEqual).toBe(true);
    expect(await printed(diff)).toMatch(/^- #42 {2}POST \/hooks .*\n\+ #43 .*\nThey are the same\.\n$/);
  });

  test("order and letter case of headers count with --raw only", async () => {
    const [left, right] = [{ headers: ["A", "1", "B", "2"] }, { headers: ["b", "2", "A", "1"] }];
    expect(compared(left, right).isEqual).toBe(true);
    const raw = compared(left, right, same, true);
    expect(raw.isEqual).toBe(false);
    expect(await printed(raw)).toContain("another order or letter case\n- A: 1\n- B: 2\n+ b: 2\n+ A: 1\n");
  });

  test.each([
    ['{"a":1}', '{ "a": 1 }', /\nBody {2}the same JSON; only formatting differs .*\n$/],
    [
      '{"a":1}',
      '{"a":2}',
      /\nBody {2}JSON, fields sorted\n@@ line 1, line 1 @@\n \{\n- {2}"a": 1\n\+ {2}"a": 2\n \}\n$/,
    ],
    ["a\n", "b", /\nBody\n@@ line 1, line 1 @@\n-a\n\+b\n\\ No newline at end of file\n$/],
    ["\0", "\0\0", /\nBody {2}binary; the first difference is at byte 1\n- 1 B\n\+ 2 B\n$/],
    ["x".repeat(2_000_000), "", /\nBody {2}too large to compare\n- 2\.0 MB {2}sha256 l\n\+ 0 B {2}sha256 r\n$/],
  ])("bodies: %.10s", async (left, right, expected) => {
    const body = await diffBodies(Buffer.from(left), Buffer.from(right), { isRaw: false, mask: usualMask });
    const sides = [left, right].map((text) => text.length) as [number, number];
    expect(await printed(compared({}, {}, body, false, sides))).toMatch(expected);
  });

  test("where only secrets differ that is said", async () => {
    const body: BodyDiff = { comparison: "text", firstDifference: 9, hunks: [] };
    expect(await printed(compared({}, {}, body))).toContain("only values that are masked differ; --reveal shows them");
  });

  test("whatever is in a body reaches no terminal unescaped", async () => {
    const body = await diffBodies(Buffer.from("\u001b[2Ja"), Buffer.from("b"), { isRaw: true, mask: revealing });
    expect(await printed(compared({}, {}, body))).toContain("-\\x1b[2Ja");
  });
});

test("for programs: the shape that is promised", async () => {
  const body = await diffBodies(Buffer.from('{"a":1}'), Buffer.from('{"a":2}'), { isRaw: false, mask: usualMask });
  const differing = compared(
    { headers: ["A", "1"], trailers: ["T", "1"] },
    { method: "PUT", target: "/x", headers: ["Authorization", "y"] },
    body,
  );
  const reordered = compared({ headers: ["A", "1", "B", "2"] }, { headers: ["B", "2", "A", "1"] }, same, true);
  for (const diff of [differing, reordered, compared({}, {})]) {
    const shape = diffToJson(diff, usualMask);
    expect(v.parse(jsonShapes.diff, shape)).toEqual(shape);
  }
  expect(diffToJson(differing, usualMask)).toMatchObject({
    equal: false,
    method: { left: "POST", right: "PUT" },
    headers: [
      { name: "A", change: "removed", left: ["1"], right: [] },
      { name: "Authorization", change: "added", left: [], right: ["••••"] },
    ],
    trailers: [{ name: "T", change: "removed" }],
    body: { comparison: "json", firstDifference: 5 },
  });
  expect(diffToJson(reordered, usualMask)).toHaveProperty("headerLines.right", [
    ["B", "2"],
    ["A", "1"],
  ]);
});

function compared(
  left: Partial<StoredRequest>,
  right: Partial<StoredRequest>,
  body = same,
  isRaw = false,
  [leftBytes, rightBytes]: readonly [number, number] = [8, 8],
): RequestDiff {
  return requestDiff(
    { request: sampleRequest(left), body: { sizeBytes: leftBytes, sha256: "l" } },
    { request: sampleRequest(right), body: { sizeBytes: rightBytes, sha256: "r" } },
    body,
    isRaw,
  );
}

async function printed(diff: RequestDiff, isRevealed = false): Promise<string> {
  const { at, out } = await recordedSurroundings();
  printDiff(at, diff, isRevealed ? revealing : usualMask);
  return out();
}
