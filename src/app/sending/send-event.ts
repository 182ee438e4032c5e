import { randomUUID } from "node:crypto";
import type { OutgoingFault } from "../../core/faults/outgoing/outgoing-fault.ts";
import type { Body } from "../../core/model/body.ts";
import type { Clock } from "../../core/model/clock.ts";
import { type Attempt, FIRST_ATTEMPT } from "../../core/model/delivery.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { CapturedRequest, Message } from "../../core/model/request.ts";
import type { Secret } from "../../core/model/secret.ts";
import type { SessionRecord } from "../../core/model/session.ts";
import { parseTarget, pathOnTarget, type Target } from "../../core/model/target.ts";
import { namedUrls } from "../../core/schemes/named-urls.ts";
import type { Forwarder, Route } from "../delivering/forwarder.ts";
import { Tries } from "../delivering/tries.ts";
import { composeEvent, type OutgoingEvent } from "./compose-event.ts";

export interface EventSenderOptions {
  readonly forwarder: Forwarder;
  readonly clock: Clock;
  readonly secret: Secret | undefined;
  /** The time to be signed, given the present. */
  readonly signedAtMs: (nowMs: number) => number;
  /** Path and query under each target. */
  readonly path: string;
  /** Where the provider would say that it posts to; undefined: the target itself. */
  readonly publicUrl: Target | undefined;
  readonly userAgent: string;
  /** What is wrong on purpose with each attempt; how often an event is sent is decided elsewhere. */
  readonly faults: readonly OutgoingFault[];
}

/** An event on its way to one target: what exactly is sent, and where. */
export interface PreparedEvent {
  readonly request: CapturedRequest;
  readonly route: Route;
  /** As in ComposedEvent. */
  readonly isSigned: boolean;
}

/** Sends events to targets. Nothing is stored: who listens stores what arrives. */
export class EventSender {
  readonly #options: EventSenderOptions;

  constructor(options: EventSenderOptions) {
    this.#options = options;
  }

  /**
   * Works out what is sent, freshly signed; touches no wire.
   * @throws BAD_SECRET, NOT_TAMPERABLE
   */
  async prepare(event: OutgoingEvent, target: Target): Promise<PreparedEvent> {
    const { clock, path, forwarder } = this.#options;
    const nowMs = clock.nowMs();
    const signedAtMs = this.#options.signedAtMs(nowMs) + this.#offsetMs();
    const { message, isSigned } = await composeEvent(event, {
      ...this.#options,
      signedAtMs,
      target: path,
      url: this.#signedUrl(target, path),
      uuid: () => randomUUID(),
    });
    const request = requestOf(message, nowMs);
    return { request, route: forwarder.route(request, target), isSigned };
  }

  /** Now; the second attempt is told where the first one was lost to a connection that was being closed. Never rejects. */
  async send({ request, route }: PreparedEvent): Promise<Attempt> {
    const { clock, forwarder } = this.#options;
    const sent = { ...request, body: this.#onWire(request.body) };
    let startedAtMs = clock.nowMs();
    const tries = new Tries(await forwarder.send(sent, route, false), FIRST_ATTEMPT, async ({ durationMs }) => {
      startedAtMs = clock.nowMs();
      return forwarder.sendAgain(sent, route, false, durationMs);
    });
    const ended = await tries.ended;
    return { startedAtMs, sentHeaders: route.headers, ...ended };
  }

  #signedUrl(target: Target, path: string): string {
    const { publicUrl } = this.#options;
    const arriving = pathOnTarget(target, path);
    // Without a path of its own the public address has the one that arrives, as a listener and `verify` take it.
    const named = publicUrl && namedUrls(publicUrl, publicUrl.path === "" ? arriving : path)[0];
    return named ?? target.origin + arriving;
  }

  #offsetMs(): number {
    const { faults } = this.#options;
    return faults.reduce((sum, { change }) => sum + (change.stage === "time" ? change.offsetMs : 0), 0);
  }

  #onWire(whole: Body): Body {
    const { faults, clock } = this.#options;
    return faults.reduce((body, { change }) => (change.stage === "wire" ? change.edit(body, clock) : body), whole);
  }
}

function requestOf(message: Message, nowMs: number): CapturedRequest {
  return {
    ...message,
    httpVersion: "1.1",
    trailers: [],
    receivedAtMs: nowMs,
    receiveDurationMs: 0,
    remoteAddress: "",
    origin: "edit",
    completeness: "complete",
  };
}

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
