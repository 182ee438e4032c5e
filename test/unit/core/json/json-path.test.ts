import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { type JsonPath, jsonPathText, readJsonPath } from "../../../../src/core/json/json-path.ts";
import { hostileText } from "../../../helpers/hostile-text.ts";

const read = (text: string) => readJsonPath(text, "--set", "--set a.b[0]=1");

describe("a path before the equals sign", () => {
  test.each<[string, JsonPath, string]>([
    ["a=1", ["a"], "1"],
    ["data.items[0].price=", ["data", "items", 0, "price"], ""],
    ["[2].id=x=y", [2, "id"], "x=y"],
    ["a[0][1]=", ["a", 0, 1], ""],
    ["0.1=", ["0", "1"], ""],
    ["größe.日本=1", ["größe", "日本"], "1"],
    ['["a.b=c"].d=1', ["a.b=c", "d"], "1"],
    ['a["\\"x"]=1', ["a", '"x'], "1"],
    ['[""]=1', [""], "1"],
    ["a b=1", ["a b"], "1"],
  ])("%s", (text, path, rest) => {
    expect(read(text)).toEqual({ path, rest });
  });

  test.each([
    "",
    "a",
    "=1",
    ".a=1",
    "a..b=1",
    "a.=1",
    "a[x]=1",
    "a[0=1",
    "a[-1]=1",
    "a[1.5]=1",
    "[0]b=1",
    'a["x]=1',
    '["\\q"]=1',
    "a]=1",
    " a=1",
    `${"a.".repeat(200)}a=1`,
  ])("%j is none, and the error names it", (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: "BAD_VALUE" }));
    expect(() => read(text)).toThrow(JSON.stringify(text).slice(0, 10));
  });

  test.each(["__proto__=1", "a.constructor=1", 'a["prototype"].x=1', "a[0].__proto__.x=1"])("%s is refused", (text) => {
    expect(() => read(text)).toThrow(/is never set/);
  });

  test("whatever is written, it is a path or a mistake of the person", () => {
    fc.assert(
      fc.property(
        fc.oneof(hostileText, fc.string({ unit: fc.constantFrom("a", "b", ".", "[", "]", "=", '"', "\\", "0", " ") })),
        (text) => {
          try {
            const { path } = read(text);
            expect(path.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(HookcliError);
          }
        },
      ),
    );
  });
});

test("a path that is written out reads as the same path", () => {
  const step = fc.oneof(
    fc.nat({ max: 999_999_999 }),
    hostileText
      .map((text) => text.toWellFormed())
      .filter((text) => !/^(?:__proto__|constructor|prototype)$/.test(text)),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (path) => {
      expect(read(`${jsonPathText(path)}=v`)).toEqual({ path, rest: "v" });
    }),
  );
});
