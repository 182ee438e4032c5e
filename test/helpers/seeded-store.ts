import { join } from "node:path";
import { onTestFinished } from "vitest";
import { systemClock } from "../../src/core/model/clock.ts";
import type { CapturedRequest } from "../../src/core/model/request.ts";
import { readEventFacts } from "../../src/core/schemes/event-facts.ts";
import { Store } from "../../src/io/store/store.ts";
import { type Finished } from "./bin.ts";
import { runHere } from "./run-here.ts";
import { capturedRequest } from "./samples.ts";
import { temporaryFolder } from "./surroundings.ts";
import { type Answer, OK, TargetServer } from "./target-server.ts";

/** A store with requests in it, and the built bin on it. */
export interface SeededStore {
  readonly folder: string;
  readonly path: string;
  /** Runs a command on that store. */
  readonly hookcli: (...args: readonly string[]) => Promise<Finished>;
  /** The store as it is now, read. */
  readonly look: <Found>(at: (read: Store["read"]) => Found) => Found;
}

/** Fills a fresh store, oldest request first; their ids count from 1. */
export async function seededStore(requests: readonly Partial<CapturedRequest>[]): Promise<SeededStore> {
  const folder = temporaryFolder();
  const path = join(folder, "hooks.db");
  const open = (): Store => new Store({ path, clock: systemClock, pid: process.pid, busyTimeoutMs: 5000 });
  const store = open();
  const captured = requests.map((changes) => capturedRequest({ receivedAtMs: Date.now(), ...changes }));
  await Promise.all(captured.map(async (one) => store.insertRequest(one, { event: readEventFacts(one) })));
  store.close();
  return {
    folder,
    path,
    hookcli: async (...args) => runHere([...args, "--db", path], { folder }),
    look: (at) => {
      const again = open();
      try {
        return at(again.read);
      } finally {
        again.close();
      }
    },
  };
}

/** A real target for the length of a test: answers one after the other, the last one for ever. */
export async function targetFor(...answers: readonly Answer[]): Promise<TargetServer> {
  const target = await TargetServer.scripted(...(answers.length > 0 ? answers : [OK]));
  onTestFinished(() => target.close());
  return target;
}
