import type { Bench, Started } from "./lib/bench.ts";
import { type Measured, startLoad } from "./lib/load.ts";
import { ratios, say, sayBar, sayRounds, sayServed } from "./lib/report.ts";
import { median } from "./lib/stats.ts";
import type { Wanted } from "./lib/wanted.ts";

const CONNECTIONS = 50;

/** `listen` without a target against a bare node:http server that reads the body and stores nothing. */
export async function capture(bench: Bench, { rounds = 7, seconds = 3 }: Wanted): Promise<void> {
  const bareServer = await bench.program("target.ts");
  const listener = await bench.listen("capture");
  const load = await startLoad(bench);
  const loaded = ({ port, pid }: Started) => load({ port, pid, connections: CONNECTIONS, forMs: seconds * 1000 });

  const bare: Measured[] = [];
  const hookcli: Measured[] = [];
  for (let at = 0; at <= rounds; at += 1) {
    bare.push(await loaded(bareServer));
    hookcli.push(await loaded(listener));
  }
  // The first one is the warm-up.
  report(bare.slice(1), hookcli.slice(1));
}

function report(bare: readonly Measured[], hookcli: readonly Measured[]): void {
  const perSecond = (results: readonly Measured[]) => results.map((result) => result.perSecond);
  const p99Ms = (results: readonly Measured[]) => results.map((result) => result.p99Ms);
  const speed = ratios(perSecond(hookcli), perSecond(bare));
  const slowest = ratios(p99Ms(hookcli), p99Ms(bare));
  say(`${CONNECTIONS} connections, 1 KB:`);
  sayServed(["bare server", bare], ["hookcli listen", hookcli]);
  sayRounds("requests/s, hookcli / bare server", speed, "");
  sayRounds("p99, hookcli / bare server", slowest, "");
  sayBar("requests/s against the bare server", median(speed), ">=", 0.45);
  sayBar("p99 against the bare server", median(slowest), "<=", 4);
}
