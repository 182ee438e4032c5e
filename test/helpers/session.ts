import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ForwardOptions } from "../../src/app/delivering/forwarder.ts";
import { ListenSession } from "../../src/app/listening/listen-session.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import { parseTarget } from "../../src/core/model/target.ts";
import { type CaptureLimits, DEFAULT_LIMITS } from "../../src/io/capture/limits.ts";
import { Store } from "../../src/io/store/store.ts";
import { THIS_MACHINE } from "./surroundings.ts";

export interface StartedSession {
  readonly session: ListenSession;
  /** The same store, opened a second time, as another command does. */
  readonly store: Store;
  end(): Promise<void>;
}

export const FORWARD: ForwardOptions = {
  timeoutMs: 60_000,
  concurrency: Number.POSITIVE_INFINITY,
  headerEdits: [],
  preserveHost: false,
  insecure: false,
};

/** `listen` without its command line: on a port and a store of its own. Ended by whoever started it. */
export async function startSession(asked: {
  readonly targets?: readonly string[];
  readonly limits?: Partial<CaptureLimits>;
}): Promise<StartedSession> {
  const folder = mkdtempSync(join(tmpdir(), "hookcli-test-"));
  const storePath = join(folder, "hooks.db");
  const session = await ListenSession.start({
    storePath,
    clock: systemClock,
    processes: { pid: process.pid, markOf: () => "" },
    machine: () => THIS_MACHINE,
    directory: folder,
    host: "127.0.0.1",
    port: 0,
    orNextPort: false,
    limits: { ...DEFAULT_LIMITS, ...asked.limits },
    targets: (asked.targets ?? []).map((target) => parseTarget(target, "a target")),
    routes: [],
    pathPrefix: "",
    filter: [],
    respond: { status: 200 },
    onError: "502",
    forward: FORWARD,
  });
  const store = new Store({ path: storePath, clock: systemClock, pid: process.pid, busyTimeoutMs: 5000 });
  const end = async () => {
    await session.drain();
    store.close();
    await session.close();
    rmSync(folder, { recursive: true });
  };
  return { session, store, end };
}
