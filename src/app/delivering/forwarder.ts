import type { Socket } from "node:net";
import { bodySizeBytes, type BodySink } from "../../core/model/body.ts";
import type { HeaderPairs } from "../../core/model/headers.ts";
import { type HeaderEdit, outgoingHeaders } from "../../core/model/outgoing-headers.ts";
import type { ByteBudget } from "../../core/model/byte-budget.ts";
import { SayOnce } from "../../core/model/say-once.ts";
import type { CapturedRequest } from "../../core/model/request.ts";
import { pathOnTarget, type Target } from "../../core/model/target.ts";
import type { Exchange, SendOptions } from "../../io/delivery/exchange.ts";
import type { TargetClient } from "../../io/delivery/target-client.ts";
import { Lane } from "./lane.ts";

export interface ForwardOptions {
  /** For one attempt, connection and body included. 0: no limit. */
  readonly timeoutMs: number;
  /** Attempts at one target at a time; 1 keeps the order of arrival. Infinity: as they come. */
  readonly concurrency: number;
  readonly headerEdits: readonly HeaderEdit[];
  /** Sends the captured Host instead of the target's. */
  readonly preserveHost: boolean;
  /** Takes any certificate. */
  readonly insecure: boolean;
  /** PEM certificates to trust beside the well-known ones. */
  readonly ca?: string | undefined;
  /** What this listener is called in `X-Hookcli-Hop`; undefined: the header does not go out. */
  readonly hop?: string | undefined;
}

/** Told of each connection to a target before anything is sent over it: all requests on it have the same trail. */
export type Introduce = (socket: Socket, trail: readonly number[]) => Promise<void> | undefined;

const NO_TRAIL: readonly number[] = [];

/** Where a request goes and what exactly is sent there. */
export interface Route {
  readonly origin: string;
  readonly path: string;
  /** Origin and path together, as it is stored and shown. */
  readonly url: string;
  readonly headers: HeaderPairs;
  /** Sessions that passed the request on before. */
  readonly trail: readonly number[];
  /** Holds the attempts at one target in order. */
  readonly lane: Lane;
  /** What an attempt holds in memory, for the lane. */
  readonly bytes: number;
}

/** Attempts at one target at a time where nobody said how many: a target that hangs must not hold more than it can use. */
const MOST_ATTEMPTS = 128;
/** Bodies on their way to one target at a time. */
const MOST_BYTES = 4 * 1024 * 1024;
/** What is read of a body in a file at a time. */
const FILE_BYTES = 128 * 1024;

/** Sends captured requests to targets, over connections that it keeps and closes. */
export class Forwarder {
  readonly #options: ForwardOptions;
  readonly #openSink: () => Promise<BodySink>;
  readonly #clients = new Map<string, Promise<TargetClient>>();
  readonly #lanes = new Map<string, Lane>();
  readonly #notices: SayOnce;
  readonly #introduce: Introduce | undefined;
  readonly #memory: ByteBudget | undefined;

  /** @param memory what the responses of all attempts may take of it; undefined: as much as they are */
  constructor(
    options: ForwardOptions,
    openSink: () => Promise<BodySink>,
    onNotice: (text: string) => void,
    introduce?: Introduce,
    memory?: ByteBudget,
  ) {
    this.#options = options;
    this.#openSink = openSink;
    this.#notices = new SayOnce(onNotice);
    this.#introduce = introduce;
    this.#memory = memory;
  }

  /** Works out what is sent; touches no wire. */
  route(request: CapturedRequest, target: Target): Route {
    return this.#routeTo(request, target.origin, pathOnTarget(target, request.target));
  }

  /** The same for a target whose path stands already, as an earlier delivery used it. */
  routeTo(request: CapturedRequest, url: string): Route {
    const { origin } = new URL(url);
    const path = url.slice(url.indexOf("/", url.indexOf("//") + 2));
    return this.#routeTo(request, origin, path.startsWith("/") ? path : "/");
  }

  /** Opens what sending needs, so that the first request does not wait for it. */
  async warmUp(targets: readonly Target[]): Promise<void> {
    await Promise.all(targets.map(({ origin }) => this.#client(origin, NO_TRAIL)));
  }

  /** One attempt, now. Never rejects. The caller holds a place in the route's lane. */
  async send(request: CapturedRequest, route: Route, isRelayed: boolean): Promise<Exchange> {
    return this.#send(request, route, { isRelayed, timeoutMs: this.#options.timeoutMs });
  }

  /**
   * The same once more, where the connection was at fault: over one that is made for it, within the time that is left.
   * @param spentMs what the attempt before it took
   */
  async sendAgain(request: CapturedRequest, route: Route, isRelayed: boolean, spentMs: number): Promise<Exchange> {
    const { timeoutMs } = this.#options;
    const leftMs = timeoutMs === 0 ? 0 : Math.max(1, Math.ceil(timeoutMs - spentMs));
    return this.#send(request, route, { isRelayed, timeoutMs: leftMs, isAlone: true });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map(async (client) => (await client).close()));
  }

  async #send(
    request: CapturedRequest,
    route: Route,
    how: Omit<SendOptions, "openSink" | "memory">,
  ): Promise<Exchange> {
    const { method, body } = request;
    const client = await this.#client(route.origin, route.trail);
    return client.send(
      { method, path: route.path, headers: route.headers, body },
      { ...how, openSink: this.#openSink, memory: this.#memory },
    );
  }

  #routeTo(request: CapturedRequest, origin: string, path: string): Route {
    const { preserveHost, headerEdits: edits, hop } = this.#options;
    const host = origin.slice(origin.indexOf("//") + 2);
    const sized = bodySizeBytes(request.body);
    const options = { host, preserveHost, bodySizeBytes: sized, edits, hop };
    const { headers, notes } = outgoingHeaders(request.headers, options);
    for (const note of notes) this.#notices.once(note);
    const { trail = NO_TRAIL } = request;
    const bytes = request.body.kind === "file" ? FILE_BYTES : sized;
    return { origin, path, url: origin + path, headers, trail, lane: this.#lane(origin), bytes };
  }

  #client(origin: string, trail: readonly number[]): Promise<TargetClient> {
    const key = trail.length === 0 ? origin : `${origin} ${trail.join(" ")}`;
    let client = this.#clients.get(key);
    if (!client) {
      client = this.#open(origin, trail);
      this.#clients.set(key, client);
    }
    return client;
  }

  async #open(origin: string, trail: readonly number[]): Promise<TargetClient> {
    // Costs as much as everything else at start-up, and is not needed before something is sent.
    const { TargetClient: Client } = await import("../../io/delivery/target-client.ts");
    const { insecure, ca } = this.#options;
    return new Client({ origin, insecure, ca, introduce: (socket) => this.#introduce?.(socket, trail) });
  }

  #lane(origin: string): Lane {
    let lane = this.#lanes.get(origin);
    if (!lane) {
      const { concurrency } = this.#options;
      lane = new Lane(concurrency === Infinity ? MOST_ATTEMPTS : concurrency, MOST_BYTES);
      this.#lanes.set(origin, lane);
    }
    return lane;
  }
}
