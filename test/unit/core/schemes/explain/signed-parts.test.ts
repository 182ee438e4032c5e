import { expect, test } from "vitest";
import { signedParts } from "../../../../../src/core/schemes/explain/signed-parts.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

test("pieces are named by the template, whether they come one by one or together", () => {
  const named = [
    { name: "ts", text: "17", sizeBytes: 2 },
    { name: "text", text: ".", sizeBytes: 1 },
    { name: "body", text: undefined, sizeBytes: 9 },
  ];
  const values = { ts: "17" };
  expect(signedParts([bytes("17."), "body"], "{ts}.{body}", values, 9, [])).toEqual(named);
  expect(signedParts([bytes("17"), bytes("."), "body"], "{ts}.{body}", values, 9, [])).toEqual(named);
});

test("what is not known is what is left between", () => {
  expect(signedParts([bytes("msg_1.17."), "body"], "{id}.{ts}.{body}", { ts: "17" }, 0, []).slice(0, 3)).toEqual([
    { name: "id", text: "msg_1", sizeBytes: 5 },
    { name: "text", text: ".", sizeBytes: 1 },
    { name: "ts", text: "17", sizeBytes: 2 },
  ]);
});

test("characters with a meaning in patterns are themselves", () => {
  const url = "https://a.test/x?(y)[z]*";
  const parts = signedParts([bytes(url), "body", bytes("5")], "{url}{body}{ts}", { url, ts: "5" }, 3, []);
  expect(parts.map(({ name }) => name)).toEqual(["url", "body", "ts"]);
});

test("a secret is never shown", () => {
  expect(signedParts([bytes("s3cret"), "body"], "{secret}{body}", {}, 1, ["s3cret"])[0]).toEqual({
    name: "secret",
    text: undefined,
    sizeBytes: 6,
  });
  expect(signedParts([bytes("s3cret+1")], "the fields, sorted", {}, 1, ["", "s3cret"])).toEqual([
    { name: "other", text: undefined, sizeBytes: 8 },
  ]);
});

test("of what only code knows, an address at its start is told apart", () => {
  const url = "https://a.test/x";
  expect(signedParts([bytes(`${url}Body1`)], "the address and the fields", { url }, 1, ["token"])).toEqual([
    { name: "url", text: url, sizeBytes: 16 },
    { name: "other", text: "Body1", sizeBytes: 5 },
  ]);
  expect(signedParts([bytes(url)], "the address and the fields", { url }, 1, [])).toHaveLength(1);
  expect(signedParts([bytes("1.")], "the fields", { url: "" }, 1, [])).toEqual([
    { name: "other", text: "1.", sizeBytes: 2 },
  ]);
});

test("the body alone has no empty pieces around it", () => {
  expect(signedParts(["body"], "{body}", {}, 4, [])).toEqual([{ name: "body", text: undefined, sizeBytes: 4 }]);
});
