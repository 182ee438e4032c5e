/**
 * Fuzzes the capture port for longer than the gate does: `node scripts/torture/fuzz.mjs [--streams 200000] [--minutes N]
 * [--seed N]`. Half of the streams are held against an independent reading of the same bytes, the other half are bytes
 * mutated out of a corpus, of which nothing may hang, throw or stay in memory. Prints what was found, with its seed and a
 * small case, and ends with 1 where something was.
 */
import { parseArgs } from "node:util";
import { disagreement } from "../../test/helpers/differential.ts";
import { collectGarbage } from "../../test/helpers/garbage.ts";
import { hang, mutatedStream } from "../../test/helpers/mutated-streams.ts";
import { fuzzStreams } from "../../test/helpers/stream-fuzz.ts";
import { randomStream } from "../../test/helpers/wire-streams.ts";

const MIB = 1024 * 1024;
const ROUND = 5000;
const LIMITS = { headTimeoutMs: 500, idleBodyTimeoutMs: 500, keepAliveMs: 500 };

const { values } = parseArgs({
  options: { streams: { type: "string" }, minutes: { type: "string" }, seed: { type: "string" } },
});
const endsAtMs = values.minutes === undefined ? Infinity : performance.now() + Number(values.minutes) * 60_000;
const streams =
  values.streams === undefined && values.minutes !== undefined ? Infinity : Number(values.streams ?? 200_000);
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000);

let wrong = 0;
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error) => {
    wrong += 1;
    console.log(`thrown: ${error?.stack ?? error}`);
  });
}

const readApart = { make: randomStream, judge: disagreement };
const mutated = { limits: LIMITS, make: mutatedStream, judge: hang };

let played = 0;
let usedAtFirst = 0;
for (let round = 0; played < streams && performance.now() < endsAtMs; round += 1) {
  const seed = firstSeed + round;
  const count = Math.min(ROUND, streams - played);
  const findings = await fuzzStreams({ seed, count, ...(round % 2 === 0 ? readApart : mutated) });
  played += count;
  wrong += findings.length;
  for (const finding of findings) console.log(JSON.stringify(finding));
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  if (round === 3) usedAtFirst = heapUsed + external;
  const grown = usedAtFirst === 0 ? 0 : heapUsed + external - usedAtFirst;
  console.log(
    `${played} streams (seed ${seed}): ${wrong} findings, ${Math.round(grown / MIB)} MiB more in use, ${Math.round(rss / MIB)} MiB resident`,
  );
  if (grown > 20 * MIB) wrong += 1;
}
process.exitCode = wrong === 0 ? 0 : 1;
