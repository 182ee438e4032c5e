import { HookcliError } from "../../core/model/errors.ts";
import type { SessionRecord } from "../../core/model/session.ts";
import { type Target, targetUrl } from "../../core/model/target.ts";
import { isThisMachine, type ThisMachine } from "../../core/model/this-machine.ts";

/** All addresses of a name, or none where they do not come soon. Never rejects. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export interface CircleOptions {
  /** The capture port. */
  readonly port: number;
  readonly machine: () => ThisMachine;
  readonly resolve: Resolve;
}

/** A listener, as far as circles are concerned. */
interface Listening {
  readonly url: string;
  readonly port: number;
  readonly targets: readonly URL[];
}

/**
 * Refuses targets that are this machine at the capture port, under whatever name. Names are resolved only where the port
 * is the same, so hardly ever.
 * @throws TARGET_IS_CAPTURE
 */
export async function refuseOwnPort(targets: readonly Target[], options: CircleOptions): Promise<void> {
  for (const target of targets) {
    const url = new URL(target.origin);
    if (portOf(url) === options.port && (await isHere(url, options)))
      throw new HookcliError("TARGET_IS_CAPTURE", { target: targetUrl(target) });
  }
}

/**
 * Refuses targets that are another listener of this store whose targets lead back here, over however many of them.
 * @param others listeners that run
 * @throws TARGET_LEADS_BACK
 */
export async function refuseWayBack(
  targets: readonly Target[],
  others: readonly SessionRecord[],
  options: CircleOptions,
): Promise<void> {
  const listeners = others.flatMap(listeningOf);
  if (listeners.length === 0) return;
  for (const target of targets) {
    const way = await wayBack(new URL(target.origin), new Set(listeners), options);
    if (way) throw new HookcliError("TARGET_LEADS_BACK", { target: targetUrl(target), way: way.join(" -> ") });
  }
}

/**
 * The listeners on the way from a target to the capture port; undefined: none leads there.
 * @param unseen listeners that were not passed yet; each is passed once
 */
async function wayBack(
  from: URL,
  unseen: Set<Listening>,
  options: CircleOptions,
  way: readonly string[] = [],
): Promise<readonly string[] | undefined> {
  const port = portOf(from);
  if (way.length > 0 && port === options.port && (await isHere(from, options))) return way;
  const next = [...unseen].find((listener) => listener.port === port);
  if (!next || !(await isHere(from, options))) return undefined;
  unseen.delete(next);
  for (const target of next.targets) {
    const back = await wayBack(target, unseen, options, [...way, next.url]);
    if (back) return back;
  }
  return undefined;
}

async function isHere({ hostname }: URL, { machine, resolve }: CircleOptions): Promise<boolean> {
  const here = machine();
  if (isThisMachine(hostname, here)) return true;
  return (await resolve(hostname)).some((address) => isThisMachine(address, here));
}

function listeningOf({ captureUrl, targets }: SessionRecord): readonly Listening[] {
  if (captureUrl === undefined || !URL.canParse(captureUrl)) return [];
  const readable = targets.filter((target) => URL.canParse(target)).map((target) => new URL(target));
  return [{ url: captureUrl, port: portOf(new URL(captureUrl)), targets: readable }];
}

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === "https:" ? 443 : 80);
}
