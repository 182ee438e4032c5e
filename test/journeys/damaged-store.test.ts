import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { foldLog, garblePages } from "../helpers/damage.ts";
import { Listener } from "../helpers/listener.ts";
import { post } from "../helpers/load.ts";
import { root } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

test("when the store turns out damaged nothing is acknowledged any more, and the notice says what to do", async () => {
  const listener = await listenerWithRequests();
  foldLog(listener.dbPath);
  garblePages(listener.dbPath);
  const refused = await Promise.all(Array.from({ length: 20 }, () => post(listener.url, "x")));
  for (const reply of refused) {
    expect(reply).toMatchObject({ status: 503, headers: { "retry-after": "5", "x-hookcli-reason": "store-corrupt" } });
  }
  const { level, text } = await listener.line(({ kind, code }) => kind === "notice" && code === "STORE_CORRUPT");
  expect(level).toBe("error");
  expect(text).toContain(`mv ${listener.dbPath} ${listener.dbPath}-* ${listener.dbPath}.damaged/`);
  expect(await post(listener.url, "x")).toMatchObject({ status: 503 });
  expect(await listener.stop()).toMatchObject({ received: 30 });
});

test("a store that was damaged when its listener died is not used again", async () => {
  const listener = await listenerWithRequests();
  await listener.kill();
  foldLog(listener.dbPath);
  garblePages(listener.dbPath);
  expect(hookcli("listen", "--port", "0", "--for", "1s", "--db", listener.dbPath)).toMatchObject({
    code: "STORE_CORRUPT",
    exit: 4,
    status: 4,
  });
  expect(hookcli("list", "--db", listener.dbPath)).toMatchObject({ code: "STORE_CORRUPT", status: 4 });
});

async function listenerWithRequests(): Promise<Listener> {
  const listener = await Listener.start([], join(temporaryFolder(), "hooks.db"));
  onTestFinished(() => listener.kill());
  for (let count = 0; count < 30; count += 1) await post(listener.url, "x".repeat(10_000));
  return listener;
}

function hookcli(...args: readonly string[]): object {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "bin/hookcli.js"), ...args, "--json"], {
    encoding: "utf8",
  });
  return { status, ...(JSON.parse(stderr) as object) };
}
