import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compareWithStore, digest } from "../helpers/acknowledged.ts";
import { Listener } from "../helpers/listener.ts";
import { idIn, inParallel, post } from "../helpers/load.ts";
import { OtherProcess } from "../helpers/other-process.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

const CLIENTS = 8;
const FOR_MS = Number(process.env["TWO_WRITERS_SECONDS"] ?? 10) * 1000;
/** Waiting for a lock inside SQLite took 1 to 2 s; what is allowed is what a busy machine takes away by itself. */
const LONGEST_BLOCK_MS = 250;

test(
  "a listener under load and another process that replays write side by side: none is refused, and the listener never stands still",
  { timeout: 60_000 + FOR_MS * 2 },
  async () => {
    const folder = folderInMemory();
    const storePath = join(folder, "hooks.db");
    const watched = join(folder, "longest-block");
    const listener = await Listener.start([], storePath, {
      NODE_OPTIONS: `--import=${new URL("../helpers/loop-watch.ts", import.meta.url).href}`,
      LOOP_WATCH: watched,
    });
    onTestFinished(() => listener.kill());
    expect(idIn(await post(listener.url, "first"))).toBe(1);
    process.kill(listener.pid, "SIGUSR2");

    const acknowledged = new Map([[1, digest("first")]]);
    const refused: unknown[] = [];
    const over = new AbortController();
    const replaying = new OtherProcess()
      .obey({ kind: "replays", path: storePath, forMs: FOR_MS })
      .finally(() => over.abort());
    await inParallel(CLIENTS, over.signal, async (agent, client) => {
      const body = JSON.stringify({ client, size: acknowledged.size, padding: "z".repeat(500) });
      const reply = await post(listener.url, body, agent);
      if (reply.status === 200) acknowledged.set(idIn(reply), digest(body));
      else refused.push(reply);
    });
    const replays = await replaying;
    await listener.stop();
    const blockedMs = Number(readFileSync(watched, "utf8"));
    console.log(
      `two writers, ${FOR_MS / 1000} s: ${acknowledged.size} captured, ${String(replays)} replayed, longest block ${blockedMs} ms`,
    );
    expect({ refused, notices: listener.lines.filter(({ kind }) => kind === "notice") }).toEqual({
      refused: [],
      notices: [],
    });
    expect(replays).toBeGreaterThan(10);
    expect(blockedMs).toBeLessThan(LONGEST_BLOCK_MS);
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
