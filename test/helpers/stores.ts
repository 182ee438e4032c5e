import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/core/model/clock.ts";
import type { CapturedRequest } from "../../src/core/model/request.ts";
import type { NewSession } from "../../src/io/store/session-rows.ts";
import { Store, type StoreOptions } from "../../src/io/store/store.ts";
import { SAMPLE_TIME_MS, textBody } from "./samples.ts";
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

/** A webhook as capture hands it over; a test changes what it is about. */
export function capturedRequest(changes: Partial<CapturedRequest> = {}): CapturedRequest {
  return {
    method: "POST",
    target: "/hooks",
    httpVersion: "1.1",
    headers: ["Host", "localhost:4400", "Content-Type", "application/json"],
    trailers: [],
    body: textBody('{"hi":1}'),
    receivedAtMs: SAMPLE_TIME_MS,
    receiveDurationMs: 1.5,
    remoteAddress: "127.0.0.1:51234",
    origin: "capture",
    completeness: "complete",
    ...changes,
  };
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
