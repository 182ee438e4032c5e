import type { Surroundings } from "../terminal/surroundings.ts";
import { type Column, columnWidths } from "./column-widths.ts";
import { type Piece, styled } from "../terminal/printer.ts";
import { safeLine } from "../terminal/safe.ts";
import { cutToWidth, paddedWidth, padToWidth, textWidth } from "./text-width.ts";

/**
 * Rows in columns, printed as they come: a column never becomes narrower than it was, and what was left out stays out. On a
 * terminal no line is longer than it is wide; elsewhere nothing is cut.
 */
export class TextTable {
  readonly #at: Surroundings;
  readonly #columns: readonly Column[];
  readonly #indent: string;
  /** Of the widest cell so far. */
  #natural: readonly number[];
  #shown: readonly boolean[] | undefined;

  /** @param indent before each line, in characters */
  constructor(at: Surroundings, columns: readonly Column[], indent = 0) {
    this.#at = at;
    this.#columns = columns;
    this.#indent = " ".repeat(indent);
    this.#natural = columns.map(({ name }) => name.length);
  }

  /** The heading comes with the first rows. */
  print(rows: readonly (readonly Piece[])[]): void {
    if (rows.length === 0) return;
    // Escapes grow text, so they come before anything is measured.
    const safe = rows.map((row) => row.map((cell) => restyled(cell, safeLine(textOf(cell)))));
    this.#natural = this.#natural.map((width, column) =>
      Math.max(width, ...safe.map((row) => textWidth(textOf(row[column] ?? "")))),
    );
    const room = this.#at.isOutTty ? this.#at.columns - this.#indent.length : Infinity;
    const widths = columnWidths(this.#columns, this.#natural, room, this.#shown);
    if (!this.#shown)
      this.#line(
        this.#columns.map(({ name }) => styled(name, "dim")),
        widths,
      );
    this.#shown ??= widths.map((width) => width > 0);
    for (const row of safe) this.#line(row, widths);
  }

  #line(cells: readonly Piece[], widths: readonly number[]): void {
    const { out } = this.#at;
    const last = cells.findLastIndex((cell, column) => (widths[column] ?? 0) > 0 && textOf(cell) !== "");
    const pieces = cells.slice(0, last + 1).flatMap((cell, column) => {
      const width = widths[column] ?? 0;
      if (width === 0) return [];
      const text = cutToWidth(textOf(cell), width, out.isUnicode);
      const filled = padToWidth(text, paddedWidth(width, this.#at));
      return column === last ? [restyled(cell, text)] : [restyled(cell, filled), "  "];
    });
    out.line(this.#indent, ...pieces);
  }
}

function restyled(piece: Piece, text: string): Piece {
  return typeof piece === "string" ? text : styled(text, piece.style);
}

function textOf(piece: Piece): string {
  return typeof piece === "string" ? piece : piece.text;
}
