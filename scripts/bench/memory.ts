import type { Bench } from "./lib/bench.ts";
import { type SendLoad, startLoad } from "./lib/load.ts";
import { memoryOf } from "./lib/process-memory.ts";
import { say, sayBar } from "./lib/report.ts";
import { slope } from "./lib/stats.ts";
import type { Wanted } from "./lib/wanted.ts";

const CONNECTIONS = 32;
const STEPS = 10;
const MOST_MB = 160;
/** Growth over the second half that still counts as flat, for each 100,000 requests: 100 bytes a request. */
const FLAT_MB = 10;

/** Memory of `listen` while requests come in, stored only and forwarded. */
export async function memory(bench: Bench, { requests = 200_000 }: Wanted): Promise<void> {
  const target = await bench.program("target.ts");
  const load = await startLoad(bench);
  await series(bench, load, requests, "captured", []);
  await series(bench, load, requests, "forwarded", ["--forward", `http://127.0.0.1:${target.port}`]);
}

async function series(
  bench: Bench,
  load: SendLoad,
  requests: number,
  name: string,
  args: readonly string[],
): Promise<void> {
  const listener = await bench.listen(name, args);
  const count = Math.ceil(requests / STEPS);
  const points: (readonly [sent: number, rssMb: number])[] = [];
  let peakMb = memoryOf(listener.pid)?.peakMb ?? NaN;
  say(`${name}, ${CONNECTIONS} connections, 1 KB; at the start ${peakMb.toFixed(0)} MB`);
  for (let step = 1; step <= STEPS; step += 1) {
    const { perSecond } = await load({ port: listener.port, pid: listener.pid, connections: CONNECTIONS, count });
    const now = memoryOf(listener.pid);
    if (now === undefined) throw new Error(`${name}: the listener is gone, or this is not Linux`);
    points.push([step * count, now.rssMb]);
    peakMb = now.peakMb;
    const rates = `${perSecond.toFixed(0)} req/s`;
    say(
      `  ${String(step * count).padStart(8)} requests  ${now.rssMb.toFixed(0).padStart(4)} MB  peak ${peakMb.toFixed(0)} MB  ${rates}`,
    );
  }
  await bench.stop(listener.pid);
  sayBar(`${name}: most memory`, peakMb, "<=", MOST_MB, " MB");
  const growth = slope(points.slice(STEPS / 2)) * 100_000;
  sayBar(`${name}: growth for 100,000 requests, second half`, growth, "<=", FLAT_MB, " MB");
}
