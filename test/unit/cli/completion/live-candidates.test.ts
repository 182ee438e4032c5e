import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../../../src/cli/commands/index.ts";
import { liveCandidates } from "../../../../src/cli/completion/live-candidates.ts";
import { FILTER_KEYS } from "../../../../src/core/filter/filter-keys.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { openStore } from "../../../helpers/stores.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../helpers/surroundings.ts";

const DEFAULT_STORE = ".local/share/hookcli/hooks.db";

/** What is offered for a line, in a fresh folder that is home too. */
async function scene(words: readonly string[] = [], wanted: SurroundingsWanted = {}) {
  const { at, folder } = await recordedSurroundings(wanted);
  const live = liveCandidates({ words: words.map((word) => word.replace("~", folder)), commands, at });
  const ids = async (): Promise<readonly string[]> =>
    (await live.requests("")).flatMap(({ value }) => (/^\d+$/.test(value) ? [value] : []));
  return { live, folder, ids };
}

/** A store that holds requests with events of these types, oldest first. */
async function storeAt(path: string, types: readonly (string | undefined)[]): Promise<Store> {
  const store = openStore({ path });
  for (const [place, eventType] of types.entries())
    await store.insertRequest(capturedRequest({ target: `/${place + 1}` }), {
      event: eventType === undefined ? {} : { eventType },
    });
  return store;
}

describe("requests", () => {
  test("are the newest by their ids, with what they are, and `latest`", async () => {
    const { live, folder } = await scene(["show", "--db", "~/hooks.db"]);
    await storeAt(join(folder, "hooks.db"), ["order.paid", undefined]);
    expect(await live.requests("")).toEqual([
      { value: "2", says: "POST /2" },
      { value: "1", says: "POST /1 order.paid" },
      { value: "latest", says: "the newest one" },
    ]);
  });

  test("are thirty and no more", async () => {
    const { ids, folder } = await scene(["--db=~/hooks.db"]);
    await storeAt(
      join(folder, "hooks.db"),
      Array.from({ length: 31 }, () => undefined),
    );
    expect([(await ids()).length, (await ids())[0]]).toEqual([30, "31"]);
  });

  test("may be named by type: each once, and none that a shell would obey", async () => {
    const { live, folder } = await scene(["--db=~/hooks.db"]);
    await storeAt(join(folder, "hooks.db"), ["order.paid", "$(id)", "a b", "order.paid", "a/b:c@d-e"]);
    const byType = (await live.requests("latest:")).filter(({ value }) => value.startsWith("latest:"));
    expect(byType.map(({ value }) => value)).toEqual(["latest:a/b:c@d-e", "latest:order.paid"]);
    expect((await live.requests("l")).filter(({ value }) => value.startsWith("latest:"))).toEqual([]);
  });

  test("are none where there is no store, and none is made", async () => {
    const { live, folder } = await scene();
    expect([await live.requests(""), existsSync(join(folder, DEFAULT_STORE))]).toEqual([[], false]);
  });

  test("are none where it is no store, or an empty one", async () => {
    const { live, folder } = await scene(["--db", "~/hooks.db"]);
    writeFileSync(join(folder, "hooks.db"), "no database ".repeat(100));
    expect(await live.requests("")).toEqual([]);
    const empty = await scene(["--db", "~/hooks.db"]);
    await storeAt(join(empty.folder, "hooks.db"), []);
    expect(await empty.live.requests("")).toEqual([]);
  });
});

describe("the store is the one that the line would use", () => {
  const config = JSON.stringify({ db: "file.db" });

  test.each<[string, readonly string[], Record<string, string>, string, readonly string[]]>([
    ["what --db says", ["--db", "~/line.db"], { HOOKCLI_DB: "env.db" }, "hookcli.config.json", ["3", "2", "1"]],
    ["the last --db", ["--db", "~/env.db", "--db", "~/line.db"], {}, "none.json", ["3", "2", "1"]],
    ["else the environment's", [], { HOOKCLI_DB: "env.db" }, "hookcli.config.json", ["2", "1"]],
    ["else the project's file's", [], {}, "hookcli.config.json", ["1"]],
    ["or that of the file that --config names", ["--config", "other.json"], {}, "other.json", ["1"]],
    ["or that of HOOKCLI_CONFIG", [], { HOOKCLI_CONFIG: "other.json" }, "other.json", ["1"]],
    ["not the file's with --no-config", ["--no-config"], {}, "hookcli.config.json", []],
    ["not that of a program, which is not run", [], {}, "hookcli.config.mjs", []],
  ])("%s", async (_, words, env, file, offered) => {
    const { ids, folder } = await scene(words, { env });
    writeFileSync(join(folder, file), file.endsWith("mjs") ? `export default ${config}` : config);
    for (const [place, name] of ["file.db", "env.db", "line.db"].entries())
      await storeAt(
        join(folder, name),
        Array.from({ length: place + 1 }, () => undefined),
      );
    expect(await ids()).toEqual(offered);
  });
});

describe("terms of a filter", () => {
  test("are its keys, with what they mean", async () => {
    const { live } = await scene();
    expect(await live.filterTerms("s")).toEqual(
      FILTER_KEYS.map(({ key, summary }) => ({ value: `${key}:`, says: summary })),
    );
  });

  test.each(["status", "is", "sig"])("are all that there is where there is little: %s", async (key) => {
    const { live } = await scene();
    const values = (await live.filterTerms(`${key}:x`)).map(({ value }) => value);
    expect(values).toEqual(FILTER_KEYS.find((known) => known.key === key)?.examples);
  });

  test("are types that have come", async () => {
    const { live, folder } = await scene(["--db", "~/hooks.db"]);
    await storeAt(join(folder, "hooks.db"), ["order.paid", "`id`"]);
    expect((await live.filterTerms("type:o")).map(({ value }) => value)).toEqual(["type:order.paid"]);
  });
});

describe("providers", () => {
  const schemes = { "our-shop": { title: "Our shop", signature: { headers: { "X-Shop": "{sig}" } } } };

  test("are a person's own, and those that are known to all", async () => {
    const { live, folder } = await scene();
    writeFileSync(join(folder, "hookcli.config.json"), JSON.stringify({ schemes }));
    const [first, ...others] = await live.providers();
    expect(first).toEqual({ value: "our-shop", says: "Our shop" });
    expect(others).toContainEqual({ value: "stripe", says: "Stripe" });
  });

  test.each([
    ["hookcli.config.json", "{ broken"],
    ["hookcli.config.mjs", `export default ${JSON.stringify({ schemes })}`],
  ])("are those that are known to all where %s cannot be read", async (name, text) => {
    const { live, folder } = await scene();
    writeFileSync(join(folder, name), text);
    const values = (await live.providers()).map(({ value }) => value);
    expect([values.includes("our-shop"), values.includes("stripe")]).toEqual([false, true]);
  });
});
