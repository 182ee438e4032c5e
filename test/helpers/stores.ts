import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/core/model/clock.ts";
import type { NewSession } from "../../src/io/store/rows/session-rows.ts";
import { Store, type StoreOptions } from "../../src/io/store/store.ts";
import { SAMPLE_TIME_MS } from "./samples.ts";
import { temporaryFolder } from "./surroundings.ts";

/** A store on a file of its own, closed when the test ends. */
export function openStore(changes: Partial<StoreOptions> = {}): Store {
  const path = join(temporaryFolder(), "hooks.db");
  const store = new Store({ path, clock: systemClock, pid: process.pid, busyTimeoutMs: 10, ...changes });
  onTestFinished(() => store.close());
  return store;
}

/** The same file over a connection with nothing of hookcli's own, closed when the test ends. */
export function lookInto(path: string): Sqlite.Database {
  const db = new Sqlite(path);
  onTestFinished(() => {
    db.close();
  });
  return db;
}

export function sampleSession(changes: Partial<NewSession> = {}): NewSession {
  return {
    command: "listen",
    pid: process.pid,
    processMark: "this test",
    startedAtMs: SAMPLE_TIME_MS,
    captureUrl: "http://127.0.0.1:4400",
    targets: [],
    directory: "/projects/shop",
    ...changes,
  };
}
