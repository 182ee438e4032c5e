import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkRecording } from "./check.ts";
import { type RecordOptions, recordListeners } from "./record.ts";

export interface LossOptions extends Omit<RecordOptions, "folder"> {
  /** So many power cuts, each in three ways. */
  readonly points: number;
  /** Told what was recorded and found, line by line. */
  readonly say: (line: string) => void;
}

/** At how many points something acknowledged was gone, altered or in a damaged database. */
export async function lossOf({ points, say, ...options }: LossOptions): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "hookcli-power-loss-"));
  try {
    const recording = await recordListeners({ ...options, folder });
    const count = (kind: string): number => recording.steps.filter((step) => step.kind === kind).length;
    const whose = options.relaxed ? `control without the sync of ${options.relaxed}` : "hookcli as it is";
    say(`${whose}: ${recording.digests.size} acknowledged, ${count("W")} writes, ${count("S")} syncs`);
    let troubled = 0;
    for (const verdict of checkRecording(recording, points, join(folder, "cuts"))) {
      troubled += verdict.pointsWithLoss + verdict.pointsWithDamage;
      say(
        `  ${verdict.policy.padEnd(4)} of the unsynced kept: ${verdict.points} points, ${verdict.looked} looked for, ` +
          `loss at ${verdict.pointsWithLoss}, damage at ${verdict.pointsWithDamage}, worst ${verdict.worstLoss}`,
      );
    }
    return troubled;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
