import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Comparison, compareWithStore, digest } from "./acknowledged.ts";
import { Listener } from "./listener.ts";
import { idIn, inParallel, post } from "./load.ts";

const CLIENTS = 16;
/** A listener lives until so many more have been acknowledged, 0 or more. */
const LONGEST_LIFE = 250;
/** One body in so many is too large for the database and goes to a file. */
const LARGE_EVERY = 150;
const LARGE_BYTES = 1_300_000;

export interface KillNineResult extends Comparison {
  readonly rounds: number;
  /** Acknowledged with an id that another request had before. */
  readonly idsTwice: number;
  readonly largeAcknowledged: number;
  /** From the start of the process to its ready line. */
  readonly slowestStartMs: number;
}

/**
 * Lets 16 senders post to a listener that is killed at any moment, after 0 to 250 answers, again and again on the same
 * store, and compares what they were promised with what the store holds in the end.
 */
export async function killNine(rounds: number): Promise<KillNineResult> {
  const folder = mkdtempSync(join(tmpdir(), "hookcli-kill-nine-"));
  const dbPath = join(folder, "hooks.db");
  const acknowledged = new Map<number, string>();
  const totals = { idsTwice: 0, largeAcknowledged: 0, slowestStartMs: 0 };
  const sender = sendInto(acknowledged, totals);
  try {
    for (let round = 0; round < rounds; round += 1) {
      const startedMs = performance.now();
      const listener = await Listener.start([], dbPath);
      totals.slowestStartMs = Math.max(totals.slowestStartMs, Math.round(performance.now() - startedMs));
      const ended = new AbortController();
      const life = randomInt(LONGEST_LIFE);
      const before = acknowledged.size;
      const { promise: isDue, resolve: kill } = Promise.withResolvers<void>();
      const sending = inParallel(CLIENTS, ended.signal, async (agent) => {
        if (acknowledged.size - before >= life) kill();
        await sender(listener.url, agent, ended);
      });
      await Promise.race([isDue, sending]);
      await listener.kill();
      ended.abort();
      await sending;
    }
    // The last one must start as well, and ends as it should.
    await (await Listener.start([], dbPath)).stop();
    return { rounds, ...totals, ...compareWithStore(dbPath, acknowledged) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Sender = (url: string, agent: Parameters<typeof post>[2], ended: AbortController) => Promise<void>;

function sendInto(acknowledged: Map<number, string>, totals: { idsTwice: number; largeAcknowledged: number }): Sender {
  let sent = 0;
  return async (url, agent, ended) => {
    sent += 1;
    const isLarge = sent % LARGE_EVERY === 0;
    const body = JSON.stringify({ sent, padding: "x".repeat(isLarge ? LARGE_BYTES : 600) });
    // A broken connection is what a killed listener looks like; the sender was promised nothing.
    const reply = await post(url, body, agent).catch(() => ended.abort());
    if (reply?.status !== 200) return;
    const id = idIn(reply);
    if (acknowledged.has(id)) totals.idsTwice += 1;
    if (isLarge) totals.largeAcknowledged += 1;
    acknowledged.set(id, digest(body));
  };
}

/** The totals in one line, for a person. */
export function killNineSummary(result: KillNineResult): string {
  const { rounds, acknowledged, largeAcknowledged, missing, different, idsTwice, unacknowledged } = result;
  return (
    `kill -9, ${rounds} rounds: ${acknowledged} acknowledged (${largeAcknowledged} in files), ${missing.length} lost, ` +
    `${different.length} altered, ${idsTwice} ids given twice, ${unacknowledged} stored but not acknowledged, ` +
    `quick_check ${result.quickCheck}, slowest start ${result.slowestStartMs} ms`
  );
}
