import { HookcliError } from "../../core/model/errors.ts";
import type { SessionRecord } from "../../core/model/session.ts";
import { parseTarget, type Target } from "../../core/model/target.ts";

/**
 * Where an event goes when nobody said: to the one listener that runs in this folder, else to the one that runs at all.
 * @param living sessions whose process runs
 * @param again the call, for the advice: `send order.completed`
 * @throws NO_LISTENER, SEVERAL_LISTENERS
 */
export function listenerTarget(living: readonly SessionRecord[], directory: string, again: string): Target {
  const listeners = living.filter(({ captureUrl }) => captureUrl !== undefined);
  const here = listeners.filter((session) => session.directory === directory);
  const candidates = here.length > 0 ? here : listeners;
  const urls = [...new Set(candidates.map(({ captureUrl }) => captureUrl ?? ""))];
  const [url] = urls;
  if (url === undefined) throw new HookcliError("NO_LISTENER", { again });
  if (urls.length > 1) throw new HookcliError("SEVERAL_LISTENERS", { again, listeners: urls.join("; ") });
  return parseTarget(url, "a listener's address");
}
