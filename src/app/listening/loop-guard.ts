import type { Socket } from "node:net";
import type { Clock } from "../../core/model/clock.ts";
import { hopsOf } from "../../core/model/outgoing-headers.ts";
import type { CapturedRequest, Refusal } from "../../core/model/request.ts";
import { canonicalHost, isLoopback } from "../../core/model/this-machine.ts";
import type { Ends } from "../../io/capture/sender.ts";
import type { Store } from "../../io/store/store.ts";

/** What was sent right before a connection closed may be read after that. */
const REMEMBERED_FOR_MS = 1000;
const NO_TRAIL: readonly number[] = [];

const REFUSAL: Refusal = {
  status: 508,
  code: "loop",
  reason: "this request has been here before: its target leads back to this listener",
};

export interface LoopGuardOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** What this listener is called in `X-Hookcli-Hop`; undefined: it sends no such header. */
  readonly hop: string | undefined;
}

/**
 * Recognises a request that comes back to a listener that had it already, by nothing that is in the request: by the
 * connection on which it comes. A listener knows the connections that it has opened itself, and those to other listeners
 * of its store are rows of the store, with the sessions that what comes over them has been through. A connection has two
 * addresses and two ports, so no other one can be taken for it.
 */
export class LoopGuard {
  readonly #options: LoopGuardOptions;
  /** Ends of connections to the own port, and what comes over them has been through. */
  readonly #own = new Map<string, readonly number[]>();
  #trails = new WeakMap<Ends, readonly number[]>();
  #port = 0;

  constructor(options: LoopGuardOptions) {
    this.#options = options;
  }

  /** From now on requests may come to this port. */
  begin(port: number): void {
    this.#port = port;
  }

  /** The session has another number: the store was taken away, and another one is open. Numbers of before mean nothing in it. */
  readonly renumber = (): void => {
    const { sessionId } = this.#options.store;
    for (const ends of this.#own.keys()) this.#own.set(ends, [sessionId]);
    this.#trails = new WeakMap();
  };

  /** A connection to a target stands. Where others must know of it, it is used when they do. */
  readonly introduce = (socket: Socket, before: readonly number[]): Promise<void> | undefined => {
    const { store } = this.#options;
    const trail = [...before, store.sessionId];
    const ends = outgoingEnds(socket);
    if (socket.remotePort === this.#port) {
      this.#own.set(ends, trail);
      socket.once("close", () => void this.#later(() => this.#own.delete(ends)));
    }
    return this.#leadsToListener(socket) ? this.#tellOthers(socket, ends, trail) : undefined;
  };

  /** A request as it came, with what it has been through; refused where that is this listener. */
  mark(request: CapturedRequest, ends: Ends): CapturedRequest {
    const { store, hop } = this.#options;
    const trail = this.#trailOf(ends);
    const isBack = trail.includes(store.sessionId) || (hop !== undefined && hopsOf(request.headers).includes(hop));
    if (isBack) return { ...request, refusal: request.refusal ?? REFUSAL };
    return trail.length === 0 ? request : { ...request, trail };
  }

  #trailOf(ends: Ends): readonly number[] {
    let trail = this.#trails.get(ends);
    if (!trail) {
      trail = this.#findTrail(ends);
      this.#trails.set(ends, trail);
    }
    return trail;
  }

  #findTrail({ remoteAddress, localAddress }: Ends): readonly number[] {
    const [remote, local] = [canonicalEnd(remoteAddress), canonicalEnd(localAddress)];
    const ends = `${remote}>${local}`;
    const own = this.#own.get(ends);
    if (own) return own;
    if (!isWithinMachine(hostOf(remote), hostOf(local))) return NO_TRAIL;
    try {
      return this.#options.store.read.trailOf(ends) ?? NO_TRAIL;
    } catch {
      // A store that cannot be read cannot store the request either, and the error is told then.
      return NO_TRAIL;
    }
  }

  #leadsToListener({ remoteAddress = "", localAddress = "", remotePort }: Socket): boolean {
    if (!isWithinMachine(canonicalAddress(remoteAddress), canonicalAddress(localAddress))) return false;
    const { read, sessionId } = this.#options.store;
    try {
      return read
        .unendedSessions()
        .some(
          ({ id, captureUrl }) => id !== sessionId && captureUrl !== undefined && portOf(captureUrl) === remotePort,
        );
    } catch {
      return false;
    }
  }

  async #tellOthers(socket: Socket, ends: string, trail: readonly number[]): Promise<void> {
    const { store } = this.#options;
    // The row is not worth failing for: without it a request may go round once more, without the connection it is not sent.
    await store.addLink(ends, trail).catch(() => undefined);
    const forget = (): void => void this.#later(async () => store.removeLink(ends).catch(() => undefined));
    if (socket.destroyed) forget();
    else socket.once("close", forget);
  }

  async #later(then: () => unknown): Promise<void> {
    await this.#options.clock.wait(REMEMBERED_FOR_MS);
    then();
  }
}

/** As the one who takes the connection sees it: first who opened it. */
function outgoingEnds({ localAddress = "", localPort = 0, remoteAddress = "", remotePort = 0 }: Socket): string {
  return `${canonicalAddress(localAddress)}:${localPort}>${canonicalAddress(remoteAddress)}:${remotePort}`;
}

/** `[::ffff:127.0.0.1]:80` is `127.0.0.1:80`, and so are they written everywhere here. */
function canonicalEnd(end: string): string {
  const colonAt = end.lastIndexOf(":");
  return `${canonicalAddress(end.slice(0, colonAt))}${end.slice(colonAt)}`;
}

/** IPv4 addresses have one form where the system writes them. */
function canonicalAddress(address: string): string {
  return address.includes(":") ? canonicalHost(address) : address;
}

function hostOf(end: string): string {
  return end.slice(0, end.lastIndexOf(":"));
}

/** Both ends are on this machine: other machines' sockets are in nobody's table. */
function isWithinMachine(remote: string, local: string): boolean {
  return remote === local || isLoopback(remote);
}

function portOf(url: string): number | undefined {
  return URL.canParse(url) ? Number(new URL(url).port) || 80 : undefined;
}
