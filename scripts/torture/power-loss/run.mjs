/**
 * Cuts the power under a listener, on paper: records every write and sync of its store, rebuilds the disk as it would have
 * been at many points with none, half or all of the unsynced writes, and looks for everything acknowledged by then.
 * Controls, each without one kind of sync, must lose some, or the simulation proves nothing. Linux with gcc; the gate has a
 * short one (`test/journeys/power-loss.test.ts`):
 * `npm run build && node scripts/torture/power-loss/run.mjs [points] [requests]`.
 */
import { lossOf } from "./loss.ts";

const points = Number(process.argv[2] ?? 150);
const requests = Number(process.argv[3] ?? 2000);

const lost = await lossOf({ points, requests, largeEvery: 20, say: console.log });
/** @type {string[]} */
const blind = [];
for (const relaxed of /** @type {const} */ (["log", "bodies", "folders"])) {
  const inControl = await lossOf({ points, requests, largeEvery: 20, relaxed, say: console.log });
  if (inControl === 0) blind.push(relaxed);
}
if (blind.length > 0)
  console.log(`The control lost nothing without the sync of ${blind.join(", ")}: this run proved nothing.`);
else if (lost > 0) console.log(`LOST: ${lost} points at which something acknowledged was not there.`);
else console.log("Nothing acknowledged was lost; each control lost some.");
process.exitCode = blind.length > 0 ? 2 : lost > 0 ? 1 : 0;
