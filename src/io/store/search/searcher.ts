import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { type Filter, term } from "../../../core/filter/filter.ts";
import type { ErrorCode } from "../../../core/model/error-catalogue.ts";
import { type ErrorDetails, HookcliError } from "../../../core/model/errors.ts";
import type { OpenFiles } from "../../sqlite/place-watch.ts";
import type { FoundRequest, SearchSlice, SliceQuestion } from "./search-slice.ts";

export interface SearchOptions {
  /** Ages in the filter count from here. */
  readonly nowMs: number;
  /** Ends after so many matches; undefined: goes through everything. */
  readonly limit?: number | undefined;
  /** Only requests that arrived at this time or later. */
  readonly sinceMs?: number | undefined;
  /** Only requests older than this one. */
  readonly beforeId?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a search has to tell: a match, or how far it has come. */
export type SearchEvent =
  | { readonly kind: "match"; readonly found: FoundRequest }
  /** Everything from the newest request down to this one has been looked at; 0: all. */
  | { readonly kind: "progress"; readonly beforeId: number };

/** To the searching thread. */
export type SearchMessage =
  | { readonly kind: "ask"; readonly number: number; readonly question: SliceQuestion }
  | { readonly kind: "stop"; readonly number: number };

/** And back. */
export type SearchAnswer =
  | { readonly kind: "slice"; readonly number: number; readonly slice: SearchSlice }
  | { readonly kind: "failed"; readonly number: number; readonly code: ErrorCode; readonly details: ErrorDetails }
  | { readonly kind: "bug"; readonly number: number; readonly error: unknown };

/** Where the searching thread looks. */
export interface SearchPlace {
  readonly path: string;
  readonly files: OpenFiles | undefined;
}

interface Waiting {
  readonly resolve: (slice: SearchSlice) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Searches a store in a thread of its own, so that whoever captures meanwhile does not wait. The store stays open in this
 * process as long as the searcher is used. Closed by whoever made it.
 */
export class Searcher {
  readonly #place: SearchPlace;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #count = 0;
  #isClosed = false;

  /**
   * Starts no thread before the first search.
   * @param files of the store as it is open; what else may be at the path by then is not searched
   */
  constructor(path: string, files?: OpenFiles) {
    this.#place = { path, files };
  }

  /**
   * Everything that matches, newest first, spooled bodies included, and after each stretch how far it has come. Ends early,
   * without an error, when `signal` aborts or nobody asks for more. Several may run at a time.
   * @throws STORE_UNREADABLE, STORE_CORRUPT, STORE_BUSY, STORE_MOVED
   */
  async *search(filter: Filter, options: SearchOptions): AsyncGenerator<SearchEvent, void, undefined> {
    const { nowMs, limit = Infinity, sinceMs, signal } = options;
    const since = sinceMs === undefined ? [] : [term({ kind: "since", atMs: sinceMs })];
    let left = limit;
    let beforeId = options.beforeId ?? Number.MAX_SAFE_INTEGER;
    while (left > 0 && beforeId > 0 && signal?.aborted !== true) {
      const question = { filter: [...filter, ...since], nowMs, beforeId, limit: left };
      const slice = await this.#ask(question, signal);
      for (const found of slice.found) yield { kind: "match", found };
      left -= slice.found.length;
      beforeId = slice.beforeId;
      yield { kind: "progress", beforeId };
    }
  }

  /** Ends the thread; searches that still run are rejected. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
    this.#fail(new Error("the searcher is closed"));
  }

  async #ask(question: SliceQuestion, signal: AbortSignal | undefined): Promise<SearchSlice> {
    if (this.#isClosed) throw new Error("the searcher is closed");
    const worker = (this.#worker ??= this.#start());
    const number = (this.#count += 1);
    const stop = (): void => send(worker, { kind: "stop", number });
    signal?.addEventListener("abort", stop);
    try {
      return await new Promise<SearchSlice>((resolve, reject) => {
        this.#waiting.set(number, { resolve, reject });
        send(worker, { kind: "ask", number, question });
      });
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  #start(): Worker {
    const worker = new Worker(workerUrl(), { workerData: this.#place });
    worker.on("message", (answer: SearchAnswer) => this.#take(answer));
    worker.on("error", (error) => {
      this.#worker = undefined;
      this.#fail(error);
    });
    return worker;
  }

  #take(answer: SearchAnswer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if (answer.kind === "slice") waiting?.resolve(answer.slice);
    else if (answer.kind === "failed") waiting?.reject(new HookcliError(answer.code, answer.details));
    else waiting?.reject(answer.error);
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Beside this file, in the source as well as in the bundle. */
function workerUrl(): URL {
  return new URL(`./search-worker${extname(import.meta.url)}`, import.meta.url);
}

function send(worker: Worker, message: SearchMessage): void {
  worker.postMessage(message);
}
