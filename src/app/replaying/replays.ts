import type { Clock } from "../../core/model/clock.ts";
import type { ErrorCode } from "../../core/model/error-catalogue.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { CapturedRequest, StoredRequest } from "../../core/model/request.ts";
import { type Random, shuffle } from "../../core/model/seeded.ts";
import type { SessionRecord } from "../../core/model/session.ts";
import type { Target } from "../../core/model/target.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";
import type { Store } from "../../io/store/store.ts";
import type { Forwarder, Route } from "../delivering/forwarder.ts";
import { routesForReplay } from "./replay-routes.ts";
import { assertReplayable, replay, replayEdited, type ReplayOptions, type StartedReplay } from "./replay.ts";
import { type KeptReason, resign, type ResignOptions } from "./resign.ts";
import { ageingSignature } from "./signed-state.ts";

/** What is sent for a request: undefined where that is the request as stored. */
export type ContentOf = (request: StoredRequest) => Promise<CapturedRequest | undefined>;

/**
 * What a person may not expect of the signature that goes out. `kept`: it is the one that came, and why. `aged`: it is older
 * than handlers take it, and goes out as captured because that was asked for, or because no secret is known.
 */
export type SignatureNotice =
  | {
      readonly kind: "kept";
      readonly requestId: number;
      readonly reason: KeptReason;
      readonly scheme: Scheme | undefined;
      readonly isEdited: boolean;
    }
  | {
      readonly kind: "aged";
      readonly requestId: number;
      readonly because: "as-captured" | "no-secret";
      readonly scheme: Scheme;
      readonly ageMs: number;
      readonly toleranceMs: number;
    };

export interface ReplaysOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly forwarder: Forwarder;
  /** Listeners that run, for where a replay goes when nobody said. */
  readonly living: readonly SessionRecord[];
  /** In which one of them may have been started. */
  readonly directory: string;
  /** Undefined: to a listener's targets, else where each request went before. */
  readonly targets: readonly Target[] | undefined;
  readonly content: ContentOf;
  /** Sends what is only partly stored, too. */
  readonly isForced: boolean;
  readonly signing: ResignOptions;
  /** With the signature that came, whatever has become of it. */
  readonly isAsCaptured: boolean;
  readonly onNotice: (notice: SignatureNotice) => void;
}

/** What is sent for a stored request, and where. */
export interface PlannedReplay {
  readonly request: StoredRequest;
  /** Set where its content is not the stored one. */
  readonly edited: CapturedRequest | undefined;
  /** As it goes out. */
  readonly content: CapturedRequest;
  /** Its signature is a fresh one. */
  readonly isResigned: boolean;
  readonly routes: readonly Route[];
}

export interface SignedReplay extends StartedReplay {
  readonly isResigned: boolean;
}

/** Trouble of one request that is no reason to leave out the others. */
const OF_ONE_REQUEST: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "REQUEST_NOT_FOUND",
  "REQUEST_MALFORMED",
  "REQUEST_INCOMPLETE",
  "NO_TARGET",
  "BODY_NOT_EDITABLE",
  "BODY_FILE_MISSING",
  "BODY_FILE_REFUSED",
]);

/** Whether an error is about one request alone. */
export function isOfOneRequest(error: unknown): error is HookcliError {
  return error instanceof HookcliError && OF_ONE_REQUEST.has(error.code);
}

/** Loads stored requests, and decides what is sent for each, how it is signed and where it goes; then sends it. */
export class Replays {
  readonly #options: ReplaysOptions;

  constructor(options: ReplaysOptions) {
    this.#options = options;
  }

  /**
   * What would be sent for one request. Touches neither store nor wire, but for a large edited body.
   * @throws REQUEST_NOT_FOUND, REQUEST_MALFORMED, REQUEST_INCOMPLETE, NO_TARGET, SEVERAL_LISTENERS, BODY_NOT_EDITABLE,
   *   NO_SECRET, SECRET_UNAVAILABLE
   */
  async plan(id: number): Promise<PlannedReplay> {
    const { content, isForced } = this.#options;
    const request = this.#load(id);
    assertReplayable(request, isForced);
    return this.#signed(request, await content(request));
  }

