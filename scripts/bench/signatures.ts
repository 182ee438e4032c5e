import type { Bench, Started } from "./lib/bench.ts";
import { type Measured, startLoad } from "./lib/load.ts";
import { ratios, say, sayBar, sayRounds, sayServed } from "./lib/report.ts";
import { median } from "./lib/stats.ts";
import type { Wanted } from "./lib/wanted.ts";

const CONNECTIONS = 32;
const SECRET = "whsec_bench";

/** `listen --forward` that judges every signature against one that knows no secret; both get the same signed requests. */
export async function signatures(bench: Bench, { rounds = 7, seconds = 3 }: Wanted): Promise<void> {
  const target = await bench.program("target.ts");
  const forward = ["--forward", `http://127.0.0.1:${target.port}`];
  const without = await bench.listen("without-secret", forward);
  const judging = await bench.listen("with-secret", [...forward, "--secret", SECRET, "--verify"]);
  const load = await startLoad(bench);
  const loaded = ({ port, pid }: Started) =>
    load({ port, pid, connections: CONNECTIONS, forMs: seconds * 1000, stripeSecret: SECRET });

  const unjudged: Measured[] = [];
  const judged: Measured[] = [];
  for (let at = 0; at <= rounds; at += 1) {
    // Each of them is first every other time.
    if (at % 2 === 0) unjudged.push(await loaded(without));
    judged.push(await loaded(judging));
    if (at % 2 === 1) unjudged.push(await loaded(without));
  }
  // The first one is the warm-up.
  report(unjudged.slice(1), judged.slice(1));
}

function report(unjudged: readonly Measured[], judged: readonly Measured[]): void {
  const perSecond = (results: readonly Measured[]) => results.map((result) => result.perSecond);
  const cpu = (results: readonly Measured[]) => results.map((result) => result.cpuMicroseconds);
  const speed = ratios(perSecond(judged), perSecond(unjudged));
  say(`${CONNECTIONS} connections, 1 KB, signed by Stripe's scheme:`);
  sayServed(["without a secret", unjudged], ["every signature judged", judged]);
  sayRounds("requests/s, judged / not judged", speed, "");
  sayRounds("processor time, judged / not judged", ratios(cpu(judged), cpu(unjudged)), "");
  sayBar("requests/s with judging against without", median(speed), ">=", 0.92);
}
