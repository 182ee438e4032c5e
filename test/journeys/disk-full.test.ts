import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { Agent } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compareWithStore, digest } from "../helpers/acknowledged.ts";
import { Listener } from "../helpers/listener.ts";
import { idIn, inParallel, post, type Reply } from "../helpers/load.ts";
import { SmallDisk } from "../helpers/small-disk.ts";
import { root } from "../helpers/sources.ts";
import { describeUnless } from "../helpers/tools.ts";

const MIB = 1024 * 1024;
const CLIENTS = 8;
/** A connection for each: one that is kept could be closed while this process waits for a list. */
const unkept = new Agent();

describeUnless(SmallDisk.obstacle(), "on a full disk", () => {
  test("senders are told to come again, nothing acknowledged is lost, and capture goes on when there is room", async () => {
    const disk = new SmallDisk(16);
    disk.fill(6);
    const listener = await listenerOn(disk);
    const acknowledged = new Map<number, string>();
    const refused = await fillUp(listener, acknowledged);
    expect(refused).toMatchObject({ status: 503, headers: { "retry-after": "5", "x-hookcli-reason": "store-full" } });
    expect(acknowledged.size).toBeGreaterThan(100);
    await listener.line(({ kind, code }) => kind === "notice" && code === "STORE_FULL");

    disk.fillUpTo(0);
    expect(await post(listener.url, "x", unkept)).toMatchObject({ status: 503 });
    for (let look = 0; look < 5; look++) expect(listedIds(listener.dbPath)).toHaveLength(20);

    disk.makeRoom();
    const again = await untilTaken(listener);
    acknowledged.set(idIn(again), digest("again"));
    await listener.line(({ kind, code }) => kind === "notice" && code === "STORE_WELL");
    await listener.stop();
    expect(existsSync(`${listener.dbPath}-ballast`)).toBe(true);
    expect(compareWithStore(listener.dbPath, acknowledged)).toMatchObject({
      missing: [],
      different: [],
      quickCheck: "ok",
    });
  });

  test("a body too large for what is left is refused and leaves no file, and smaller ones are taken", async () => {
    const disk = new SmallDisk(8);
    const listener = await listenerOn(disk);
    disk.fillUpTo(2 * MIB);
    const refused = await post(listener.url, Buffer.alloc(4 * MIB, "x"), unkept);
    expect(refused).toMatchObject({ status: 503, headers: { "x-hookcli-reason": "store-full" } });
    const small = await untilTaken(listener);
    expect(readdirSync(`${listener.dbPath}-bodies`)).toEqual([]);
    expect(listedIds(listener.dbPath)).toEqual([idIn(small)]);
    await listener.stop();
  });

  test("what is stored can be looked at though not a byte is left and nobody listens", async () => {
    const disk = new SmallDisk(8);
    const listener = await listenerOn(disk);
    const id = idIn(await post(listener.url, "x", unkept));
    await listener.stop();
    disk.fillUpTo(0);
    expect(listedIds(listener.dbPath)).toEqual([id]);
  });
});

async function listenerOn(disk: SmallDisk): Promise<Listener> {
  const listener = await Listener.start([], join(disk.folder, "hooks.db"));
  onTestFinished(() => listener.kill());
  // It takes the ballast when it is up; a test that fills the disk before that has nothing to test.
  while (!existsSync(`${listener.dbPath}-ballast`)) await new Promise((resolve) => setImmediate(resolve));
  return listener;
}

/** Sends until one is refused, which it returns; remembers the others. */
async function fillUp({ url }: Listener, acknowledged: Map<number, string>): Promise<Reply | undefined> {
  const full = new AbortController();
  let refused: Reply | undefined;
  await inParallel(CLIENTS, full.signal, async (agent, client) => {
    const body = JSON.stringify({ client, padding: "y".repeat(4_000) });
    const reply = await post(url, body, agent);
    if (reply.status === 200) return void acknowledged.set(idIn(reply), digest(body));
    refused = reply;
    full.abort();
  });
  return refused;
}

/** Sends until one is taken. */
async function untilTaken({ url }: Listener): Promise<Reply> {
  for (;;) {
    const reply = await post(url, "again", unkept);
    if (reply.status === 200) return reply;
  }
}

function listedIds(dbPath: string): readonly unknown[] {
  const args = [join(root, "bin/hookcli.js"), "list", "--json", "--db", dbPath];
  const lines = execFileSync(process.execPath, args, { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => (JSON.parse(line) as { readonly request: { readonly id: number } }).request.id);
}
