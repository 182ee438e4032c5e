/** How a column behaves where the terminal is narrow. */
export interface Column {
  /** Its heading. */
  readonly name: string;
  /** Left out before columns with a greater number; undefined: never left out. */
  readonly gives?: number;
  /** Its text may be cut down to so many places; undefined: it is shown whole or not at all. */
  readonly least?: number;
}

const GAP = 2;

/**
 * How wide each column is printed, 0 where it is left out, so that a line of them fits: first texts are cut, then columns
 * give way, at last texts are cut as far as it takes.
 * @param natural widths of the widest cells
 * @param shown the columns to print, where that was decided before
 */
export function columnWidths(
  columns: readonly Column[],
  natural: readonly number[],
  room: number,
  shown: readonly boolean[] = shownColumns(columns, natural, room),
): readonly number[] {
  const widths = natural.map((width, at) => (shown[at] === true ? width : 0));
  let over = lineWidth(widths) - room;
  // The longest text is cut first, down to what it keeps; then all of them further.
  for (const keeps of [
    (column: Column) => column.least ?? Infinity,
    (column: Column) => (column.least ? 1 : Infinity),
  ]) {
    for (; over > 0; over -= 1) {
      const widest = columns.reduce((best, column, at) => {
        const isCuttable = (widths[at] ?? 0) > keeps(column);
        return isCuttable && (widths[at] ?? 0) > (widths[best] ?? 0) ? at : best;
      }, -1);
      if (widest < 0) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
    }
  }
  return widths;
}

function shownColumns(columns: readonly Column[], natural: readonly number[], room: number): readonly boolean[] {
  const shown = columns.map(() => true);
  const leasts = natural.map((width, at) => Math.min(width, columns[at]?.least ?? width));
  const giving = columns.flatMap(({ gives }, at) => (gives === undefined ? [] : [{ gives, at }]));
  for (const { at } of giving.toSorted((a, b) => a.gives - b.gives)) {
    if (lineWidth(leasts.map((width, column) => (shown[column] === true ? width : 0))) <= room) break;
    shown[at] = false;
  }
  return shown;
}

function lineWidth(widths: readonly number[]): number {
  const shown = widths.filter((width) => width > 0);
  return shown.reduce((sum, width) => sum + width, 0) + GAP * (shown.length - 1);
}
