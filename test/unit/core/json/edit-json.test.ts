import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editJson, parseJsonEdit, parseTextEdit } from "../../../../src/core/json/edit-json.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { type JsonPath, jsonPathText } from "../../../../src/core/json/json-path.ts";
import { hostileText } from "../../../helpers/hostile-text.ts";

const set = (text: string, ...edits: readonly string[]): string =>
  editJson(
    text,
    edits.map((edit) => parseJsonEdit(edit, "--set-json")),
  ).text;

describe("an edit", () => {
  test.each([
    ["replaces a value and leaves every other byte", '{ "b": 1,\n  "a" :2 }', "a=3", '{ "b": 1,\n  "a" :3 }'],
    [
      "keeps digits that no number of JavaScript holds",
      '{"id":12345678901234567890,"n":1.50}',
      "x=1",
      '{"id":12345678901234567890,"n":1.50,"x":1}',
    ],
    ["keeps names that look like places in order", '{"10":1,"2":2}', "2=3", '{"10":1,"2":3}'],
    ["adds a field written like its neighbours", '{\n  "a": 1\n}', "b=2", '{\n  "a": 1,\n  "b": 2\n}'],
    ["adds to an empty object", "{}", "a=1", '{"a":1}'],
    ["adds objects and lists on the way", "{}", "a.b[0].c=1", '{"a":{"b":[{"c":1}]}}'],
    ["replaces within a list", "[1, 2, 3]", "[1]=0", "[1, 0, 3]"],
    ["adds to the end of a list", "[1, 2]", "[2]=3", "[1, 2,3]"],
    ["adds to an empty list", '{"a":[ ]}', "a[0]=1", '{"a":[1 ]}'],
    ["takes the last of repeated fields, as readers do", '{"a":1,"a":2}', "a=3", '{"a":1,"a":3}'],
    ["finds a name however it is escaped", '{"\\u0061":1}', "a=2", '{"\\u0061":2}'],
    ["replaces an object by a number", '{"a":{"b":[1]},"c":1}', "a=5", '{"a":5,"c":1}'],
    ["writes JSON as it was given", "{}", 'a={"z":1.0, "y":2}', '{"a":{"z":1.0, "y":2}}'],
  ])("%s", (_, text, edit, edited) => {
    expect(set(text, edit)).toBe(edited);
  });

  test("sees what the one before it did", () => {
    expect(set("{}", "a.b=1", "a.c=2", "a.b=3")).toBe('{"a":{"b":3,"c":2}}');
  });

  test("of text makes text, whatever it looks like, and says so where it was something else", () => {
    const edits = ["n=5", "s=5", 't="x"\n', "o=gone", "new=1"].map((text) => parseTextEdit(text, "--set"));
    const { text, notes } = editJson('{"n":1,"s":"1","t":"","o":{}}', edits);
    expect(JSON.parse(text)).toEqual({ n: "5", s: "5", t: '"x"\n', o: "gone", new: "1" });
    expect(notes).toEqual([
      "n was a number and is text now; --set-json n=5 sets it as JSON",
      "o was an object and is text now",
    ]);
  });
});

describe("an edit that cannot be made says where and why", () => {
  test.each([
    ["hello", "a=1", /it is not JSON/],
    ["", "a=1", /it is not JSON/],
    ['{"a":"x"}', "a.b=1", /a is text, and a\.b needs an object there/],
    ['{"a":1}', "a.b.c=1", /a is a number/],
    ['{"a":null}', "a.b=1", /a is null/],
    ['{"a":true}', "a[0]=1", /a is true, and a\[0\] needs a list there/],
    ['{"a":[1]}', "a.b=1", /a is a list/],
    ['{"a":{}}', "a[0]=1", /a is an object/],
    ["[1]", "a=1", /it is a list/],
    ["5", "a=1", /it is a number/],
    ["[1,2]", "[5]=1", /it has 2 elements/],
    ["{}", "a[1]=1", /a has 0 elements/],
  ])("%s with %s", (text, edit, message) => {
    expect(() => set(text, edit)).toThrow(expect.objectContaining({ code: "BODY_NOT_EDITABLE" }));
    expect(() => set(text, edit)).toThrow(message);
  });

  test("a value that is no JSON is refused before any body is looked at", () => {
    expect(() => parseJsonEdit("a=paid", "--set-json")).toThrow(/is not JSON/);
    expect(() => parseJsonEdit("a=", "--set-json")).toThrow(expect.objectContaining({ code: "BAD_VALUE" }));
  });
});

const name = hostileText
  .map((text) => text.toWellFormed())
  .filter((text) => !/^(?:__proto__|constructor|prototype)$/.test(text));
const path: fc.Arbitrary<JsonPath> = fc.array(fc.oneof(name, fc.constantFrom("a", "b"), fc.nat({ max: 3 })), {
  minLength: 1,
  maxLength: 5,
});

describe("whatever document and path", () => {
  test("what was set is what is found there, and nothing else is different", () => {
    fc.assert(
      fc.property(fc.json(), path, fc.json(), (text, at, value) => {
        const edited = tryEdit(text, at, value);
        if (edited === undefined) return;
        const after: unknown = JSON.parse(edited);
        expect(valueAt(after, at)).toEqual(JSON.parse(value));
        expect(tryEdit(edited, at, value)).toBe(edited);
        const [first, ...rest] = at;
        if (rest.length > 0 || typeof first !== "string") return;
        expect(without(after, first)).toEqual(without(JSON.parse(text), first));
      }),
      { numRuns: 500 },
    );
  });

  test("no prototype is touched, not even where the body brings such a name", () => {
    const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}';
    expect(set(text, "a=1")).toBe(`${text.slice(0, -1)},"a":1}`);
    expect(({} as Readonly<Record<string, unknown>>)["polluted"]).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("a");
  });

  test("text that is no JSON never does more harm than an error for people", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (text, edit) => {
        try {
          editJson(text, [parseTextEdit(edit, "--set")]);
        } catch (error) {
          expect(error).toBeInstanceOf(HookcliError);
        }
      }),
    );
  });
});

/** Undefined: the path does not fit the document. */
function tryEdit(text: string, at: JsonPath, value: string): string | undefined {
  try {
    return set(text, `${jsonPathText(at)}=${value}`);
  } catch (error) {
    expect(error).toBeInstanceOf(HookcliError);
    return undefined;
  }
}

function valueAt(value: unknown, at: JsonPath): unknown {
  return at.reduce((inner, step) => (inner as Readonly<Record<string | number, unknown>>)[step], value);
}

function without(value: unknown, field: string): unknown {
  return Object.entries(value as object).filter(([key]) => key !== field);
}
