/**
 * Cuts the power under a listener, on paper: records every write and sync of its store, rebuilds the disk as it would have
 * been at random points with none, half or all of the unsynced writes, and looks for everything acknowledged by then.
 * A control run without the sync of commits must lose some, or the simulation proves nothing. Linux with gcc; outside
 * the gate: `npm run build && node scripts/torture/power-loss/run.mjs [points] [requests]`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkRecording } from "./check.ts";
import { recordListener } from "./record.ts";

const points = Number(process.argv[2] ?? 150);
const requests = Number(process.argv[3] ?? 2000);

/** @param {boolean} isRelaxed */
async function lossOf(isRelaxed) {
  const folder = mkdtempSync(join(tmpdir(), "hookcli-power-loss-"));
  try {
    const recording = await recordListener(folder, requests, isRelaxed);
    const count = (/** @type {string} */ kind) => recording.steps.filter((step) => step.kind === kind).length;
    console.log(
      `${isRelaxed ? "control, synchronous=NORMAL" : "hookcli as it is"}: ${recording.digests.size} acknowledged, ` +
        `${count("W")} writes, ${count("S")} syncs`,
    );
    let troubled = 0;
    for (const verdict of checkRecording(recording, points, join(folder, "cuts"))) {
      troubled += verdict.pointsWithLoss + verdict.pointsWithDamage;
      console.log(
        `  ${verdict.policy.padEnd(4)} of the unsynced kept: ${verdict.points} points, ${verdict.looked} looked for, ` +
          `loss at ${verdict.pointsWithLoss}, damage at ${verdict.pointsWithDamage}, worst ${verdict.worstLoss}`,
      );
    }
    return troubled;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const troubled = await lossOf(false);
const inControl = await lossOf(true);
if (inControl === 0) console.log("The control lost nothing: this run proved nothing.");
else if (troubled > 0) console.log(`LOST: ${troubled} points at which something acknowledged was not there.`);
else console.log(`Nothing acknowledged was lost; the control lost at ${inControl} points.`);
process.exitCode = inControl === 0 ? 2 : troubled > 0 ? 1 : 0;
