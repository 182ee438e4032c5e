import Sqlite from "better-sqlite3";
import { systemClock } from "../../src/core/model/clock.ts";
import { Store } from "../../src/io/store/store.ts";
import { finish } from "./finish.ts";
import type { Order } from "./other-process.ts";

/** What `OtherProcess` runs: does what it is told, one order after the other. */

const REPLAYS_AT_ONCE = 8;

const opened = new Map<string, Sqlite.Database>();

process.on("message", (order: Order) => {
  carryOut(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: (error as { code?: string }).code ?? String(error) }),
  );
});

async function carryOut(order: Order): Promise<unknown> {
  switch (order.kind) {
    case "sql":
      return connection(order.path).exec(order.sql).name;
    case "open":
      return openAndClose(order.path);
    case "replays":
      return writeReplays(order);
    default:
      return order satisfies never;
  }
}

function connection(path: string): Sqlite.Database {
  const db = opened.get(path) ?? new Sqlite(path, { timeout: 5000 });
  opened.set(path, db);
  return db;
}

function openAndClose(path: string): string {
  storeAt(path).close();
  return "opened";
}

/** Replays request 1 so often, as several `hookcli replay` in a row and at once would. */
async function writeReplays({ path, count }: Order & { kind: "replays" }): Promise<void> {
  const store = storeAt(path);
  await store.beginSession({
    command: "replay",
    pid: process.pid,
    processMark: "",
    startedAtMs: Date.now(),
    targets: [],
    directory: "/",
  });
  let left = count;
  const lanes = Array.from({ length: REPLAYS_AT_ONCE }, async () => {
    for (; left > 0; left -= 1) await writeReplay(store);
  });
  await Promise.all(lanes);
  store.close();
}

async function writeReplay(store: Store): Promise<void> {
  const startedAtMs = Date.now();
  const deliveryId = await store.insertDelivery(1, {
    url: "http://127.0.0.1:1/",
    cause: "replay",
    attempt: { number: 1, startedAtMs },
  });
  await finish(store, {
    deliveryId,
    number: 1,
    startedAtMs,
    durationMs: 1,
    sentHeaders: [],
    outcome: { kind: "no-response", reason: "refused", detail: "ECONNREFUSED" },
  });
}

function storeAt(path: string): Store {
  return new Store({ path, clock: systemClock, pid: process.pid, busyTimeoutMs: 5000 });
}
