import { describe, expect, test } from "vitest";
import {
  echoable,
  headerSafe,
  jsonReply,
  MOST_ECHOED_CHARACTERS,
  refused,
  textReply,
  tokenOf,
} from "../../../../../src/core/schemes/handshakes/replies.ts";

describe("what may be sent back", () => {
  const longest = "a".repeat(MOST_ECHOED_CHARACTERS);

  test.each(["a", "<b>\r\n", longest])("%# is a text that is neither empty nor too long", (text) => {
    expect(echoable(text)).toBe(text);
  });

  test.each(["", `${longest}a`, undefined, null, 1, { a: 1 }, ["a"]])("%# is not", (value) => {
    expect(echoable(value)).toBeUndefined();
  });

  test("is a token only without anything between its letters", () => {
    expect(tokenOf("qgg8vlvZRS6UYooatFL8Aw==_-/+")).toBe("qgg8vlvZRS6UYooatFL8Aw==_-/+");
    for (const text of ["a b", "v0:1:x", "a\n", "é", ""]) expect(tokenOf(text)).toBeUndefined();
  });

  test("may stand in a header only where nothing in it ends the line", () => {
    expect(headerSafe("a b; c")).toBe("a b; c");
    for (const text of ["a\r\nb: c", "a\n", "\ta", " a", "a ", "\u007f", "é"]) expect(headerSafe(text)).toBeUndefined();
  });
});

describe("a reply", () => {
  test("is never taken for a page", () => {
    const headers = ["Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff"];
    expect(textReply("<b>")).toEqual({ status: 200, headers, body: "<b>" });
    expect(jsonReply({ a: "<b>" })).toMatchObject({ status: 200, body: '{"a":"<b>"}' });
    expect(jsonReply({}).headers).toEqual(["Content-Type", "application/json", "X-Content-Type-Options", "nosniff"]);
  });

  test("that refuses says so to the sender, and why to the person", () => {
    expect(refused("No key.")).toMatchObject({ note: "No key.", reply: { status: 403 } });
    expect(refused("No key.", 401).reply).toMatchObject({ status: 401, body: "hookcli does not confirm this\n" });
  });
});
