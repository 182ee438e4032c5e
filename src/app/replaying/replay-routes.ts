import { HookcliError } from "../../core/model/errors.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import type { SessionRecord } from "../../core/model/session.ts";
import { parseTarget, pathOnTarget } from "../../core/model/target.ts";
import type { Store } from "../../io/store/store.ts";
import type { Forwarder, Route } from "../delivering/forwarder.ts";

/** What replays without a target look for one in. */
export interface RouteSources {
  readonly store: Store;
  readonly forwarder: Forwarder;
}

/**
 * Where a replay goes when nobody said: to the targets of the one listener that runs in this folder, else of the one that
 * runs at all, else where the request was forwarded before.
 * @param content what is sent, where that is not the request as stored
 * @throws SEVERAL_LISTENERS, NO_TARGET
 */
export function routesForReplay(
  request: StoredRequest,
  living: readonly SessionRecord[],
  directory: string,
  { store, forwarder }: RouteSources,
  content: StoredRequest = request,
): readonly Route[] {
  const listeners = living.filter(({ captureUrl, targets }) => captureUrl !== undefined && targets.length > 0);
  const here = listeners.filter((session) => session.directory === directory);
  const candidates = here.length > 0 ? here : listeners;
  const listener = candidates[0];
  if (listener) {
    if (new Set(candidates.map(({ targets }) => targets.join(" "))).size > 1) {
      const names = candidates.map(({ captureUrl, targets }) => `${captureUrl} -> ${targets.join(", ")}`);
      throw new HookcliError("SEVERAL_LISTENERS", { again: `replay ${request.id}`, listeners: names.join("; ") });
    }
    return listener.targets.map((target) => forwarder.route(content, parseTarget(target, "a listener's target")));
  }
  const urls = store.read.urlsOf(request.id).flatMap((url) => movedUrl(url, request.target, content.target));
  if (urls.length === 0) throw new HookcliError("NO_TARGET", { id: request.id });
  return [...new Set(urls)].map((url) => forwarder.routeTo(content, url));
}

/** Where a request goes whose path was edited, as far as its former URL tells. */
function movedUrl(url: string, before: string, now: string): readonly string[] {
  if (before === now) return [url];
  const base = before === "/" ? url : url.endsWith(before) ? url.slice(0, -before.length) : undefined;
  if (base === undefined) return [];
  const target = parseTarget(base, "a former target");
  return [target.origin + pathOnTarget(target, now)];
}
