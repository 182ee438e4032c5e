import { spawnSync } from "node:child_process";
import type { Bench, Started } from "./lib/bench.ts";
import { fdatasyncMs } from "./lib/disk.ts";
import { type Measured, type SendLoad, startLoad } from "./lib/load.ts";
import { ratios, say, sayBar, sayRounds, sayServed } from "./lib/report.ts";
import { median } from "./lib/stats.ts";
import type { Wanted } from "./lib/wanted.ts";

const CONNECTIONS = 32;

interface Round {
  readonly bare: Measured;
  readonly hookcli: Measured;
  readonly mitmdump: Measured | undefined;
  readonly bareAlone: Measured;
  readonly hookcliAlone: Measured;
  readonly fdatasyncMs: number;
}

/** `listen --forward` against a bare proxy that stores nothing, and against mitmdump. */
export async function throughput(bench: Bench, { rounds = 7, seconds = 3 }: Wanted): Promise<void> {
  const target = await bench.program("target.ts");
  const origin = `http://127.0.0.1:${target.port}`;
  const bare = await bench.program("bare-proxy.ts", [origin]);
  const hookcli = await bench.listen("throughput", ["--forward", origin]);
  const mitmdump = canRun("mitmdump") ? await bench.mitmdump(target.port) : undefined;
  const load = await startLoad(bench);

  const measured: Round[] = [];
  for (let at = 0; at <= rounds; at += 1)
    measured.push(await round(bench, load, { bare, hookcli, mitmdump }, seconds * 1000));
  // The first one is the warm-up.
  reportLoaded(measured.slice(1));
  reportAlone(measured.slice(1));
}

async function round(
  bench: Bench,
  load: SendLoad,
  {
    bare,
    hookcli,
    mitmdump,
  }: Readonly<Record<"bare" | "hookcli", Started>> & { readonly mitmdump: Started | undefined },
  forMs: number,
): Promise<Round> {
  const loaded = ({ port, pid }: Started) => load({ port, pid, connections: CONNECTIONS, forMs });
  const alone = ({ port, pid }: Started) => load({ port, pid, connections: 1, forMs: forMs / 2 });
  return {
    bare: await loaded(bare),
    hookcli: await loaded(hookcli),
    mitmdump: mitmdump && (await loaded(mitmdump)),
    bareAlone: await alone(bare),
    hookcliAlone: await alone(hookcli),
    fdatasyncMs: fdatasyncMs(bench.folder),
  };
}

function reportLoaded(rounds: readonly Round[]): void {
  const perSecond = (results: readonly Measured[]) => results.map((result) => result.perSecond);
  const bare = rounds.map((round) => round.bare);
  const hookcli = rounds.map((round) => round.hookcli);
  const mitmdump = rounds.flatMap((round) => round.mitmdump ?? []);
  say(`${CONNECTIONS} connections, 1 KB:`);
  sayServed(["bare proxy", bare], ["hookcli listen --forward", hookcli]);
  const toBare = ratios(perSecond(hookcli), perSecond(bare));
  sayRounds("hookcli / bare proxy", toBare, "");
  sayBar("requests/s against the bare proxy", median(toBare), ">=", 0.45);
  sayBar("the same, what we aim at", median(toBare), ">=", 0.6);
  if (mitmdump.length === 0) return say("SKIPPED  against mitmdump: it is not in PATH (npm run test:setup)");
  sayRounds("mitmdump", perSecond(mitmdump), "req/s", 0);
  const toMitmdump = ratios(perSecond(hookcli), perSecond(mitmdump));
  sayRounds("hookcli / mitmdump", toMitmdump, "");
  sayBar("requests/s against mitmdump", median(toMitmdump), ">=", 6);
}

function reportAlone(rounds: readonly Round[]): void {
  const bare = rounds.map((round) => round.bareAlone.p50Ms);
  const hookcli = rounds.map((round) => round.hookcliAlone.p50Ms);
  const disk = rounds.map((round) => round.fdatasyncMs);
  const added = hookcli.map((value, at) => value - (bare[at] ?? NaN));
  const allowed = disk.map((value) => 0.4 + 2 * value);
  say("1 connection, 1 KB:");
  sayRounds("bare proxy, p50", bare, "ms", 3);
  sayRounds("hookcli, p50", hookcli, "ms", 3);
  sayRounds("disk: append a page and fdatasync, p50", disk, "ms", 3);
  sayRounds("added by hookcli, p50", added, "ms", 3);
  sayRounds("allowed: 0.4 ms + 2 x fdatasync", allowed, "ms", 3);
  sayBar("added p50 over what is allowed", median(ratios(added, allowed)), "<=", 1);
}

function canRun(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}
