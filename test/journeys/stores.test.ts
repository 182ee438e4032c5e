import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exampleQueries } from "../../scripts/docs/store-page.ts";
import { jsonLinesOf, listenPlainly, post, runBin, RunningBin } from "../helpers/bin.ts";
import { testWithTool } from "../helpers/tools.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

describe("where the store is", () => {
  test("by default in the data folder, for its owner alone", async () => {
    const { bin, url } = await listenPlainly();
    await post(url, "x".repeat(2 * 1024 * 1024));
    await bin.prints(/Store {6}~\/\.local\/share\/hookcli\/hooks\.db \(0 requests\)\n/);
    const folder = join(bin.folder, ".local/share/hookcli");
    expect(modeOf(folder)).toBe(0o700);
    expect(modeOf(join(folder, "hooks.db-bodies"))).toBe(0o700);
    for (const name of filesIn(folder)) expect([name, modeOf(join(folder, name))]).toEqual([name, 0o600]);
  });

  test("XDG_DATA_HOME moves it, HOOKCLI_DB names it, --db is stronger", async () => {
    const folder = temporaryFolder();
    const storeWith = async (flags: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> => {
      const { out } = await runBin(["listen", "--port", "0", "--for", "1ms", "--json", ...flags], { folder, env });
      return jsonLinesOf(out)[0]?.["store"];
    };
    const xdg = { XDG_DATA_HOME: join(folder, "data") };
    expect(await storeWith([], xdg)).toBe(join(folder, "data/hookcli/hooks.db"));
    expect(await storeWith([], { XDG_DATA_HOME: "relative" })).toBe(join(folder, ".local/share/hookcli/hooks.db"));
    expect(await storeWith([], { ...xdg, HOOKCLI_DB: "shop.db" })).toBe(join(folder, "shop.db"));
    expect(await storeWith(["--db", "other.db"], { HOOKCLI_DB: "shop.db" })).toBe(join(folder, "other.db"));
  });

  test("requests stay from run to run, and ids go on", async () => {
    const folder = temporaryFolder();
    for (const id of [1, 2]) {
      const { bin, url } = await listenPlainly(["--exit-after", "1"], { folder });
      expect(await (await post(url)).json()).toMatchObject({ id });
      expect((await bin.ended()).out).toContain(`(${id - 1} request${id === 2 ? "" : "s"})`);
    }
  });

  test("--ephemeral: a store of its own that is gone at the end", async () => {
    const folder = temporaryFolder();
    const { bin, url } = await listenPlainly(["--ephemeral", "--exit-after", "1"], { folder, env: { TMPDIR: folder } });
    const [, store = ""] = await bin.prints(/Store {6}(\S+) /);
    expect(existsSync(store.replace("~", folder))).toBe(true);
    await post(url);
    await bin.ended();
    expect(readdirSync(folder).filter((name) => name.startsWith("hookcli"))).toEqual([]);
  });
});

testWithTool(
  "sqlite3",
  "SQLite's own program reads the store while a listener runs, with the queries of docs/store.md",
  async () => {
    const { bin, url } = await listenPlainly();
    await post(url, '{"type":"order.completed"}');
    const store = join(bin.folder, ".local/share/hookcli/hooks.db");
    const printed = await Promise.all(
      exampleQueries.map(async ({ sql }) => {
        const query = sql.replace("= 42", "= 1");
        return RunningBin.spawn(["sqlite3", "-readonly", "-header", store, query]).ended();
      }),
    );
    expect(printed.map(({ code, err }) => [code, err])).toEqual(exampleQueries.map(() => [0, ""]));
    const all = printed.map(({ out }) => out).join("");
    expect(all).toContain('{"type":"order.completed"}\n');
    expect(all).toContain("request_id|type\n1|order.completed\n");
    expect(all).toMatch(/1\|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\|POST\|\/\|26\n/);
  },
);

describe("a store that cannot be used: exit 4, and nothing is changed", () => {
  test("a file of another kind", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "notes.txt");
    writeFileSync(path, "not a database, and long enough to be told from an empty one. ".repeat(20));
    const { code, err } = await runBin(["list", "--db", path], { folder });
    expect([code, err]).toEqual([
      4,
      `error: ${path} is not a hookcli store (it is no database)\n  Name another file: --db <file>. Nothing was changed.\n`,
    ]);
  });

  test("a folder that is none", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    const { code, err } = await runBin(["list", "--db", "file/hooks.db"], { folder });
    expect(code).toBe(4);
    expect(err).toMatch(/^error: cannot open the store \S+file\/hooks\.db \((?:ENOTDIR|EEXIST)\)\n/);
  });
});

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
