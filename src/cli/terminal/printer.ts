import type { ChalkInstance } from "chalk";
import { Covers, LEAST_COVERED } from "../../core/model/covers.ts";
import { covering, type Mask, revealing } from "../../core/model/mask.ts";
import type { ColourLevel } from "./colour.ts";
import { safeJson, safeLine, safeText } from "./safe.ts";
import type { Sink } from "./sink.ts";

export type Style = "bold" | "dim" | "good" | "wait" | "bad" | "link";

/** A piece of a line. Its text may come from anywhere: it is made harmless when it is printed. */
export type Piece = string | { readonly text: string; readonly style: Style };

export function styled(text: string, style: Style): Piece {
  return { text, style };
}

/**
 * Secrets that could be words of hookcli's own sentences and values. They are covered in what is shown of requests, and not
 * behind that: who sets HOOKCLI_SECRET=delivered shall read what was delivered.
 */
const WORD =
  /^(?:[A-Za-z]{1,16}|(?:no|bad)-response|(?:missing|malformed)-header|no-secret|no-answer|still-(?:failing|passing)|too-(?:large|different)|would-send)$/;

/** The only way anything gets printed: every piece of text passes through `safe.ts`, colour is added after that. */
export class Printer {
  readonly #sink: Sink;
  readonly #chalk: ChalkInstance | undefined;
  /** Arrows, ticks and dots may be used. */
  readonly isUnicode: boolean;
  /** Secrets that are covered in foreign text, by `mask`. */
  readonly #covers = new Covers();
  /** Those that are covered in all that is printed, should one come by another way. */
  readonly #strays = new Covers();
  #masking: Mask = covering(this.#covers);
  #isRevealing = false;

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

  /** Covers this secret from now on in all that is printed but exact bytes; how long it must be, `Covers` says. */
  cover(secret: string): void {
    this.#covers.add(secret);
    this.#masking = covering(this.#covers);
    if (secret.length < LEAST_COVERED || WORD.test(secret)) return;
    this.#strays.add(secret);
    this.#strays.add(safeLine(secret));
  }

  /** For what was asked for with `--reveal` or `--raw`: secrets are no longer covered where `mask` did not. */
  reveal(): void {
    this.#isRevealing = true;
  }

  /** How foreign text is shown; it is masked before it is cut, escaped or made part of anything. */
  mask(isRevealed = false): Mask {
    return isRevealed ? revealing : this.#masking;
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
    const json = JSON.stringify(
      shape,
      this.#strays.isEmpty ? undefined : (_, value: unknown) => this.#withoutStrays(value),
    );
    this.#sink.write(`${safeJson(json)}\n`);
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
    return this.#isRevealing ? text : this.#strays.apply(text);
  }

  /** Values of JSON, before they become it: names and marks are never changed. */
  #withoutStrays(value: unknown): unknown {
    return typeof value === "string" ? this.#withCovers(value) : value;
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
