import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { seededRandom } from "../../src/core/model/seeded.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import { Store } from "../../src/io/store/store.ts";
import { digest } from "./acknowledged.ts";
import { Listener } from "./listener.ts";
import { idIn, inParallel, post, type Reply } from "./load.ts";
import { capturedRequest } from "./samples.ts";
import { root } from "./sources.ts";
import { type TakenAwayEvent, takenAwayEvents } from "./taken-away-events.ts";

/** From so long after the event on, whatever is acknowledged must have its row. */
const FROM_MS = 1000;
/** Capture that goes on by itself does so within this. */
const RECOVERS_WITHIN_MS = 20_000;
/** By then it would have gone on by itself, on a busy machine too. */
const STUCK_AFTER_MS = 8000;
const LARGE_BYTES = 1_100_000;
const BACKUP_REQUESTS = 20;

/** What came of one round. */
export interface TakenAwayRound {
  readonly name: string;
  readonly before: number;
  /** Acknowledged later than a second after the event. */
  readonly after: number;
  readonly refused: number;
  /** Of those, without a readable row and body. */
  readonly lost: number;
  /** From the event to the first acknowledgement that came later than a second; undefined: there was none. */
  readonly recoveredMs: number | undefined;
  /** The system ended the listener. */
  readonly died: string | undefined;
  /** Anything else that must not be, in words. */
  readonly problems: readonly string[];
}

interface Acknowledged {
  readonly id: number;
  readonly digest: string;
  readonly atMs: number;
}

