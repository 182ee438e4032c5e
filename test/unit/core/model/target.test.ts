import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  distinctTargets,
  parseTarget,
  pathOnTarget,
  type Target,
  targetUrl,
} from "../../../../src/core/model/target.ts";
import { hostileText, latin1Text, nastyStrings } from "../../../helpers/hostile-text.ts";

const badValue = expect.objectContaining({ code: "BAD_VALUE" }) as Error;
const visible = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) });
const path = visible.map((text) => (text === "" ? "" : `/${text.replaceAll(/[?#]/g, "")}`));

describe("a target is read from", () => {
  test.each([
    ["8000", "http://localhost:8000", ""],
    ["8000/hooks", "http://localhost:8000", "/hooks"],
    [":8000", "http://localhost:8000", ""],
    [":8000/hooks", "http://localhost:8000", "/hooks"],
    ["localhost:8000", "http://localhost:8000", ""],
    ["localhost", "http://localhost", ""],
    ["/hooks", "http://localhost", "/hooks"],
    ["app.test/hooks/", "http://app.test", "/hooks/"],
    ["http://localhost:8000/", "http://localhost:8000", ""],
    ["HTTP://LocalHost:80/Hooks", "http://localhost", "/Hooks"],
    ["https://example.test:8443/a/../b//c", "https://example.test:8443", "/a/../b//c"],
    ["[::1]:8000/hooks", "http://[::1]:8000", "/hooks"],
    ["127.0.0.1:8000", "http://127.0.0.1:8000", ""],
    ["  localhost:8000 ", "http://localhost:8000", ""],
    ["localhost:8000/%2e%2E/%41", "http://localhost:8000", "/%2e%2E/%41"],
  ])("%j", (text, origin, expectedPath) => {
    expect(parseTarget(text, "--forward")).toMatchObject({ origin, path: expectedPath, query: undefined });
  });

  test("a URL with a query, which is kept as it was written", () => {
    expect(parseTarget("8000/hooks?a=%20&b", "--forward")).toMatchObject({ path: "/hooks", query: "a=%20&b" });
    expect(parseTarget("8000?a=1", "--forward")).toMatchObject({ path: "", query: "a=1" });
  });
});

describe("a target is refused when", () => {
  test.each([
    ["", "it is not an address"],
    ["http://", "it is not an address"],
    ["localhost:99999", "it is not an address"],
    ["local host", "it is not an address"],
    ["ftp://localhost", "ftp is not a way to post a request"],
    ["localhost:8000/#top", "the part behind # never reaches a server"],
    ["localhost:0", "nothing listens on port 0"],
    ["localhost/hö", "its path holds characters that must be written as %XX"],
    ["localhost/?q=\u0001", "its path holds characters that must be written as %XX"],
  ])("%j: %s", (text, problem) => {
    expect(() => parseTarget(text, "--forward")).toThrow(problem);
  });

  test.each(["user:hunter2@localhost:8000", "http://user:hunter2@localhost", "https://user:a@hunter2@localhost/x"])(
    "it holds a password, which the error does not repeat: %s",
    (text) => {
      expect(() => parseTarget(text, "--forward")).toThrow("a user and password do not belong into an address");
      expect(() => parseTarget(text, "--forward")).not.toThrow("hunter2");
    },
  );

  test("it is anything else: the error is always BAD_VALUE", () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.webUrl({ withFragments: true, withQueryParameters: true })), (text) => {
        try {
          const target = parseTarget(text, "--forward");
          expect(target.origin).toMatch(/^https?:\/\/[^/?#\s]+$/);
          expect(target.path + (target.query ?? "")).toMatch(/^[\u0021-\u007e]*$/);
        } catch (error) {
          expect(error).toEqual(badValue);
        }
      }),
      { examples: nastyStrings.map((text) => [text]) },
    );
  });
});

test("a target written in full is read back as the same target", () => {
  fc.assert(
    fc.property(
      path,
      fc.option(visible, { nil: undefined }),
      fc.integer({ min: 1, max: 65_535 }),
      (at, query, port) => {
        const target: Target = {
          origin: `http://localhost${port === 80 ? "" : `:${port}`}`,
          path: at === "/" ? "" : at,
          query: query?.replaceAll("#", ""),
        };
        const read = parseTarget(targetUrl(target), "--forward");
        expect(read).toEqual(target);
        expect(distinctTargets([read, target])).toHaveLength(1);
      },
    ),
  );
});

test("targets are the same only where origin, path and query are", () => {
  const parse = (text: string): Target => parseTarget(text, "--forward");
  expect(distinctTargets([parse("8000"), parse("http://localhost:8000/")])).toHaveLength(1);
  expect(distinctTargets([parse("8000"), parse("8000/a")])).toHaveLength(2);
  expect(distinctTargets([parse("8000"), parse("8000?a")])).toHaveLength(2);
  expect(distinctTargets([parse("8000"), parse("https://localhost:8000")])).toHaveLength(2);
});

describe("where a request goes on its target", () => {
  test.each([
    ["8000", "/", "/"],
    ["8000", "/a/b", "/a/b"],
    ["8000/hooks", "/", "/hooks"],
    ["8000/hooks/", "/", "/hooks/"],
    ["8000/hooks", "/stripe", "/hooks/stripe"],
    ["8000/hooks/", "/stripe", "/hooks/stripe"],
    ["8000/hooks", "/?a=1", "/hooks?a=1"],
    ["8000/hooks?k=v", "/x?a=1", "/hooks/x?k=v&a=1"],
    ["8000?k=v", "/", "/?k=v"],
    ["8000/hooks", "*", "/hooks"],
    ["8000", "*", "/"],
    ["8000/hooks", "http://evil.test/x?a", "/hooks/x?a"],
    ["8000/hooks", "http://evil.test", "/hooks"],
    ["8000/hooks", "http://evil.test?a", "/hooks?a"],
    ["8000", "example.test:443", "/example.test:443"],
    ["8000", "//evil.test/x", "//evil.test/x"],
    ["8000/hooks", "/../%2e%2e/ä?=&&?", "/hooks/../%2e%2e/ä?=&&?"],
  ])("%s and %s make %s", (target, asked, expected) => {
    expect(pathOnTarget(parseTarget(target, "--forward"), asked)).toBe(expected);
  });

  test("is always a path, whatever the sender asked for", () => {
    const target = fc.record({
      origin: fc.constant("http://localhost"),
      path,
      query: fc.option(visible, { nil: undefined }),
    });
    fc.assert(
      fc.property(target, latin1Text, (to, asked) => {
        expect(pathOnTarget(to, asked)).toMatch(/^\//);
      }),
    );
  });

  test("is the asked path and query to the byte where the target has none", () => {
    fc.assert(
      fc.property(latin1Text, (text) => {
        expect(pathOnTarget({ origin: "http://localhost", path: "" }, `/${text}`)).toBe(`/${text}`);
      }),
    );
  });
});
