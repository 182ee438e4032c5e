import { constants, PerformanceObserver } from "node:perf_hooks";
import { ByteMeter } from "../../src/core/model/byte-budget.ts";
import { keepHeapSmall } from "../../src/cli/running/heap.ts";
import { SteppedClock } from "./stepped-clock.ts";
import { turns } from "./turns.ts";

/**
 * Run as a process of its own, since the flags of V8 that are set here are the whole process's. Prints one JSON line: which
 * garbage collections were asked for at each look, and how long the wait for the next one is.
 */

interface Collection {
  readonly kind: number;
  readonly flags: number;
}

const MIB = 1024 * 1024;
const clock = new SteppedClock();
const over = new AbortController();
const asked: string[] = [];
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries() as unknown as readonly { readonly detail: Collection }[]) {
    const { kind, flags } = detail;
    // V8's own are not forced.
    if ((flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0)
      asked.push(kind === constants.NODE_PERFORMANCE_GC_MAJOR ? "major" : "minor");
  }
}).observe({ entryTypes: ["gc"] });

/** So much memory outside the heap, a piece of 64 KiB at a time, as read buffers are. */
const buffers = (mib: number): readonly unknown[] => Array.from({ length: mib * 16 }, () => new ArrayBuffer(MIB / 16));
/** 16 MiB of the heap, in one piece that is old from the start. */
const oldObjects = (): readonly unknown[] => Array.from({ length: 2 * MIB });

const meter = new ByteMeter();
const kept = keepHeapSmall(clock, over.signal, meter);

async function look(afterMs = 40): Promise<readonly string[]> {
  clock.advance(afterMs);
  await clock.waiting(1);
  await turns(5);
  return asked.splice(0);
}

await clock.waiting(1);
const waitsMs = clock.remainingMs;
const little = await look();
let held = buffers(30);
const grown = await look();
const stillThere = await look();
const aSecondLater = await look(1001);
const rightAfter = await look();
held = [...held, oldObjects()];
const oldGrown = await look();
// No time passes.
meter.add(8 * MIB);
await turns(5);
const muchRead = asked.splice(0);
over.abort();
await kept;
meter.add(8 * MIB);
await turns(5);
const readAfterwards = asked.splice(0);
const told = {
  waitsMs,
  little,
  grown,
  stillThere,
  aSecondLater,
  rightAfter,
  oldGrown,
  muchRead,
  readAfterwards,
  held: held.length,
};
process.stdout.write(`${JSON.stringify({ ...told, waitsAtTheEnd: clock.remainingMs })}\n`);
