import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { post, runBin, RunningBin } from "../helpers/bin.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { OK, TargetServer } from "../helpers/target-server.ts";

describe("a configuration file", () => {
  test("of TypeScript in a CommonJS project is read without a word, from a folder below", async () => {
    const app = await TargetServer.answering(OK);
    onTestFinished(() => app.close());
    const folder = project({
      "package.json": "{}",
      "hookcli.config.ts": `interface Listen { readonly forward: string; readonly port: number }
const listen: Listen = { forward: "${app.origin}", port: 0 };
export default { db: "shop.db", listen };
`,
    });
    const bin = RunningBin.start(["listen", "--exit-after", "1"], {
      folder: join(folder, "src"),
      env: { HOME: folder },
    });
    const [, url = ""] = await bin.prints(/Capture {4}(http\S+)[^]*Forward {4}\S+[^]*Store {6}~\/shop\.db[^]*Waiting/);
    expect((await post(`${url}/hooks`)).status).toBe(200);
    expect(app.seen).toHaveLength(1);
    expect(await bin.ended()).toMatchObject({ code: 0, err: "" });
  });

  test.each([
    ["hookcli.config.js", "module.exports = { list: { limit: 0 } };\n"],
    ["hookcli.config.js", "export default { list: { limit: 0 } };\n"],
    ["hookcli.config.mjs", "export default { list: { limit: 0 } };\n"],
    ["hookcli.config.mts", "const limit: number = 0;\nexport default { list: { limit } };\n"],
    ["package.json", '{ "hookcli": { "list": { "limit": 0 } } }'],
  ])("%s is read without a word: %s", async (name, text) => {
    const folder = project({ [name]: text });
    const { code, err } = await runBin(["list"], { folder });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: list\.limit \(\S+\) cannot be "0": it must be a whole number[^\n]*\n[^\n]*\n$/);
  });

  test.each([
    ["hookcli.config.jsonc", '{\n  "listen": {\n    "prot": 1\n  }\n}', ':3:5: there is no setting "prot" in listen'],
    ["hookcli.config.json", '{\n  "listen" {}\n}', ":2:12: colon expected"],
    ["hookcli.config.ts", "\nenum Port {\n  a = 1,\n}\nexport default {};\n", ":2: TypeScript enum is not supported"],
    ["hookcli.config.ts", "\nexport default { db: nowhere };\n", ":2:22: nowhere is not defined"],
  ])("that is wrong stops a command with file and line: %s %j", async (name, text, told) => {
    const folder = project({ [name]: text });
    const { code, out, err } = await runBin(["list"], { folder });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`error: ${join(folder, name)}${told}`);
    expect((await runBin(["list", "--no-config"], { folder })).code).toBe(0);
    expect((await runBin(["list", "--help"], { folder })).code).toBe(0);
  });

  test("is written by init, and listen goes by it", async () => {
    const folder = project({});
    const made = await runBin(["init"], { folder });
    expect(made).toMatchObject({ code: 0, err: "" });
    expect(made.out).toMatch(/^wrote \S+hookcli\.config\.jsonc\n.*: hookcli listen\n$/);
    const bin = RunningBin.start(["listen", "--port", "0"], { folder });
    await bin.prints(/Forward {4}http:\/\/localhost:8000/);
    expect((await runBin(["init"], { folder })).code).toBe(4);
  });
});

function project(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "src"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
