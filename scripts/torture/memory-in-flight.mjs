/**
 * Fills a listener's memory in every way that is known, one listener and one attack at a time, and prints how much more it
 * took than at its start: at most 120 MB, whatever is sent. Takes 3 minutes and ends by itself:
 * `npm run build && node scripts/torture/memory-in-flight.mjs [seconds per attack] [part of a name]`.
 */
import { MEMORY_ATTACKS } from "../../test/helpers/memory-attacks.ts";
import { measureAttack } from "../../test/helpers/memory-in-flight.ts";

const MOST_GROWTH_MB = 120;
const seconds = Number(process.argv[2] ?? 6);
let isWell = true;
for (const attack of MEMORY_ATTACKS.filter(({ name }) => name.includes(process.argv[3] ?? ""))) {
  const { startMb, mostMb, rows } = await measureAttack(attack, seconds * 1000);
  const growth = mostMb - startMb;
  isWell &&= growth <= MOST_GROWTH_MB;
  console.log(
    `${growth > MOST_GROWTH_MB ? "OVER" : "ok  "} ${growth.toFixed(0).padStart(5)} MB more than ${startMb.toFixed(0)}  ${rows} stored  ${attack.name}`,
  );
}
process.exitCode = isWell ? 0 : 1;
