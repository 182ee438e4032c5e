import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compareWithStore, digest } from "../helpers/acknowledged.ts";
import { Listener } from "../helpers/listener.ts";
import { idIn, inParallel, post } from "../helpers/load.ts";
import { OtherProcess } from "../helpers/other-process.ts";
import { rounds } from "../helpers/rounds.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

const CLIENTS = 8;
const REPLAYS = rounds(400);
/** Waiting for a lock inside SQLite took 1 to 2 s. */
const LONGEST_SLEEP_MS = 250;

test(
  "a listener under load and another process that replays write side by side: none is refused, and the listener never waits asleep",
  { timeout: 120_000 + REPLAYS * 50 },
  async () => {
    const folder = folderInMemory();
    const storePath = join(folder, "hooks.db");
    const watched = join(folder, "longest-sleep");
    const listener = await Listener.start([], storePath, {
      NODE_OPTIONS: `--import=${new URL("../helpers/asleep-watch.ts", import.meta.url).href}`,
      ASLEEP_WATCH: watched,
    });
    onTestFinished(() => listener.kill());
    expect(idIn(await post(listener.url, "first"))).toBe(1);
    process.kill(listener.pid, "SIGUSR2");

    const acknowledged = new Map([[1, digest("first")]]);
    const refused: unknown[] = [];
    const over = new AbortController();
    const replaying = new OtherProcess()
      .obey({ kind: "replays", path: storePath, count: REPLAYS })
      .finally(() => over.abort());
    await inParallel(CLIENTS, over.signal, async (agent, client) => {
      const body = JSON.stringify({ client, size: acknowledged.size, padding: "z".repeat(500) });
      const reply = await post(listener.url, body, agent);
      if (reply.status === 200) acknowledged.set(idIn(reply), digest(body));
      else refused.push(reply);
    });
    await replaying;
    await listener.stop();
    const asleepMs = Number(readFileSync(watched, "utf8"));
    console.log(`two writers: ${acknowledged.size} captured beside ${REPLAYS} replays, longest asleep ${asleepMs} ms`);
    expect({ refused, notices: listener.lines.filter(({ kind }) => kind === "notice") }).toEqual({
      refused: [],
      notices: [],
    });
    expect(acknowledged.size).toBeGreaterThan(100);
    expect(asleepMs).toBeLessThan(LONGEST_SLEEP_MS);
    expect(compareWithStore(storePath, acknowledged)).toMatchObject({ missing: [], different: [], quickCheck: "ok" });
  },
);

/** Where a sync costs nothing: how long a disk takes is not what is measured here. */
function folderInMemory(): string {
  if (!existsSync("/dev/shm")) return temporaryFolder();
  const folder = mkdtempSync("/dev/shm/hookcli-test-");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
