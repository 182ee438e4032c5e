import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/core/model/clock.ts";
import { Store } from "../../src/io/store/store.ts";
import { binPath, type Finished, jsonLinesOf, RunningBin } from "../helpers/bin.ts";
import { fillStore } from "../helpers/filled-store.ts";
import { Listener } from "../helpers/listener.ts";
import { post } from "../helpers/load.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { testWithTool } from "../helpers/tools.ts";

const LARGE = Buffer.alloc(1_500_000, "x");

describe("rm", () => {
  test("removes one request, and says what went; its id never comes back", async () => {
    const { listener, run } = await storeWith(3);
    const removed = await run("rm", "3");
    expect([removed.code, removed.out, removed.err]).toEqual([0, "removed 1 request with 2 B of bodies (#3)\n", ""]);
    expect(await ids(run)).toEqual([2, 1]);
    expect((await run("show", "3")).code).toBe(3);
    await post(listener.url, "{}");
    expect(await ids(run)).toEqual([4, 2, 1]);
  });

  test("removes a range, or what a filter finds, only when that is confirmed", async () => {
    const { run } = await storeWith(6);
    const refused = await run("rm", "2..4");
    expect(refused.code).toBe(2);
    expect(refused.err).toBe(
      "error: 3 requests (#2, #3, #4) would be removed, and nobody can be asked here whether that is meant\n" +
        "  Add --yes to do it, or --dry-run to see what it would be\n",
    );
    expect(await ids(run)).toHaveLength(6);
    expect((await run("rm", "2..4", "1", "--yes")).out).toMatch(/^removed 4 requests .*\(#1, #2, #3, #4\)\n$/);
    expect(await ids(run)).toEqual([6, 5]);
    expect((await run("rm", "--filter", "path:/hooks/4", "--json")).code).toBe(0);
    expect(await ids(run)).toEqual([6]);
  });

  test("--dry-run tells the same and removes nothing", async () => {
    const { run } = await storeWith(4);
    expect((await run("rm", "--since", "1h", "--dry-run")).out).toMatch(
      /^would remove 4 requests .*\(#1, #2, #3, #4\)\n$/,
    );
    const [shape] = jsonLinesOf((await run("rm", "latest", "--dry-run", "--json")).out);
    expect(shape).toMatchObject({ kind: "removed", dryRun: true, requests: 1, ids: [4], left: [] });
    expect(await ids(run)).toHaveLength(4);
  });

  test("what is not there is exit 3, and nothing else is removed either", async () => {
    const { run } = await storeWith(2);
    for (const names of [["9"], ["1", "9"], ["7..9"], ["latest~5"], ["--filter", "path:/nowhere"], ["--failed"]]) {
      const { code, err } = await run("rm", ...names, "--yes");
      expect([names, code]).toEqual([names, 3]);
      expect(err).toMatch(/^error: (?:there is no request \S+ in|no request in) \S+hooks\.db/);
    }
    expect(await ids(run)).toHaveLength(2);
  });

  test("a command line that names nothing, or nonsense, is exit 2 and says how it is done", async () => {
    const { run } = await storeWith(1);
    expect(await run("rm")).toMatchObject({ code: 2, err: expect.stringContaining("no request is named") as unknown });
    expect(await run("rm", "5..2")).toMatchObject({ code: 2, err: expect.stringContaining("2..5") as unknown });
    expect((await run("rm", "--filter", "stauts:500")).code).toBe(2);
  });

  test("a request whose delivery is running is left, and that is said", async () => {
    const app = createServer((request) => request.resume()).listen(0, "127.0.0.1");
    const reached = once(app, "request");
    onTestFinished(() => app.closeAllConnections());
    await once(app, "listening");
    const { listener, run } = await storeWith(0, ["--forward", String((app.address() as AddressInfo).port)]);
    const sent = post(listener.url, "{}").catch(() => undefined);
    await reached;
    const { code, out, err } = await run("rm", "1");
    expect([code, out, err]).toEqual([1, "removed no request (#1)\n", "left #1: a delivery of it is running\n"]);
    const [shape] = jsonLinesOf((await run("rm", "1", "--json")).out);
    expect(shape).toMatchObject({ requests: 0, left: [1], ids: [] });
    app.closeAllConnections();
    await sent;
    app.close();
  });

  test("a body file goes with its request", async () => {
    const { listener, run } = await storeWith(0);
    await post(listener.url, LARGE);
    expect(readdirSync(`${listener.dbPath}-bodies`)).toHaveLength(1);
    expect((await run("rm", "latest")).out).toBe("removed 1 request with 1.5 MB of bodies (#1)\n");
    expect(readdirSync(`${listener.dbPath}-bodies`)).toEqual([]);
  });

  testWithTool("script", "asks on a terminal: y removes, anything else does not, exit 1", async () => {
    const { listener, run } = await storeWith(3);
    const answering = async (answer: string): Promise<Finished> =>
      RunningBin.spawn(
        ["sh", "-c", `printf '${answer}\\n' | script -qfec '"$NODE" "$BIN" rm 1..2 --color never' /dev/null`],
        {
          env: { NODE: process.execPath, BIN: binPath, HOOKCLI_DB: listener.dbPath },
        },
      ).ended();
    const no = await answering("n");
    expect(no.out).toContain("Remove 2 requests (#1, #2) for good? [y/N]");
    expect(no.out).toContain("nothing was removed");
    expect(no.code).toBe(1);
    expect(await ids(run)).toHaveLength(3);
    const yes = await answering("y");
    expect([yes.code, yes.out]).toEqual([0, expect.stringContaining("removed 2 requests") as unknown]);
    expect(await ids(run)).toEqual([3]);
  });
});

describe("prune", () => {
  test("--keep removes the oldest while a listener runs, and the store gets smaller", async () => {
    const { listener, run } = await storeWith(40, [], "x".repeat(20_000));
    const { code, out } = await run("prune", "--keep", "5");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^removed 35 requests with 700 kB of bodies\nthe store takes \S+ .B → \S+ .B \(database .*\)\n$/,
    );
    expect(await ids(run)).toEqual([40, 39, 38, 37, 36]);
    expect(statSync(listener.dbPath).size).toBeLessThan(300_000);
    await post(listener.url, "{}");
    expect(await ids(run)).toHaveLength(6);
  });

  test("--max-size counts body files, --dry-run changes nothing", async () => {
    const { listener, run } = await storeWith(0);
    for (let count = 0; count < 4; count += 1) await post(listener.url, LARGE);
    await listener.stop();
    expect((await run("prune", "--max-size", "4MB", "--dry-run")).out).toMatch(/^would remove 2 requests /);
    expect(await ids(run)).toHaveLength(4);
    const [shape] = jsonLinesOf((await run("prune", "--max-size", "4MB", "--json")).out);
    expect(shape).toMatchObject({ kind: "pruned", dryRun: false, requests: 2, after: { bodies: 3_000_000, log: 0 } });
    expect(await ids(run)).toEqual([4, 3]);
  });

  test("--older-than takes what came longer ago, and remembers its events", async () => {
    const { run } = await storeWith(3, [], '{"id":"evt_1","type":"order.completed"}');
    expect((await run("prune", "--older-than", "1h")).out).toMatch(/^removed no request\n/);
    expect((await run("prune", "--older-than", "0")).out).toMatch(/^removed 3 requests /);
    expect((await run("info")).out).toContain("ids of 1 event remembered, for 72 hours");
  });

  test.each([
    [["--keep", "-1"], "it must be a whole number"],
    [["--older-than", "soon"], "it is not a duration"],
    [["--max-size", "10kB"], "an empty store takes nearly as much"],
  ])("%j is refused, exit 2", async (flags, why) => {
    const { code, err } = await runHere(["prune", ...flags]);
    expect([code, err]).toEqual([2, expect.stringContaining(why) as unknown]);
  });
});

test("listen --keep prunes by itself, and what comes in meanwhile is captured", async () => {
  const dbPath = join(temporaryFolder(), "hooks.db");
  const before = new Store({ path: dbPath, clock: systemClock, pid: process.pid, busyTimeoutMs: 1000 });
  await fillStore(before, 900);
  before.close();
  const listener = await Listener.start(["--keep", "10"], dbPath);
  onTestFinished(async () => listener.kill());
  const run = runOn(dbPath);
  for (let sent = 0; sent < 20; sent += 1) expect((await post(listener.url, "{}")).status).toBe(200);
  // After its start it works in slices; the newest ten of what was there stay, and what came after that.
  while ((await ids(run)).some((id) => id <= 890));
  const left = await ids(run);
  expect(left.slice(0, 10)).toEqual([920, 919, 918, 917, 916, 915, 914, 913, 912, 911]);
  expect(left.at(-1)).toBeGreaterThan(890);
  await listener.stop();
  expect(existsSync(dbPath)).toBe(true);
});

type Run = (...args: readonly string[]) => Promise<Finished>;

/** A listener that has captured so many requests, to /hooks/0, /hooks/1 …, and a function that runs the bin on its store. */
async function storeWith(
  count: number,
  args: readonly string[] = [],
  body = "{}",
): Promise<{ readonly listener: Listener; readonly run: Run }> {
  const dbPath = `${temporaryFolder()}/hooks.db`;
  const listener = await Listener.start(args, dbPath);
  onTestFinished(async () => listener.kill());
  for (let sent = 0; sent < count; sent += 1) await post(`${listener.url}/hooks/${sent}`, body);
  return { listener, run: runOn(dbPath) };
}

function runOn(dbPath: string): Run {
  return async (...args) => runHere(args, { env: { HOOKCLI_DB: dbPath } });
}

async function ids(run: Run): Promise<readonly number[]> {
  const lines = jsonLinesOf((await run("list", "--json", "--limit", "5000")).out);
  return lines.map(({ request }) => (request as { readonly id: number }).id);
}
