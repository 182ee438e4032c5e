/** The thread that searches for `Searcher`: a connection of its own that cannot write, and one slice for each question. */
import { parentPort, workerData } from "node:worker_threads";
import { systemClock } from "../../../core/model/clock.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { openForReading } from "../../sqlite/second-connection.ts";
import { openFailure } from "../../sqlite/failure.ts";
import { searchSlice } from "./search-slice.ts";
import type { SearchAnswer, SearchMessage, SearchPlace } from "./searcher.ts";
import { Spool } from "../disk/spool.ts";
import { openTables, type Tables } from "../rows/tables.ts";

const BUSY_TIMEOUT_MS = 500;
/** This thread writes no bodies. */
const NOBODY = { startedAtMs: 0, pid: 0 };

const { path, files } = workerData as SearchPlace;
/** Those that are being answered; their signals stop them. */
const running = new Map<number, AbortController>();
let tables: Tables | undefined;

parentPort?.on("message", (message: SearchMessage) => {
  if (message.kind === "stop") return running.get(message.number)?.abort();
  void answer(message).then((said) => parentPort?.postMessage(said));
});

async function answer({ number, question }: Extract<SearchMessage, { kind: "ask" }>): Promise<SearchAnswer> {
  const stopping = new AbortController();
  running.set(number, stopping);
  try {
    tables ??= open();
    const surroundings = { clock: systemClock, signal: stopping.signal };
    return { kind: "slice", number, slice: await searchSlice(tables, question, surroundings) };
  } catch (error) {
    const explained = openFailure(error, path, BUSY_TIMEOUT_MS);
    // A message carries no class.
    if (explained instanceof HookcliError) {
      return { kind: "failed", number, code: explained.code, details: explained.details };
    }
    return { kind: "bug", number, error: explained };
  } finally {
    running.delete(number);
  }
}

function open(): Tables {
  return openTables(openForReading(path, BUSY_TIMEOUT_MS, files), new Spool(`${path}-bodies`, NOBODY));
}
