import { bodySizeBytes } from "../../../core/model/body.ts";
import type { Delivery } from "../../../core/model/delivery.ts";
import type { ErrorCode } from "../../../core/model/error-catalogue.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import type { CapturedRequest, StoredRequest } from "../../../core/model/request.ts";
import { seededRandom } from "../../../core/model/seeded.ts";
import type { Scheme } from "../../../core/schemes/scheme.ts";
import type { SessionRecord } from "../../../core/model/session.ts";
import type { Forwarder, Route } from "../../../app/delivering/forwarder.ts";
import { sendPaced } from "../../../app/delivering/pacing.ts";
import {
  assertReplayable,
  replay,
  replayEdited,
  type ReplayOptions,
  type StartedReplay,
} from "../../../app/replaying/replay.ts";
import { replayOrder } from "../../../app/replaying/replay-order.ts";
import { newSession } from "../../../app/session/processes.ts";
import { routesForReplay } from "../../../app/replaying/replay-routes.ts";
import { Tally } from "../../../app/delivering/tally.ts";
import type { Store } from "../../../io/store/store.ts";
import { keepRunning } from "../../running/keep-running.ts";
import { EXIT, type ExitCode } from "../../terminal/exit.ts";
import { adviceAfter } from "../../words/no-answer-words.ts";
import type { ReplayLine, ReplayRenderer } from "./replay-renderer.ts";
import { styled } from "../../terminal/printer.ts";
import { sizeText } from "../../words/units.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { ReplayFlags } from "./read-flags.ts";
import type { ReplaySigning } from "./signing.ts";
import type { SelectedRequests } from "../../../app/looking/select-requests.ts";
import { StopSwitch } from "../../running/stop-switch.ts";
import type { ContentOf } from "./edit.ts";

export interface ReplayContext {
  readonly at: Surroundings;
  readonly asked: ReplayFlags;
  readonly store: Store;
  readonly living: readonly SessionRecord[];
  readonly forwarder: Forwarder;
  readonly selected: SelectedRequests;
  readonly content: ContentOf;
  readonly renderer: ReplayRenderer;
  readonly signing: ReplaySigning;
  /** A note for people, once for each text. */
  readonly say: (note: string) => void;
  readonly schemes: readonly Scheme[];
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

interface SignedReplay extends StartedReplay {
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

/** One call of `replay`: loads each request when its turn comes, sends it, and prints what came of it. */
export class ReplayRun {
  readonly #context: ReplayContext;
  readonly #total: number;
  /** Where a request is sent several times: the one that it became at the first. */
  readonly #edited = new Map<number, Promise<number>>();
  readonly #skipped = new Map<number, HookcliError>();
  readonly #ended = new AbortController();
  /** Lines that are still to come. */
  readonly #printing = new Tally();
  /** Why an outcome could not be stored. */
  #unstored: Error | undefined;
  #started = 0;
  #skips = 0;
  #isHeapKept = false;
  #unanswered: HookcliError | undefined;
  #hasFailed = false;

  constructor(context: ReplayContext) {
    const { asked, selected } = context;
    this.#context = context;
    this.#total = selected.ids.length * asked.times;
  }