  /** One that was edited and stored before is sent once more, as it was stored. @throws as `plan` does */
  async planStored(id: number): Promise<PlannedReplay> {
    return this.#signed(this.#load(id), undefined);
  }

  /** Resolves when it is stored and on its way to each of its targets. @throws REQUEST_NOT_FOUND, the store's trouble */
  async start({ request, edited, content, routes, isResigned }: PlannedReplay): Promise<readonly SignedReplay[]> {
    const { store, clock, forwarder, signing } = this.#options;
    const options: ReplayOptions = { store, clock, forwarder, schemes: signing.schemes };
    const started = edited
      ? await replayEdited(edited, request.id, routes, options)
      : await Promise.all(routes.map(async (route) => replay(request, route, options, content)));
    return started.map((each) => ({ ...each, isResigned }));
  }

  #load(id: number): StoredRequest {
    const { store } = this.#options;
    const request = store.read.findRequest({ kind: "id", id });
    // It was removed after the ids had been read.
    if (!request) throw new HookcliError("REQUEST_NOT_FOUND", { reference: String(id), store: store.path });
    return request;
  }

  /** The address that some schemes sign is the first route's. */
  async #signed(request: StoredRequest, edited: CapturedRequest | undefined): Promise<PlannedReplay> {
    const before = edited ?? request;
    const routes = this.#routes(request, edited ? { ...request, ...edited } : request);
    const content = await this.#resigned(request, before, routes[0]?.url ?? "");
    if (!content) return { request, edited, content: before, isResigned: false, routes };
    const resigned = { request, content, isResigned: true, routes: this.#routes(request, { ...request, ...content }) };
    return { ...resigned, edited: edited && content };
  }

  /** What goes out with a fresh signature; undefined: it keeps the one that it has. */
  async #resigned(request: StoredRequest, before: CapturedRequest, url: string): Promise<CapturedRequest | undefined> {
    const { signing, clock, isAsCaptured, onNotice } = this.#options;
    if (isAsCaptured) return this.#noticeAge(request, "as-captured");
    const isEdited = before !== request;
    const signed = await resign(request, before, url, clock.nowMs(), signing);
    if (signed.kind === "re-signed") return signed.content;
    const { reason, scheme } = signed;
    // A request that was not edited goes out as it came, and a handler refuses it only where it is too old: so the age is told.
    if (reason === "no-secret" && !isEdited) return this.#noticeAge(request, reason);
    onNotice({ kind: "kept", requestId: request.id, reason, scheme, isEdited });
    return undefined;
  }

  #noticeAge(request: StoredRequest, because: "as-captured" | "no-secret"): undefined {
    const { signing, clock, onNotice } = this.#options;
    const nowMs = clock.nowMs();
    const aged = ageingSignature(request, signing);
    if (aged?.isStaleAt(nowMs) !== true) return;
    const { scheme, signedAtMs, toleranceMs } = aged;
    onNotice({ kind: "aged", requestId: request.id, because, scheme, ageMs: nowMs - signedAtMs, toleranceMs });
  }

  #routes(request: StoredRequest, sent: StoredRequest): readonly Route[] {
    const { targets, living, directory, forwarder, store } = this.#options;
    if (targets) return targets.map((target) => forwarder.route(sent, target));
    return routesForReplay(request, living, directory, { store, forwarder }, sent);
  }
}

/** The same list so many times over, one round after the other; with `random` all of it in a random order. */
export function* replayOrder(
  ids: readonly number[],
  times: number,
  random?: Random,
): Generator<number, void, undefined> {
  if (!random) {
    for (let round = 0; round < times; round += 1) yield* ids;
    return;
  }
  const places = Uint32Array.from({ length: ids.length * times }, (_, at) => at % ids.length);
  shuffle(places, random);
  for (const place of places) yield ids[place] ?? 0;
}
