import { randomInt } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { type Acknowledged, compareWithStore } from "../../../test/helpers/acknowledged.ts";
import { Disk, POLICIES, type Policy } from "./disk.ts";
import type { Recording } from "./record.ts";
import { acknowledgedId, type Step } from "./recording.ts";

/** What power cuts at many points did, for one policy. */
export interface Verdict {
  readonly policy: Policy;
  points: number;
  /** Points at which an acknowledged request was gone or altered. */
  pointsWithLoss: number;
  /** Most requests lost at one point. */
  worstLoss: number;
  /** Points at which the database was damaged. */
  pointsWithDamage: number;
  /** Acknowledged requests that were looked for, over all points. */
  looked: number;
}

/**
 * Cuts the power at points of a recording, in each of the ways, and looks for everything acknowledged by then. One of the
 * points is the end, half of the others come right after an answer, where the promise is youngest, the rest anywhere.
 */
export function checkRecording(recording: Recording, points: number, workFolder: string): readonly Verdict[] {
  const { digests, folder } = recording;
  const steps: readonly (Step | undefined)[] = [...recording.steps, undefined];
  const answers = recording.steps.flatMap(({ kind }, index) => (kind === "A" ? [index + 1] : []));
  const cuts = new Set([recording.steps.length]);
  while (cuts.size < Math.min(points, answers.length)) {
    const answer = answers[randomInt(answers.length)];
    cuts.add(cuts.size % 2 === 1 && answer !== undefined ? answer : randomInt(recording.steps.length));
  }
  const verdicts = POLICIES.map((policy) => newVerdict(policy));
  const disk = new Disk(folder);
  const acknowledged = new Map<number, string>();
  for (const [index, step] of steps.entries()) {
    if (cuts.has(index))
      for (const verdict of verdicts) cutPower(disk, { recording, acknowledged, verdict, workFolder });
    if (!step) break;
    disk.follow(step);
    const id = step.kind === "A" ? acknowledgedId(step) : undefined;
    if (id !== undefined) acknowledged.set(id, digests.get(id) ?? "");
  }
  return verdicts;
}

interface Cut {
  readonly recording: Recording;
  readonly acknowledged: Acknowledged;
  readonly verdict: Verdict;
  readonly workFolder: string;
}

function cutPower(disk: Disk, { recording, acknowledged, verdict, workFolder }: Cut): void {
  mkdirSync(workFolder, { recursive: true });
  const into = mkdtempSync(join(workFolder, "cut-"));
  disk.writeOut(into, verdict.policy, () => randomInt(2) === 1);
  verdict.points += 1;
  verdict.looked += acknowledged.size;
  try {
    const lost = lostIn(join(into, relative(recording.folder, recording.dbPath)), acknowledged);
    if (lost === "damaged") verdict.pointsWithDamage += 1;
    else if (lost > 0) verdict.pointsWithLoss += 1;
    verdict.worstLoss = Math.max(verdict.worstLoss, lost === "damaged" ? acknowledged.size : lost);
  } finally {
    rmSync(into, { recursive: true });
  }
}

function lostIn(dbPath: string, acknowledged: Acknowledged): number | "damaged" {
  // Before the first promise anything may be missing, the file itself included.
  if (acknowledged.size === 0) return 0;
  if (!existsSync(dbPath)) return acknowledged.size;
  try {
    const { missing, different, quickCheck } = compareWithStore(dbPath, acknowledged);
    return quickCheck === "ok" ? missing.length + different.length : "damaged";
  } catch (error) {
    // SQLITE_ERROR: a database in order, but without its tables.
    return (error as { readonly code?: string }).code === "SQLITE_ERROR" ? acknowledged.size : "damaged";
  }
}

function newVerdict(policy: Policy): Verdict {
  return { policy, points: 0, pointsWithLoss: 0, worstLoss: 0, pointsWithDamage: 0, looked: 0 };
}
