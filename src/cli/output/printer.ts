import type { ChalkInstance } from "chalk";
import type { ColourLevel } from "./colour.ts";
import { safeJson, safeLine, safeText } from "./safe.ts";
import type { Sink } from "./sink.ts";

export type Style = "bold" | "dim" | "good" | "wait" | "bad" | "link";

/** A piece of a line. Its text may come from anywhere: it is made harmless when it is printed. */
export type Piece = string | { readonly text: string; readonly style: Style };

export function styled(text: string, style: Style): Piece {
  return { text, style };
}

/** In characters. */
const LEAST_COVERED = 8;

/** The only way anything gets printed: every piece of text passes through `safe.ts`, colour is added after that. */
export class Printer {
  readonly #sink: Sink;
  readonly #chalk: ChalkInstance | undefined;
  /** Arrows, ticks and dots may be used. */
  readonly isUnicode: boolean;
  /** Texts that are never printed, each as plain text and as JSON writes it, and what stands in their place. */
  #covered: readonly (readonly [text: string, mask: string])[] = [];

  private constructor(sink: Sink, chalk: ChalkInstance | undefined, isUnicode: boolean) {
    this.#sink = sink;
    this.#chalk = chalk;
    this.isUnicode = isUnicode;
  }

  /** Loads the colour library only where there is colour. */
  static async open(sink: Sink, level: ColourLevel, isUnicode: boolean): Promise<Printer> {
    if (level === 0) return new Printer(sink, undefined, isUnicode);
    const { Chalk } = await import("chalk");
    return new Printer(sink, new Chalk({ level }), isUnicode);
  }

  /**
   * Prints `mask` in place of this text from now on, but for exact bytes and where it is cut in two by a line's end. A text
   * so short that it would stand in many words is left.
   */
  cover(text: string, mask: string): void {
    if (text.length < LEAST_COVERED) return;
    const forms = new Set([text, safeLine(text), JSON.stringify(text).slice(1, -1)]);
    this.#covered = [...this.#covered, ...[...forms].map((form) => [form, mask] as const)];
  }

  /** One line. */
  line(...pieces: readonly Piece[]): void {
    const chalk = this.#chalk;
    let line = "";
    // Without colour there is no need to look at each piece alone.
    if (chalk) for (const piece of pieces) line += this.#render(piece, chalk);
    else for (const piece of pieces) line += typeof piece === "string" ? piece : piece.text;
    this.#sink.write(`${chalk ? line : safeLine(this.#withCovers(line))}\n`);
  }

  /** A line that what comes next overwrites, for a terminal only; an empty one takes it away. */
  transient(text: string): void {
    this.#sink.write(`\r\u001b[K${safeLine(this.#withCovers(text))}`);
  }

  /** Foreign text of several lines, ended by a line feed. */
  text(text: string): void {
    const rendered = safeText(this.#withCovers(text));
    this.#sink.write(rendered.endsWith("\n") ? rendered : `${rendered}\n`);
  }

  /** One compact JSON object on a line of its own. */
  json(shape: object): void {
    this.#sink.write(`${safeJson(this.#withCovers(JSON.stringify(shape)))}\n`);
  }

  /** Exact bytes, for those who asked for them. */
  raw(bytes: Uint8Array): void {
    this.#sink.write(bytes);
  }

  /** Resolves when all is out: before more of something large, and before the process ends. */
  async flushed(): Promise<void> {
    await this.#sink.flushed();
  }

  #withCovers(text: string): string {
    let left = text;
    for (const [covered, mask] of this.#covered) left = left.replaceAll(covered, mask);
    return left;
  }

  #render(piece: Piece, chalk: ChalkInstance): string {
    const text = safeLine(this.#withCovers(typeof piece === "string" ? piece : piece.text));
    return typeof piece === "string" ? text : paint(chalk, piece.style, text);
  }
}

function paint(chalk: ChalkInstance, style: Style, text: string): string {
  switch (style) {
    case "bold":
      return chalk.bold(text);
    case "dim":
      return chalk.dim(text);
    case "good":
      return chalk.green(text);
    case "wait":
      return chalk.yellow(text);
    case "bad":
      return chalk.red(text);
    case "link":
      return chalk.cyan(text);
    default:
      return style satisfies never;
  }
}
