import { expect, test } from "vitest";
import type { HeaderPairs } from "../../../../../src/core/model/headers.ts";
import { type Expected, readingsOf } from "../../../../../src/core/schemes/explain/readings.ts";
import { MessageView } from "../../../../../src/core/schemes/message-view.ts";
import { hmacHex } from "../../../../helpers/explained.ts";
import { textBody } from "../../../../helpers/samples.ts";

const sig = hmacHex("a");

function read(headers: HeaderPairs, changes: Partial<Expected> = {}): unknown[] {
  const view = new MessageView({ method: "POST", target: "/", headers, body: textBody("") });
  const prefixIn = (name: string): string | undefined => (name.toLowerCase() === "x-sig" ? "sha256=" : undefined);
  const expected: Expected = { encoding: "hex", signatures: [], prefixIn, ...changes };
  return readingsOf(view, expected).map(({ text, place, mutations }) => [
    place,
    text,
    ...mutations.map(({ mutation, detail }) => (detail === undefined ? mutation.name : `${mutation.name} ${detail}`)),
  ]);
}

test("what the scheme reads itself comes first and needs nothing overlooked", () => {
  const signatures = [{ text: sig, place: "X-Sig" }];
  expect(read(["X-Sig", `sha256=${sig}`], { signatures })).toEqual([["X-Sig", sig]]);
});

test("in the scheme's own header another prefix is overlooked, the right one is not", () => {
  expect(read(["x-sig", `v1=${sig}`])).toEqual([["x-sig", sig, "signature-prefix"]]);
  expect(read(["X-Sig", `sha256=${sig}`])).toEqual([["X-Sig", sig]]);
});

test("any other header may hold it, as an item and in quotes too", () => {
  expect(read(["Cookie", "a=b", "X-Other", `t=1, v1="${sig}"`])).toEqual([["X-Other", sig, "other-header"]]);
});

test("another encoding is told by its name", () => {
  const base64 = Buffer.from(sig, "hex").toString("base64");
  expect(read(["X-Sig", `sha256=${base64}`])).toEqual([["X-Sig", base64, "signature-encoding base64"]]);
  expect(read(["X-Sig", `sha256=${sig.toUpperCase()}`])).toEqual([["X-Sig", sig.toUpperCase(), "upper-case-hex"]]);
});

test("a hostile head gives no more than 64, and long values none", () => {
  const many = Array.from({ length: 200 }, (_, at) => hmacHex(String(at))).flatMap((one) => ["X-A", one]);
  expect(read(many)).toHaveLength(64);
  expect(read(["X-A", `${sig},`.repeat(1000)])).toEqual([]);
});
