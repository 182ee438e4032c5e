import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Finished, jsonLinesOf } from "../helpers/bin.ts";
import { damagePagesOf, foldLog } from "../helpers/damage.ts";
import { Listener } from "../helpers/listener.ts";
import { post } from "../helpers/load.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

const COUNT = 200;
const LEFTOVER = "1.1-1.body";

test("says where the store is, what it holds, and which listener runs on it", async () => {
  const { listener, info } = await storeWithRequests();
  const { code, out } = await info();
  expect(code).toBe(0);
  expect(out).toMatch(/^store {7}\S+hooks\.db\nsize {8}\S+ .B \(database .*, log .*, bodies 1\.5 MB\)\n/);
  expect(out).toMatch(
    /\nrequests {4}201, 1 of them malformed\n {12}#1 \(.*\) to #201 \(.*\)\ndeliveries {2}0 with 0 attempts\n/,
  );
  expect(out).toContain(`\nrunning     listen  pid ${listener.pid}  ${listener.url}\n`);
  const [shape] = jsonLinesOf((await info("--json")).out);
  expect(shape).toMatchObject({
    kind: "info",
    exists: true,
    size: { bodies: 1_500_000 },
    stored: { requests: 201, malformed: 1, oldest: { id: 1 }, newest: { id: 201 } },
    sessions: [{ pid: listener.pid, capture: listener.url, command: "listen" }],
  });
  await listener.stop();
  expect((await info()).out).toMatch(/\nrunning {5}nothing\n$/);
});

test("a store that is not there yet is not made", async () => {
  const folder = temporaryFolder();
  const { code, out } = await runHere(["info", "--db", "hooks.db"], { folder });
  expect([code, out]).toEqual([0, expect.stringContaining("not there yet") as unknown]);
  expect(readdirSync(folder)).toEqual([]);
  const [shape] = jsonLinesOf((await runHere(["info", "--json", "--db", "hooks.db"], { folder })).out);
  expect(shape).toMatchObject({ exists: false, stored: null });
});

describe("--check", () => {
  test("a sound store is exit 0, while a listener runs on it too", async () => {
    const { info } = await storeWithRequests();
    expect(await info("--check")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\ncheck {7}sound\n$/) as unknown,
    });
  });

  test("a body file that is gone is exit 1 and named; one that is merely left over is told", async () => {
    const { listener, info } = await storeWithRequests();
    const folder = `${listener.dbPath}-bodies`;
    writeFileSync(join(folder, LEFTOVER), "x");
    const stray = await info("--check");
    expect([stray.code, stray.err]).toEqual([0, expect.stringContaining("1 body file is in no use") as unknown]);
    const [name = ""] = readdirSync(folder).filter((file) => file !== LEFTOVER);
    rmSync(join(folder, name));
    const lost = await info("--check");
    expect([lost.code, lost.out]).toEqual([1, expect.stringContaining(`body file lost: ${name}\n`) as unknown]);
    const [shape] = jsonLinesOf((await info("--check", "--json")).out);
    expect(shape).toMatchObject({ check: { sound: false, damage: null, missing: [name], stray: [LEFTOVER] } });
  });

  test("a damaged store is exit 1, and what can be saved is saved without touching it", async () => {
    const { listener, info } = await storeWithRequests();
    await listener.stop();
    foldLog(listener.dbPath);
    damagePagesOf(listener.dbPath, "requests", 2);
    const { code, out, err } = await info("--check");
    expect([code, out]).toEqual([1, expect.stringMatching(/\ncheck {7}damaged: /) as unknown]);
    expect(err).toContain(`hookcli info --db ${listener.dbPath} --recover ${listener.dbPath}.saved`);

    const before = digestOf(listener.dbPath);
    const saved = `${listener.dbPath}.saved`;
    const recovered = await info("--recover", saved);
    expect(recovered.code).toBe(0);
    const [, rows = "", unreadable = ""] = /\n {2}requests +(\d+) {2}(\d+) keys unreadable\n/.exec(recovered.out) ?? [];
    expect(Number(rows)).toBeGreaterThan(COUNT / 2);
    expect(Number(rows) + Number(unreadable)).toBe(COUNT + 1);
    expect(digestOf(listener.dbPath)).toBe(before);
    expect(await runHere(["info", "--check", "--db", saved])).toMatchObject({ code: 0 });
    const list = await runHere(["list", "--all", "--json", "--limit", "999", "--db", saved]);
    expect(jsonLinesOf(list.out)).toHaveLength(Number(rows));
    expect((await runHere(["show", "200", "--raw", "--db", saved])).stdout).toEqual(Buffer.alloc(1_500_000, "x"));

    const again = await info("--recover", saved);
    expect([again.code, again.err]).toEqual([4, expect.stringContaining("is there already") as unknown]);
  });
});

test("--settings prints each setting with its origin", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "hookcli.config.json"), '{\n  "listen": { "maxBody": "1MiB" }\n}\n');
  const { code, out } = await runHere(["info", "--settings"], { folder, env: { HOOKCLI_PORT: "4500" } });
  expect(code).toBe(0);
  expect(out).toMatch(/\nlisten\.port +4500 +\S*HOOKCLI_PORT\n|\nlisten\.port +4500 +.*HOOKCLI_PORT.*\n/);
  expect(out).toMatch(/\nlisten\.maxBody +1MiB +\S+hookcli\.config\.json:2:\d+\n/);
  expect(out).toMatch(/\nlisten\.timeout +30s +default\n/);
  const settings = jsonLinesOf((await runHere(["info", "--settings", "--json"], { folder })).out);
  expect(settings).toContainEqual({
    v: 1,
    kind: "setting",
    key: "listen.timeout",
    value: "30s",
    origin: "default",
  });
});

test("flags that ask for two things at once are exit 2", async () => {
  const { code, err } = await runHere(["info", "--check", "--recover", "x.db"]);
  expect([code, err]).toEqual([2, expect.stringContaining("--check and --recover exclude each other") as unknown]);
});

/** 199 small requests, a large one, and one that was no HTTP. */
async function storeWithRequests(): Promise<{
  readonly listener: Listener;
  readonly info: (...flags: readonly string[]) => Promise<Finished>;
}> {
  const dbPath = join(temporaryFolder(), "hooks.db");
  const listener = await Listener.start([], dbPath);
  onTestFinished(async () => listener.kill());
  for (let sent = 1; sent < COUNT; sent += 1) await post(listener.url, `{"sent":${sent}}`);
  await post(listener.url, Buffer.alloc(1_500_000, "x"));
  const sender = await RawClient.connect(listener.port);
  await sender.write("nonsense\r\n\r\n");
  await sender.replies(1);
  sender.close();
  return { listener, info: async (...flags) => runHere(["info", ...flags, "--db", dbPath]) };
}

function digestOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
