import { describe, expect, test } from "vitest";
import { fieldOf, queryOf, httpUrl, keyFor } from "../../../../../src/core/schemes/handshakes/question.ts";
import { MessageView } from "../../../../../src/core/schemes/message-view.ts";
import { textBody } from "../../../../helpers/samples.ts";

describe("a field of the body", () => {
  test("is found at the end of its path", () => {
    expect(fieldOf(saying('{"a":{"b":[{"c":1}]}}'), "a.b.0.c")).toBe(1);
    expect(fieldOf(saying('{"a":null}'), "a")).toBeNull();
  });

  test.each(["", "{", "1", "null", '{"a":1}'])("is undefined in %j, which has none", (text) => {
    expect(fieldOf(saying(text), "a.b")).toBeUndefined();
    expect(fieldOf(saying(text), "constructor")).toBeUndefined();
  });
});

describe("the query", () => {
  test("is what stands behind the first question mark, decoded", () => {
    expect([...queryOf(asked("/a?x=1%202&y=?"))]).toEqual([
      ["x", "1 2"],
      ["y", "?"],
    ]);
  });

  test.each(["/a", "/a?", `/a?x=${"1".repeat(17 * 1024)}`])(
    "is empty where there is none or a very long one (%#)",
    (target) => {
      expect(queryOf(asked(target)).size).toBe(0);
    },
  );

  test("is read once", () => {
    const view = asked("/?a=1");
    expect(queryOf(view)).toBe(queryOf(view));
  });
});

describe("an address to visit", () => {
  test.each(["https://sns.us-east-1.amazonaws.com/?a=b&c=d", "http://localhost:3000", "HTTPS://a.example/x"])(
    "%s is an address as it was written",
    (text) => {
      expect(httpUrl(text)).toBe(text);
    },
  );

  test.each([
    "javascript:alert(1)",
    "file:///etc/passwd",
    "//a.example",
    "https://",
    "https:// a",
    "https://a\nb",
    "",
    1,
    undefined,
  ])("%j is none", (value) => {
    expect(httpUrl(value)).toBeUndefined();
  });
});

describe("the secret to answer with", () => {
  const own = { name: "own", text: "1", provider: "zoom" };
  const later = { name: "later", text: "2", provider: "zoom" };
  const forAll = { name: "for all", text: "3" };
  const others = { name: "other's", text: "4", provider: "stripe" };

  test("is one of the provider's own before one that is for all", () => {
    expect(keyFor("zoom", { facts: {}, secrets: [others, forAll, own, later] })).toBe(own);
    expect(keyFor("zoom", { facts: {}, secrets: [others, forAll] })).toBe(forAll);
  });

  test("is the one under which the signature held", () => {
    const facts = { verdict: { kind: "verified", secretName: "later" } } as const;
    expect(keyFor("zoom", { facts, secrets: [forAll, own, later] })).toBe(later);
  });

  test("is never that of another provider", () => {
    const facts = { verdict: { kind: "verified", secretName: "other's" } } as const;
    expect(keyFor("zoom", { facts, secrets: [others] })).toBeUndefined();
  });
});

function saying(text: string): MessageView {
  return new MessageView({ method: "POST", target: "/", headers: [], body: textBody(text) });
}

function asked(target: string): MessageView {
  return new MessageView({ method: "GET", target, headers: [], body: textBody("") });
}
