/** One point of a drawn timeline. */
export interface TimelinePoint {
  readonly atMs: number;
  /** `seen` and `extra` ones have a mark below; `missing` and `next` are hollow. */
  readonly kind: "seen" | "extra" | "missing" | "next";
  /** One character below it. */
  readonly mark: string;
}

/** A line of points and one of marks; the same length. */
export interface Timeline {
  readonly points: string;
  readonly marks: string;
}

const GLYPHS = {
  unicode: { seen: "●", extra: "●", missing: "○", next: "○", line: "─", future: "┄", more: "…" },
  ascii: { seen: "*", extra: "*", missing: "o", next: "o", line: "-", future: ".", more: "~" },
} as const;

/** Wider ones say no more. */
const MOST_WIDTH = 72;
/** A second, for which a gap gets hardly any room. */
const UNIT_MS = 1000;

/**
 * Draws points in time from left to right; long gaps get more room than short ones, but not in proportion: seconds and
 * hours stand side by side. The oldest are left out where there is no room for all.
 * @param points by time
 * @param width in characters
 */
export function drawTimeline(points: readonly TimelinePoint[], width: number, isUnicode: boolean): Timeline {
  const glyphs = isUnicode ? GLYPHS.unicode : GLYPHS.ascii;
  const room = Math.max(1, Math.min(MOST_WIDTH, width));
  const most = Math.max(1, Math.floor((room - 1) / 2));
  const shown = points.slice(-most);
  const isCut = shown.length < points.length;
  let [line, marks] = isCut ? [`${glyphs.more}${glyphs.line}`, "  "] : ["", ""];
  const gaps = gapWidths(shown, room - line.length - shown.length);
  for (const [at, point] of shown.entries()) {
    const gap = gaps[at - 1] ?? 0;
    line += (point.kind === "next" ? glyphs.future : glyphs.line).repeat(gap) + glyphs[point.kind];
    marks += " ".repeat(gap) + point.mark;
  }
  return { points: line, marks: marks.trimEnd() };
}

/** How many characters lie between neighbours, at least one. */
function gapWidths(points: readonly TimelinePoint[], room: number): readonly number[] {
  const weights = points
    .slice(1)
    .map(({ atMs }, at) => Math.log2(2 + Math.max(0, atMs - (points[at]?.atMs ?? atMs)) / UNIT_MS));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const spare = Math.max(0, room - weights.length);
  return weights.map((weight) => 1 + Math.min(Math.floor(weight * 2), Math.floor((spare * weight) / sum)));
}
