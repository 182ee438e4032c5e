/** A duration as hookcli prints it: `<1 ms`, `17 ms`, `1.2 s`, `2 min 5 s`. */
const DURATION = String.raw`(?:<1 ms|\d+ ms|\d+(?:\.\d)? s|\d+ min(?: \d+ s)?)`;
/** At least three words in capital letters, two spaces between them: the heading of a table. */
const HEADING = /^ *(?:#|[A-Z]+)(?: {2,}[A-Z]+(?: [A-Z]+)*){2,}$/;
/** The points of a timeline, and the marks below them. */
const TIMELINE = /^( *[●○](?:[─┄]+[●○])+)\n(.*)$/gm;

/** What differs from run to run: the moment, how long something took, and what follows from them. Each only where it belongs. */
const UNSTEADY: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "{moment}"],
  [/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\b/g, "{date and time}"],
  [/\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g, "{HTTP date}"],
  // A list shows the time alone for today, and the date where midnight has passed since.
  [/\b(?:\d{4}-)?\d\d-\d\d \d\d:\d\d(?![:\d])/g, "{time}"],
  [/\b\d\d:\d\d:\d\d\.\d{3}\b/g, "{time with ms}"],
  [/\b\d\d:\d\d:\d\d\b(?!\.\d)/g, "{time}"],
  // The end of what is cut after so many characters.
  [/"\d{4}-\d\d-\d…/g, '"{cut date}…'],
  [new RegExp(String.raw`\bin ${DURATION}(?= |$)`, "gm"), "in {duration}"],
  [new RegExp(String.raw`(?<=\| \+?)${DURATION}(?= \||$)`, "gm"), "{duration}"],
  [new RegExp(String.raw`(?<=, )${DURATION}(?= before it came)`, "g"), "{duration}"],
  [/\b[0-9a-f]{8}(?=… \(64 characters\))/g, "{hex}"],
  [/(?<=^signed +ts +)\d{10}$/gm, "{seconds}"],
  [/(?<=^from +127\.0\.0\.1:)\d+/gm, "{port}"],
  [/(?<=\bcurl\/)\d+(?:\.\d+)+/g, "{version}"],
];

/**
 * What must be equal from run to run of what hookcli prints: all but moments, durations, signatures over them, ports of
 * senders and curl's version. Columns that are as wide as their longest text become cells, so that a line may be compared
 * whatever took longest; a line whose cells do not stand below their headings stays as it is.
 */
export function steady(text: string): string {
  const drawn = text.replaceAll(TIMELINE, (whole, points: string, marks: string) => timeline(points, marks) ?? whole);
  return UNSTEADY.reduce((steadied, [pattern, name]) => steadied.replaceAll(pattern, name), inCells(drawn));
}

/** The lines of each table as `cell | cell`. */
function inCells(text: string): string {
  let starts: readonly number[] | undefined;
  const lines = text.split("\n").map((line) => {
    if (HEADING.test(line)) starts = Array.from(line.matchAll(/\S+(?: \S+)*/g), ({ index }) => index);
    const cells = starts && cellsBelow(line, starts);
    if (!cells) starts = undefined;
    return cells?.join(" | ") ?? line;
  });
  return lines.join("\n");
}

/** Undefined where something does not begin where its heading does: there the table has ended. */
function cellsBelow(line: string, starts: readonly number[]): readonly string[] | undefined {
  if (line.trim() === "") return undefined;
  const cells = [0, ...starts].map((start, at) => line.slice(start, starts[at]));
  const last = cells.findLastIndex((cell) => cell.trim() !== "");
  const areApart = cells.slice(1, last).every((cell) => /^(?:\S.*| *) {2}$/.test(cell));
  const [indent = "", ...others] = cells;
  const isBelow = indent.trim() === "" && others.every((cell) => cell.trim() === "" || !cell.startsWith(" "));
  if (!isBelow || !areApart) return undefined;
  return [indent + (others[0] ?? "").trimEnd(), ...others.slice(1).map((cell) => cell.trimEnd())];
}

/** Each point with its mark; how far they are apart is a matter of time. Undefined where a mark stands below no point. */
function timeline(points: string, marks: string): string | undefined {
  const at = Array.from(points.matchAll(/[●○]/g), ({ index }) => index);
  const stray = Array.from(marks).some((mark, place) => mark !== " " && !at.includes(place));
  return stray ? undefined : at.map((place) => `{point ${points[place] ?? ""}${marks[place] ?? ""}}`).join("");
}