/** One round: a listener under load, an event, and what its senders were promised held against what can be read. */
export async function takenAwayRound(event: TakenAwayEvent, seed: number): Promise<TakenAwayRound> {
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), "hookcli-taken-"));
  try {
    return await new Round(event, random, folder).run();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The event of each round: all kinds equally often, in an order that the seed decides. */
export function eventsFor(rounds: number, seed: number): readonly TakenAwayEvent[] {
  const random = seededRandom(seed);
  const list: TakenAwayEvent[] = [];
  while (list.length < rounds) {
    const kinds = [...takenAwayEvents];
    while (kinds.length > 0) list.push(...kinds.splice(Math.floor(random() * kinds.length), 1));
  }
  return list.slice(0, rounds);
}

class Round {
  readonly #event: TakenAwayEvent;
  readonly #random: () => number;
  readonly #dbPath: string;
  readonly #backup: string;
  readonly #acknowledged: Acknowledged[] = [];
  readonly #problems: string[] = [];
  #refused = 0;
  #sent = 0;
  #eventAtMs = Infinity;
  #mendedAtMs = 0;
  #lostBefore = 0;
  #died: string | undefined;

  constructor(event: TakenAwayEvent, random: () => number, folder: string) {
    this.#event = event;
    this.#random = random;
    mkdirSync(join(folder, "data"));
    this.#dbPath = join(folder, "data", "hooks.db");
    this.#backup = join(folder, "backup.db");
  }

  async run(): Promise<TakenAwayRound> {
    await fillStore(this.#backup, BACKUP_REQUESTS);
    if (this.#random() < 0.5) await fillStore(this.#dbPath, 5);
    const listener = await Listener.start([], this.#dbPath);
    void listener.ended().then(({ signal }) => (this.#died = signal ?? undefined));
    const over = new AbortController();
    const sending = this.#send(listener, over);
    await wait(100 + this.#random() * 600);
    if (this.#random() < 0.3) await this.#command("prune", "--keep", "100000");
    const looking = this.#act();
    await this.#mend();
    await this.#recovery();
    await wait(200 + this.#random() * 500);
    over.abort();
    await Promise.all([sending, looking]);
    const lost = this.#lostBefore + (existsSync(this.#dbPath) ? this.#lostOf(this.#promised()) : 0);
    await this.#end(listener);
    const late = this.#late();
    const [first] = late;
    if (this.#event.isNoticed !== false && this.#event.isHarmless !== true && this.#died === undefined)
      this.#expectTold(listener);
    return {
      name: this.#event.name,
      before: this.#acknowledged.filter(({ atMs }) => atMs < this.#eventAtMs).length,
      after: late.length,
      refused: this.#refused,
      lost,
      recoveredMs: first && first.atMs - this.#eventAtMs,
      died: this.#died === "SIGTERM" ? undefined : this.#died,
      problems: this.#problems,
    };
  }

  async #send({ url }: Listener, over: AbortController): Promise<void> {
    const senders = 1 + Math.floor(this.#random() * 5);
    const pauseMs = Math.floor(this.#random() * 4);
    await inParallel(senders, over.signal, async (agent) => {
      this.#sent += 1;
      const isLarge = this.#sent % 40 === 7 || (this.#event.name.startsWith("bodies") && this.#sent % 5 === 2);
      const body = JSON.stringify({ sent: this.#sent, padding: "x".repeat(isLarge ? LARGE_BYTES : 700) });
      const reply = await post(url, body, agent).catch(() => undefined);
      if (!reply) await wait(20);
      else this.#note(reply, body);
      if (pauseMs > 0) await wait(pauseMs);
    });
  }

  #note(reply: Reply, body: string): void {
    if (reply.status === 200)
      this.#acknowledged.push({ id: idIn(reply), digest: digest(body), atMs: performance.now() });
    else if (reply.status === 503) this.#refused += 1;
    else this.#problems.push(`a sender was told ${reply.status} ${reply.body}`);
  }

  /** In half of the rounds somebody looks at the store at about the same time. */
  async #act(): Promise<void> {
    try {
      this.#event.act(this.#dbPath, this.#backup);
    } catch (error) {
      this.#problems.push(`the event did not happen: ${String(error)}`);
    }
    this.#eventAtMs = performance.now();
    if (this.#random() < 0.5) return;
    await wait(this.#random() * 300);
    await this.#command("list", "--json");
  }

  async #mend(): Promise<void> {
    const { mend, leavesForeign } = this.#event;
    if (!mend) return;
    const before = leavesForeign ? readFileSync(this.#dbPath) : undefined;
    await wait(300 + this.#random() * (leavesForeign ? 2500 : 1200));
    // What it puts there takes the place of what was acknowledged meanwhile.
    const late = this.#late();
    if (late.length > 0) this.#lostBefore = this.#lostOf(late);
    if (before && !readFileSync(this.#dbPath).equals(before)) this.#problems.push("the other file was changed");
    mend(this.#dbPath, this.#backup);
    this.#mendedAtMs = performance.now();
  }

  /** Until a request is acknowledged that came long enough after the event. */
  async #recovery(): Promise<void> {
    while (this.#died === undefined && this.#lateAfterMend().length === 0) {
      const { mendWhenStuck } = this.#event;
      const sinceMs = performance.now() - this.#eventAtMs;
      if (mendWhenStuck && this.#mendedAtMs === 0 && sinceMs > STUCK_AFTER_MS) {
        mendWhenStuck(this.#dbPath, this.#backup);
        this.#mendedAtMs = performance.now();
      }
      if (sinceMs > RECOVERS_WITHIN_MS) {
        this.#problems.push("capture did not go on");
        return;
      }
      await wait(50);
    }
  }

  #late(): readonly Acknowledged[] {
    return this.#acknowledged.filter(({ atMs }) => atMs > this.#eventAtMs + FROM_MS);
  }

  /** Of a listener that was ended nothing may be missing, whenever it was acknowledged. */
  #promised(): readonly Acknowledged[] {
    return this.#died === "SIGBUS" ? this.#acknowledged : this.#lateAfterMend();
  }

  #lateAfterMend(): readonly Acknowledged[] {
    const from = this.#mendedAtMs > 0 ? this.#mendedAtMs + FROM_MS : 0;
    return this.#late().filter(({ atMs }) => atMs > from);
  }

  #lostOf(acknowledged: readonly Acknowledged[]): number {
    const db = new Sqlite(this.#dbPath);
    try {
      const row = db.prepare<[number], { readonly file: string | null; readonly bytes: Buffer | null }>(ROW);
      const check = String(db.pragma("quick_check(1)", { simple: true }));
      if (check !== "ok") this.#problems.push(`quick_check: ${check}`);
      return acknowledged.filter(({ id, digest: sent }) => {
        const found = row.get(id);
        if (!found) return true;
        const file = join(`${this.#dbPath}-bodies`, found.file ?? "");
        if (found.file !== null && !existsSync(file)) return true;
        return digest(found.file === null ? (found.bytes ?? "") : readFileSync(file)) !== sent;
      }).length;
    } finally {
      db.close();
    }
  }

  async #command(...args: readonly string[]): Promise<void> {
    const child = spawn(process.execPath, [join(root, "bin/hookcli.js"), ...args, "--db", this.#dbPath]);
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.stdout.resume();
    const code = await new Promise<number | null>((settle) => child.once("close", settle));
    if (code !== 0 && code !== 4) this.#problems.push(`${args[0]} ended with ${code}: ${err}`);
    this.#refuseStacks(err, args[0] ?? "");
  }

  #expectTold({ lines }: Listener): void {
    const isTold = lines.some(
      ({ kind, code }) => kind === "notice" && (code === "STORE_MOVED" || code === "STORE_FILES"),
    );
    if (!isTold) this.#problems.push("nobody was told");
  }

  #refuseStacks(text: string, from: string): void {
    if (/^\s+at .+:\d+/m.test(text) || text.includes("a bug in hookcli"))
      this.#problems.push(`a stack trace of ${from}: ${text}`);
  }

  async #end(listener: Listener): Promise<void> {
    if (this.#died === undefined) await listener.stop().catch((error: unknown) => this.#problems.push(String(error)));
    this.#refuseStacks(listener.stderr, "the listener");
    for (const { kind, code, text } of listener.lines)
      if (kind === "notice" && (code === "BUG" || (code === "STORE_MOVED" && this.#event.isHarmless === true)))
        this.#problems.push(String(text));
    const moved = join(this.#dbPath, "../../elsewhere/moved.db");
    if (existsSync(moved) && statSync(moved).size > 0 && isDatabase(moved)) {
      const db = new Sqlite(moved);
      const check = String(db.pragma("quick_check(1)", { simple: true }));
      if (check !== "ok") this.#problems.push(`the moved file: ${check}`);
      db.close();
    }
  }
}

const ROW = `SELECT requests.body_file AS file, request_bodies.bytes FROM requests
  LEFT JOIN request_bodies ON request_bodies.request_id = requests.id WHERE requests.id = ?`;

function isDatabase(path: string): boolean {
  return readFileSync(path).subarray(0, 15).toString() === "SQLite format 3";
}

async function fillStore(path: string, requests: number): Promise<void> {
  const store = new Store({ path, clock: systemClock, pid: process.pid, busyTimeoutMs: 1000 });
  for (let count = 0; count < requests; count += 1) await store.insertRequest(capturedRequest());
  store.close();
}
