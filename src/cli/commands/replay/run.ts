import { Outcomes, runPaced } from "../../running/paced-run.ts";
import { Tally } from "../../../app/delivering/tally.ts";
import {
  isOfOneRequest,
  type PlannedReplay,
  replayOrder,
  type Replays,
  type SignedReplay,
} from "../../../app/replaying/replays.ts";
import { newSession } from "../../../app/session/processes.ts";
import type { Delivery } from "../../../core/model/delivery.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { seededRandom } from "../../../core/model/seeded.ts";
import type { Store } from "../../../io/store/store.ts";
import { EXIT, type ExitCode } from "../../terminal/exit.ts";
import { styled } from "../../terminal/printer.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { adviceAfter } from "../../words/no-answer-words.ts";
import type { ReplayFlags } from "./read-flags.ts";
import type { ReplayRenderer } from "./replay-renderer.ts";

export interface ReplayContext {
  readonly at: Surroundings;
  readonly asked: ReplayFlags;
  readonly store: Store;
  readonly ids: readonly number[];
  readonly replays: Replays;
  readonly renderer: ReplayRenderer;
}

/** One call of `replay`: sends each request when its turn comes, and prints what came of it. */
export class ReplayRun {
  readonly #context: ReplayContext;
  readonly #total: number;
  /** Where a request is sent several times: the one that it became at the first. */
  readonly #edited = new Map<number, Promise<number>>();
  readonly #skipped = new Set<number>();
  readonly #ended = new AbortController();
  /** Lines that are still to come. */
  readonly #printing = new Tally();
  readonly #outcomes = new Outcomes();
  /** Why an outcome could not be stored. */
  #unstored: Error | undefined;
  #started = 0;
  #skips = 0;
  #isHeapKept = false;

  constructor(context: ReplayContext) {
    this.#context = context;
    this.#total = context.ids.length * context.asked.times;
  }

  /** @throws NO_ANSWER where a target gave none, and what keeps all of them from being sent */
  async run(): Promise<ExitCode> {
    const { at, asked, store, ids, renderer } = this.#context;
    const random = asked.seed === undefined ? undefined : seededRandom(asked.seed);
    await store.beginSession(newSession("replay", at));
    if (this.#total > 1) this.#keepHeapSmall();
    try {
      return await runPaced({
        at,
        order: replayOrder(ids, asked.times, random),
        pace: asked,
        send: async (id, begun) => this.#one(id, begun),
        seed: asked.isJson ? undefined : asked.seed,
        note: (text) => renderer.note(text),
        settled: async () => this.#printing.idle(),
        finished: async () => this.#exitCode(),
        summary: () => renderer.summary(this.#skips, this.#total - this.#started),
      });
    } finally {
      this.#ended.abort();
    }
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
      this.#skip(id, error);
    }
    await this.#context.at.out.flushed();
  }

  #skip(id: number, error: HookcliError): void {
    const { renderer, at } = this.#context;
    if (!this.#skipped.has(id))
      renderer.note(styled(`#${id} was not sent: `, "wait"), error.told(at.err.mask().text).message);
    this.#skipped.add(id);
    this.#skips += 1;
    renderer.step();
  }

  /** Resolves when all targets have answered or failed; the lines follow when that is stored. */
  async #send(id: number, begun: () => void): Promise<void> {
    const { asked, replays } = this.#context;
    const earlier = this.#edited.get(id);
    const sending = earlier
      ? earlier.then(async (edited) => this.#start(await replays.planStored(edited)))
      : replays.plan(id).then(async (planned) => this.#start(planned));
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

  async #start(planned: PlannedReplay): Promise<readonly SignedReplay[]> {
    if (planned.request.body.kind === "file") this.#keepHeapSmall();
    return this.#context.replays.start(planned);
  }

  #keepHeapSmall(): void {
    if (this.#isHeapKept) return;
    this.#isHeapKept = true;
    const { clock } = this.#context.at;
    void import("../../running/heap.ts").then(({ keepHeapSmall }) => keepHeapSmall(clock, this.#ended.signal));
  }

  async #printAll(started: readonly SignedReplay[]): Promise<void> {
    const { renderer } = this.#context;
    try {
      for (const { settled, isResigned } of started) {
        const ended = await settled;
        const { request, delivery } = ended;
        renderer.one({ ...ended, isResigned });
        this.#outcomes.add(delivery.status === "delivered", noAnswer(request.id, delivery));
      }
      renderer.step();
    } catch (error) {
      this.#unstored ??= error instanceof Error ? error : new Error(String(error));
    }
  }

  #exitCode(): ExitCode {
    if (this.#unstored) throw this.#unstored;
    const code = this.#outcomes.exitCode();
    return code === EXIT.ok && this.#skipped.size > 0 ? EXIT.no : code;
  }
}

function noAnswer(id: number, { url, attempts }: Delivery): HookcliError | undefined {
  const outcome = attempts.at(-1)?.outcome;
  if (outcome?.kind !== "no-response") return undefined;
  const { reason, detail } = outcome;
  return new HookcliError("NO_ANSWER", { url, reason, detail, id, advice: adviceAfter(reason) });
}
