/**
 * Kills a listener 200 times (or as often as the first argument says) under load, always on the same store, and counts
 * what is lost. Outside the gate: `npm run build && node scripts/torture/kill-nine.mjs 1000`.
 */
import { killNine, killNineSummary } from "../../test/helpers/kill-nine.ts";

const result = await killNine(Number(process.argv[2] ?? 200));
console.log(killNineSummary(result));
const isWell = result.missing.length + result.different.length + result.idsTwice === 0 && result.quickCheck === "ok";
process.exitCode = isWell ? 0 : 1;