  /** @throws NO_ANSWER where a target gave none, and what keeps all of them from being sent */
  async run(): Promise<ExitCode> {
    const { at, asked, store, selected } = this.#context;
    const random = asked.seed === undefined ? undefined : seededRandom(asked.seed);
    if (asked.seed !== undefined && !asked.isJson)
      this.#context.renderer.note(`shuffled; again in this order: --seed ${asked.seed}`);
    await store.beginSession(newSession("replay", this.#context.at));
    const stop = new StopSwitch(at, (text) => this.#context.renderer.note(text));
    try {
      const pace = { ...asked, clock: at.clock, signal: stop.signal };
      const order = replayOrder(selected.ids, asked.times, random);
      const ended = keepRunning(async () =>
        sendPaced(order, pace, async (id, begun) => stop.during(this.#one(id, begun))),
      );
      ended.catch(() => undefined);
      const first = await Promise.race([ended, stop.forced]);
      if (first !== undefined) return first.code;
      await this.#printing.idle();
      return this.#exitCode();
    } finally {
      this.#context.renderer.summary(this.#skips, this.#total - this.#started);
      stop.end();
      this.#ended.abort();
    }
  }

  /**
   * What would be sent for one request. Touches neither store nor wire, but for a large edited body.
   * @throws REQUEST_NOT_FOUND, REQUEST_MALFORMED, REQUEST_INCOMPLETE, NO_TARGET, SEVERAL_LISTENERS, BODY_NOT_EDITABLE,
   *   NO_SECRET, SECRET_UNAVAILABLE
   */
  async plan(id: number): Promise<PlannedReplay> {
    const { asked, content } = this.#context;
    const request = this.#load(id);
    assertReplayable(request, sizeText(bodySizeBytes(request.body)), asked.isForced || asked.edits.body !== undefined);
    return this.#signed(request, await content(request));
  }

  /** The address that some schemes sign is the first route's. */
  async #signed(request: StoredRequest, edited: CapturedRequest | undefined): Promise<PlannedReplay> {
    const { signing, say } = this.#context;
    const before = edited ?? request;
    const routes = this.#routes(request, edited ? { ...request, ...edited } : request);
    const { content, isResigned } = await signing.decide(request, before, routes[0]?.url ?? "", say);
    if (!isResigned) return { request, edited, content, isResigned, routes };
    const resigned = { request, content, isResigned, routes: this.#routes(request, { ...request, ...content }) };
    return { ...resigned, edited: edited && content };
  }

  async #one(id: number, begun: () => void): Promise<void> {
    this.#started += 1;
    try {
      await this.#send(id, begun);
    } catch (error) {
      if (!isOfOneRequest(error) || this.#total === 1) {
        this.#started -= 1;
        throw error;
      }
      if (!this.#skipped.has(id))
        this.#context.renderer.note(
          styled(`#${id} was not sent: `, "wait"),
          error.told(this.#context.at.err.mask().text).message,
        );
      this.#skipped.set(id, error);
      this.#skips += 1;
      this.#context.renderer.step();
    }
    await this.#context.at.out.flushed();
  }

  /** Resolves when all targets have answered or failed; the lines follow when that is stored. */
  async #send(id: number, begun: () => void): Promise<void> {
    const { asked } = this.#context;
    const earlier = this.#edited.get(id);
    const sending = earlier
      ? earlier.then(async (edited) => this.#start(await this.#planStored(edited)))
      : this.#begin(id);
    if (!earlier && asked.times > 1) {
      const storing = sending.then(([started]) => started?.request.id ?? id);
      // Whoever waits for it sees its failure too.
      storing.catch(() => undefined);
      this.#edited.set(id, storing);
    }
    const started = await sending;
    begun();
    await Promise.all(started.map(async ({ ended }) => ended));
    this.#printing.begin();
    void this.#printAll(started).finally(() => this.#printing.end());
  }

  async #begin(id: number): Promise<readonly SignedReplay[]> {
    const planned = await this.plan(id);
    const { edited, routes, isResigned } = planned;
    if (!edited) return this.#start(planned);
    const started = await replayEdited(edited, id, routes, this.#options());
    return started.map((each) => ({ ...each, isResigned }));
  }

  async #start({ request, content, routes, isResigned }: PlannedReplay): Promise<readonly SignedReplay[]> {
    const options = this.#options();
    const started = routes.map(async (route) => replay(request, route, options, content));
    return (await Promise.all(started)).map((each) => ({ ...each, isResigned }));
  }

  #options(): ReplayOptions {
    const { store, at, forwarder, schemes } = this.#context;
    return { store, clock: at.clock, forwarder, schemes };
  }

  /** An edited request is sent once more as it was stored the first time. */
  async #planStored(id: number): Promise<PlannedReplay> {
    return this.#signed(this.#load(id), undefined);
  }

  #load(id: number): StoredRequest {
    const { store, at } = this.#context;
    const request = store.read.findRequest({ kind: "id", id });
    // It was there when the ids were read.
    if (!request) throw new HookcliError("REQUEST_NOT_FOUND", { reference: String(id), store: store.path });
    if (!this.#isHeapKept && (request.body.kind === "file" || this.#total > 1)) {
      this.#isHeapKept = true;
      void import("../../running/heap.ts").then(({ keepHeapSmall }) => keepHeapSmall(at.clock, this.#ended.signal));
    }
    return request;
  }

  #routes(request: StoredRequest, sent: StoredRequest): readonly Route[] {
    const { asked, living, at, forwarder, store } = this.#context;
    if (asked.targets) return asked.targets.map((target) => forwarder.route(sent, target));
    return routesForReplay(request, living, at.directory, { store, forwarder }, sent);
  }

  async #printAll(started: readonly SignedReplay[]): Promise<void> {
    try {
      for (const { settled, isResigned } of started) this.#print({ ...(await settled), isResigned });
      this.#context.renderer.step();
    } catch (error) {
      this.#unstored ??= error instanceof Error ? error : new Error(String(error));
    }
  }

  #print(ended: ReplayLine): void {
    const { request, delivery } = ended;
    this.#context.renderer.one(ended);
    if (delivery.status !== "delivered") this.#hasFailed = true;
    this.#unanswered ??= noAnswer(request.id, delivery);
  }

  #exitCode(): ExitCode {
    if (this.#unstored) throw this.#unstored;
    if (this.#unanswered) throw this.#unanswered;
    if (this.#hasFailed) return EXIT.no;
    const [skipped] = this.#skipped.values();
    return skipped ? EXIT.no : EXIT.ok;
  }
}

function noAnswer(id: number, { url, attempts }: Delivery): HookcliError | undefined {
  const outcome = attempts.at(-1)?.outcome;
  if (outcome?.kind !== "no-response") return undefined;
  const { reason, detail } = outcome;
  return new HookcliError("NO_ANSWER", { url, reason, detail, id, advice: adviceAfter(reason) });
}
