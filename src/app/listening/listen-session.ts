import type { AddressInfo } from "node:net";
import { ByteBudget, ByteMeter } from "../../core/model/byte-budget.ts";
import type { Clock } from "../../core/model/clock.ts";
import { HookcliError } from "../../core/model/errors.ts";
import { everyTarget } from "../../core/model/route-rule.ts";
import { type Target, targetUrl } from "../../core/model/target.ts";
import { isAnyAddress, isLoopback, type ThisMachine } from "../../core/model/this-machine.ts";
import type { CaptureLimits } from "../../io/capture/limits.ts";
import { CaptureServer } from "../../io/capture/server.ts";
import type { NewSession } from "../../io/store/rows/session-rows.ts";
import { Store } from "../../io/store/store.ts";
import { type CircleOptions, refuseOwnPort, refuseWayBack } from "./circle.ts";
import { Feed } from "../session/feed.ts";
import { Forwarder, type ForwardOptions } from "../delivering/forwarder.ts";
import { LoopGuard } from "./loop-guard.ts";
import type { Misbehaviour } from "./misbehaviour.ts";
import { Notices } from "./notices.ts";
import { Pipeline } from "./pipeline.ts";
import type { RetentionLimits } from "../upkeep/prune.ts";
import { newSession, type Processes, rejoinStore, settleDead, unendedSessions } from "../session/processes.ts";
import { Recogniser } from "./recogniser.ts";
import type { OnError, Respond } from "./replies.ts";
import type { Routing } from "./routing.ts";
import type { SignatureOptions } from "./examine.ts";
import { followOthers } from "../session/follow.ts";

export interface ListenSessionOptions extends Routing {
  readonly storePath: string;
  readonly clock: Clock;
  readonly processes: Processes;
  /** Asked once the port is bound. */
  readonly machine: () => ThisMachine;
  /** Where it was started: `replay` in the same folder finds it. */
  readonly directory: string;
  readonly host: string;
  readonly port: number;
  /** The port was nobody's choice: a taken one means the next free one. */
  readonly orNextPort: boolean;
  readonly limits: CaptureLimits;
  readonly respond: Respond;
  readonly onError: OnError;
  readonly forward: ForwardOptions;
  /** What the store is kept within; undefined: no limit. */
  readonly retention?: RetentionLimits | undefined;
  /** Undefined: senders are recognised, and no secret is known. */
  readonly signatures?: SignatureOptions | undefined;
  /** What goes wrong on purpose; undefined: nothing. */
  readonly misbehaviour?: Misbehaviour | undefined;
}

const NO_SIGNATURES: SignatureOptions = { secrets: [], schemes: [], answersHandshakes: false };

/** SQLite waits this long for another process's lock before the event loop goes on and the write is tried again. */
const BUSY_TIMEOUT_MS = 10;
/** Bodies of requests that arrive or wait; beyond it they go to files, and from half of it on those that wait are let go. */
const BODIES_IN_MEMORY_BYTES = 4 * 1024 * 1024;
/** Responses that arrive, are not stored yet, or wait for their readers. */
const RESPONSES_IN_MEMORY_BYTES = 4 * 1024 * 1024;
/** A store up to this size is looked over when the listener before was killed. */
const CHECK_UP_TO_REQUESTS = 50_000;

/** One run of `listen`: the capture port, the store behind it, the targets, and the feed of what happens. */
export class ListenSession {
  readonly feed: Feed;
  /** As a sender writes it, without a slash at the end: `http://127.0.0.1:4400`. */
  readonly captureUrl: string;
  readonly port: number;
  /** Only this machine reaches the port. */
  readonly isLoopback: boolean;
  /** Requests that were in the store before. */
  readonly storedBefore: number;
  /** What senders and targets make it read. */
  readonly meter: ByteMeter;
  readonly #store: Store;
  readonly #capture: CaptureServer;
  readonly #pipeline: Pipeline;
  readonly #forwarder: Forwarder;
  readonly #recogniser: Recogniser;
  readonly #ended = new AbortController();
  readonly #drained = new AbortController();
  readonly #following: Promise<void>;
  readonly #clock: Clock;
  readonly #retention: RetentionLimits;
  readonly #notices: Notices;
  #retaining: Promise<unknown> = Promise.resolve();

