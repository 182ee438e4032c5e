import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConfigDocument } from "../../../../src/cli/config/config-document.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { hostileText } from "../../../helpers/hostile-text.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

function file(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

describe("JSON", () => {
  test("may have comments, trailing commas and a byte order mark", async () => {
    const path = file("a.jsonc", '\uFEFF// mine\n{ "db": "a.db", /* b */ "listen": { "forward": [8000,], }, }\n');
    const { content } = await readConfigDocument(path);
    expect(content).toEqual({ db: "a.db", listen: { forward: [8000] } });
  });

  test("that is empty holds nothing", async () => {
    expect((await readConfigDocument(file("a.json", "// nothing yet\n"))).content).toBeUndefined();
  });

  test.each([
    ['{\n  "db" "a.db"\n}', "2:8: colon expected"],
    ['{\r\n  "db": "a.db"\r\n  "listen": {}\r\n}', "3:3: comma expected"],
    ["{ db: 1 }", "1:3: invalid symbol"],
    ["{", "1:2: close brace expected"],
    ['{ "db": "a.db" } x', "1:18: invalid symbol"],
    ['{ "db": "a",\n  "db": "b" }', '2:3: "db" stands there twice'],
    ['{ "listen": { "port": 1, "port": 2 } }', '1:26: "port" stands there twice'],
  ])("that is broken tells where: %j", async (text, told) => {
    const path = file("a.json", text);
    await expect(readConfigDocument(path)).rejects.toThrow(`${path}:${told}`);
  });

  test("knows where each setting stands", async () => {
    const path = file(
      "a.jsonc",
      '{\n  "listen": {\n    "port": 1\n  },\n  "routes": [\n    {},\n    { "to": 1 }\n  ]\n}',
    );
    const { placeOf } = await readConfigDocument(path);
    expect(placeOf(["listen", "port"])).toBe(`${path}:3:5`);
    expect(placeOf(["routes", 1])).toBe(`${path}:7:5`);
    expect(placeOf(["routes", 1, "to"])).toBe(`${path}:7:7`);
    expect(placeOf([])).toBe(`${path}:1:1`);
    expect(placeOf(["routes", 0, "to"])).toBe(`${path}:6:5`);
    expect(placeOf(["nowhere", "at"])).toBe(`${path}:1:1`);
  });

  test("in package.json is the section of our name", async () => {
    const path = file("package.json", '{\n  "name": "shop",\n  "hookcli": { "db": "a.db" }\n}');
    const { content, placeOf } = await readConfigDocument(path);
    expect(content).toEqual({ db: "a.db" });
    expect(placeOf(["db"])).toBe(`${path}:3:16`);
  });

  test("is read or refused with a place, whatever it holds", async () => {
    const path = file("a.json", "");
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        writeFileSync(path, text);
        const message = await readConfigDocument(path).then(
          () => undefined,
          (error: unknown) => (error instanceof HookcliError ? error.message : "a bug"),
        );
        expect(message ?? `${path}:1:1: `).toMatch(/a\.json:\d+:\d+: /);
      }),
    );
  });

  test("cannot reach into anything by its names", async () => {
    const { content } = await readConfigDocument(file("a.json", '{ "__proto__": { "db": "x" } }'));
    expect(Object.keys(content as object)).toEqual(["__proto__"]);
  });
});

describe("a module", () => {
  test.each(["a.ts", "a.mts", "a.js", "a.mjs"])("%s is run, and its default export counts", async (name) => {
    const typed = name.endsWith("ts") ? "interface Port { readonly port: number }\n" : "";
    const path = file(name, `${typed}const port = 1 + 1;\nexport default { listen: { port } };\n`);
    const { content, placeOf } = await readConfigDocument(path);
    expect(content).toEqual({ listen: { port: 2 } });
    expect(placeOf(["listen", "port"])).toBe(path);
  });

  test("that throws tells what, and where", async () => {
    const path = file("a.mjs", "\nexport default { db: nowhere };\n");
    const read = readConfigDocument(path);
    await expect(read).rejects.toThrow(/a\.mjs(?::\d+:\d+)?: nowhere is not defined$/);
    await expect(read).rejects.toBeInstanceOf(HookcliError);
  });
});

test("a file that is not there is named", async () => {
  await expect(readConfigDocument(join(temporaryFolder(), "a.ts"))).rejects.toThrow(/cannot read .*a\.ts \(ENOENT\)/);
});
