import { HookcliError } from "../../core/model/errors.ts";
import { parseRequestReference } from "../../core/model/request-reference.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import { settleDead, unendedSessions } from "../../app/session/processes.ts";
import type { SessionRecord } from "../../core/model/session.ts";
import { Store } from "../../io/store/store.ts";
import type { FlagsOf } from "../settings/flags.ts";
import { storePath } from "./store-path.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import { warnOfSharedFolder } from "./warn-of-shared-folder.ts";

/** A command that runs for a moment may wait for the store's lock, but nobody waits long for a command. */
const BUSY_TIMEOUT_MS = 1000;
const BUSY_PATIENCE_MS = 5000;

/** Opens the store for one command and closes it after. Sessions that were killed are settled first. */
export async function withStore<Result>(
  at: Surroundings,
  flags: FlagsOf,
  use: (store: Store, living: readonly SessionRecord[]) => Promise<Result>,
): Promise<Result> {
  warnOfSharedFolder(at, storePath(at, flags));
  const store = openStore(at, flags);
  try {
    const { living, dead } = unendedSessions(store, at.processes);
    await settleDead(store, dead);
    return await use(store, living);
  } finally {
    store.close();
  }
}

/** Opens the store as it is; whoever calls it closes it. */
export function openStore(at: Surroundings, flags: FlagsOf): Store {
  const { clock, processes } = at;
  return new Store({
    path: storePath(at, flags),
    clock,
    pid: processes.pid,
    busyTimeoutMs: BUSY_TIMEOUT_MS,
    busyPatienceMs: BUSY_PATIENCE_MS,
  });
}

/**
 * The request that a person named.
 * @throws BAD_VALUE, REQUEST_NOT_FOUND
 */
export function requestNamed(text: string, store: Store): StoredRequest {
  const request = store.read.findRequest(parseRequestReference(text));
  if (!request) throw new HookcliError("REQUEST_NOT_FOUND", { reference: text, store: store.path });
  return request;
}
