import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { jsonLinesOf, runBin } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { post } from "../helpers/load.ts";
import { SmallDisk } from "../helpers/small-disk.ts";
import { describeUnless } from "../helpers/tools.ts";

const BODY = "y".repeat(4_000);

describeUnless(SmallDisk.obstacle(), "prune on a full disk", () => {
  test("makes room though not a byte is left and nobody listens, and the ballast is taken again", async () => {
    const disk = new SmallDisk(12);
    const listener = await filledListener(disk);
    await listener.stop();
    disk.fillUpTo(0);
    const { code, out, err } = await runBin(["prune", "--keep", "10", "--json", "--db", listener.dbPath]);
    expect([code, err]).toEqual([0, ""]);
    const [pruned] = jsonLinesOf(out);
    expect(pruned).toMatchObject({ kind: "pruned", requests: 390 });
    const { before, after } = pruned as unknown as Readonly<Record<"before" | "after", { readonly total: number }>>;
    expect(after.total).toBeLessThan(before.total / 4);
    expect(existsSync(`${listener.dbPath}-ballast`)).toBe(true);
    expect(await runBin(["info", "--check", "--db", listener.dbPath])).toMatchObject({ code: 0 });
  });

  test("lets a listener that answered 503 go on", async () => {
    const disk = new SmallDisk(12);
    const listener = await filledListener(disk);
    disk.fillUpTo(0);
    while ((await post(listener.url, BODY)).status === 200);
    await listener.line(({ kind, code }) => kind === "notice" && code === "STORE_FULL");
    const pruned = await runBin(["prune", "--keep", "10", "--db", listener.dbPath]);
    expect([pruned.code, pruned.err]).toEqual([0, ""]);
    await listener.line(({ kind, code }) => kind === "notice" && code === "STORE_WELL");
    expect((await post(listener.url, BODY)).status).toBe(200);
    await listener.stop();
  });
});

/** 400 requests, some 2 MB, with the ballast in place. */
async function filledListener(disk: SmallDisk): Promise<Listener> {
  const listener = await Listener.start([], join(disk.folder, "hooks.db"));
  onTestFinished(() => listener.kill());
  for (let sent = 0; sent < 400; sent += 1) expect((await post(listener.url, BODY)).status).toBe(200);
  while (!existsSync(`${listener.dbPath}-ballast`)) await new Promise((resolve) => setImmediate(resolve));
  return listener;
}