  private constructor(parts: SessionParts) {
    this.feed = parts.feed;
    this.meter = parts.meter;
    this.captureUrl = parts.captureUrl;
    this.port = parts.address.port;
    this.isLoopback = isLoopback(parts.address.address);
    this.storedBefore = parts.store.read.countRequests();
    this.#store = parts.store;
    this.#capture = parts.capture;
    this.#pipeline = parts.pipeline;
    this.#forwarder = parts.forwarder;
    this.#recogniser = parts.recogniser;
    this.#clock = parts.clock;
    this.#retention = parts.retention;
    this.#notices = parts.notices;
    this.#following = followOthers(parts.store, parts.feed, parts.clock, this.#drained.signal).catch(
      (error: unknown) => void parts.pipeline.failureReply(error),
    );
  }

  /**
   * Opens the store, binds the port, and receives from then on.
   * @throws what `Store` and `CaptureServer.listen` throw; TARGET_IS_CAPTURE, TARGET_LEADS_BACK
   */
  static async start(options: ListenSessionOptions): Promise<ListenSession> {
    const { clock, forward, signatures = NO_SIGNATURES } = options;
    const feed = new Feed();
    const notices = new Notices(feed);
    let rejoin = async (): Promise<void> => undefined;
    const store = openStore(options, feed, notices, () => {
      void rejoin().catch((error: unknown) => pipeline.failureReply(error));
    });
    const openSink = async () => store.openSink();
    const warn = (code: string, text: string): void => feed.publish({ kind: "notice", level: "warning", code, text });
    const guard = new LoopGuard({ store, clock, hop: forward.hop });
    const meter = new ByteMeter();
    const responses = new ByteBudget(RESPONSES_IN_MEMORY_BYTES, meter);
    const say = (text: string): void => warn("HEADER_KEPT", text);
    const forwarder = new Forwarder(forward, openSink, say, guard.introduce, responses);
    const recogniser = new Recogniser(signatures);
    const pipeline = new Pipeline({ ...options, store, feed, forwarder, recogniser });
    const capture = new CaptureServer({
      limits: options.limits,
      clock,
      openSink,
      memory: new ByteBudget(BODIES_IN_MEMORY_BYTES),
      meter,
      onNotice: warn,
      handle: async (request, sender) => pipeline.handle(guard.mark(request, sender.ends), sender),
      onSpoolFailure: (error) => pipeline.failureReply(store.reportSpoolFailure(error)),
    });
    try {
      await settleKilledSessions(store, options.processes);
      const address = await capture.listen(options.host, options.port, options.orNextPort);
      guard.begin(address.port);
      const captureUrl = await beginSession(store, options, address);
      rejoin = async () => rejoinStore(store, options.processes, sessionOf(options, captureUrl)).then(guard.renumber);
      const { retention = {} } = options;
      const parts = { retention, clock, notices, feed, store, capture, pipeline, forwarder, recogniser, meter };
      return new ListenSession({ ...parts, captureUrl, address });
    } catch (error) {
      capture.close();
      store.close();
      throw error;
    }
  }

  /** Deliveries that are under way or wait for their turn. */
  get runningCount(): number {
    return this.#pipeline.runningCount;
  }

  /** Requests whose body is still on its way in. */
  get arrivingCount(): number {
    return this.#capture.arrivingCount;
  }

  /** Connections that never sent a whole head. */
  get silentConnections(): number {
    return this.#capture.silentConnections;
  }

  /** Undefined: requests are stored and acknowledged. */
  get trouble(): HookcliError | undefined {
    return this.#store.trouble;
  }

  /** What can wait until the port is up: connections to targets, the registry of schemes, room kept for a full disk, leftovers. Never rejects. */
  async warmUp(targets: readonly Target[]): Promise<void> {
    this.#notices.open();
    try {
      await Promise.all([this.#forwarder.warmUp(targets), this.#recogniser.load()]);
      await this.#store.tidy();
      this.#retain();
    } catch (error) {
      // The first request will meet the same trouble, and tell more.
      this.feed.publish({ kind: "notice", level: "warning", code: "WARM_UP", text: String(error) });
    }
  }

  /** From now on the store is kept within its limits. */
  #retain(): void {
    const { signal } = this.#ended;
    if (signal.aborted) return;
    const parts = { store: this.#store, feed: this.feed, clock: this.#clock, limits: this.#retention, signal };
    // Loaded after the port is up: nothing of it is needed before.
    this.#retaining = import("../upkeep/retention.ts")
      .then(({ retain }) => retain(parts))
      .catch((error: unknown) => this.#pipeline.failureReply(error));
  }

  /** Takes no more connections; resolves when all that came is answered, delivered and stored, and the feed has ended. */
  async drain(): Promise<void> {
    await this.#capture.drain();
    await this.#pipeline.settled();
    this.#drained.abort();
    await this.#following;
  }

  /** Cuts what is still open; running attempts read interrupted afterwards. */
  async close(): Promise<void> {
    this.#ended.abort();
    this.#drained.abort();
    this.#capture.close();
    await this.#forwarder.close();
    await this.#following;
    await this.#retaining;
    await this.#store.end();
  }
}

/** @param onReopened told when another store is open: it knows nothing of this session yet */
function openStore(options: ListenSessionOptions, feed: Feed, notices: Notices, onReopened: () => void): Store {
  return new Store({
    path: options.storePath,
    clock: options.clock,
    pid: options.processes.pid,
    busyTimeoutMs: BUSY_TIMEOUT_MS,
    sparesEventLoop: true,
    onTrouble: (trouble) => feed.publish(troubleNotice(trouble)),
    onNotice: (text) => notices.say(text),
    onReopened: (text) => {
      notices.say(text);
      onReopened();
    },
  });
}

interface SessionParts {
  readonly retention: RetentionLimits;
  readonly clock: Clock;
  readonly notices: Notices;
  readonly feed: Feed;
  readonly meter: ByteMeter;
  readonly store: Store;
  readonly capture: CaptureServer;
  readonly pipeline: Pipeline;
  readonly forwarder: Forwarder;
  readonly recogniser: Recogniser;
  readonly captureUrl: string;
  readonly address: AddressInfo;
}

/** A kill may have come with a power cut or a bad disk behind it, so the file is looked over before it is written. */
async function settleKilledSessions(store: Store, processes: Processes): Promise<void> {
  const { dead } = unendedSessions(store, processes);
  if (dead.length === 0) return;
  const damage = store.read.countRequests() > CHECK_UP_TO_REQUESTS ? undefined : store.read.findDamage();
  if (damage !== undefined) throw new HookcliError("STORE_CORRUPT", { path: store.path, reason: damage });
  await settleDead(store, dead);
}

/** Makes the session known, unless its targets lead back to it. @returns the capture URL */
async function beginSession(store: Store, options: ListenSessionOptions, address: AddressInfo): Promise<string> {
  const { targets, routes, machine, processes } = options;
  const all = everyTarget(routes, targets);
  const circle: CircleOptions = { port: address.port, machine, resolve };
  await refuseOwnPort(all, circle);
  const captureUrl = urlOf(address);
  await store.beginSession(sessionOf(options, captureUrl));
  // Looked for after the own session is stored: of two listeners that start at once at least one then sees the other.
  const others = unendedSessions(store, processes).living.filter(({ id }) => id !== store.sessionId);
  await refuseWayBack(all, others, circle);
  return captureUrl;
}

function sessionOf(options: ListenSessionOptions, captureUrl: string): NewSession {
  return newSession("listen", options, { captureUrl, targets: options.targets.map(targetUrl) });
}

/** Hardly ever needed, and so not loaded before it is. */
async function resolve(hostname: string): Promise<readonly string[]> {
  return (await import("../../io/delivery/addresses.ts")).resolveSoon(hostname);
}

/** A listener on every address is reached on this machine over loopback. */
function urlOf({ address, port, family }: AddressInfo): string {
  if (isAnyAddress(address)) return `http://127.0.0.1:${port}`;
  return family === "IPv6" ? `http://[${address}]:${port}` : `http://${address}:${port}`;
}

function troubleNotice(trouble: HookcliError | undefined): Parameters<Feed["publish"]>[0] {
  if (!trouble) return { kind: "notice", level: "warning", code: "STORE_WELL", text: "the store takes requests again" };
  return { kind: "notice", level: "error", code: trouble.code, text: `${trouble.message}. ${trouble.hint}` };
}
