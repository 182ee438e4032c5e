import { readFileSync } from "node:fs";

/** One thing that the recorded process did; see recorder.c. */
export interface Step {
  readonly kind: "W" | "T" | "S" | "C" | "M" | "U" | "A";
  readonly path: string;
  readonly offset: number;
  readonly content: Buffer;
}

const HEAD_BYTES = 15;

/** Reads what recorder.c wrote. A record that the end of the process cut off is left out. */
export function readRecording(path: string): readonly Step[] {
  const log = readFileSync(path);
  const steps: Step[] = [];
  for (let at = 0; at + HEAD_BYTES <= log.length;) {
    const pathAt = at + HEAD_BYTES;
    const contentAt = pathAt + log.readUInt16LE(at + 1);
    const end = contentAt + log.readUInt32LE(at + 11);
    if (end > log.length) break;
    steps.push({
      kind: String.fromCharCode(log[at] ?? 0) as Step["kind"],
      path: log.toString("utf8", pathAt, contentAt),
      offset: Number(log.readBigUInt64LE(at + 3)),
      content: log.subarray(contentAt, end),
    });
    at = end;
  }
  return steps;
}

/** The request that an answer acknowledges; undefined where it acknowledges none. */
export function acknowledgedId({ content }: Step): number | undefined {
  const id = /"status":"captured","id":(\d+)/.exec(content.toString("latin1"))?.[1];
  return id === undefined ? undefined : Number(id);
}
