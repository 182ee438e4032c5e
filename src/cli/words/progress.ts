import type { Clock } from "../../core/model/clock.ts";
import type { Printer } from "../terminal/printer.ts";
import { countText } from "./units.ts";

const WIDTH = 24;
const REDRAW_AFTER_MS = 100;
const CLEAR_LINE = Buffer.from("\r\u001b[K");

/** A bar at the bottom of a terminal that says how far something has come. Cleared by whoever made it. */
export class Progress {
  readonly #out: Printer;
  readonly #clock: Clock;
  readonly #total: number;
  #drawnAtMs = -Infinity;
  #isVisible = false;

  /** @param out the terminal's; lines printed meanwhile must go there too, each after a `clear` */
  constructor(out: Printer, clock: Clock, total: number) {
    this.#out = out;
    this.#clock = clock;
    this.#total = total;
  }

  /** Draws it anew, at most ten times a second. @param note a few words behind the count */
  update(done: number, note: string): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#drawnAtMs < REDRAW_AFTER_MS) return;
    this.#drawnAtMs = nowMs;
    const filled = this.#total === 0 ? WIDTH : Math.floor((Math.min(done, this.#total) / this.#total) * WIDTH);
    const [full, empty] = this.#out.isUnicode ? ["█", "░"] : ["#", "."];
    const bar = full.repeat(filled) + empty.repeat(WIDTH - filled);
    this.clear();
    this.#out.raw(Buffer.from(`${bar} ${countText(done)} of ${countText(this.#total)}  ${note}`));
    this.#isVisible = true;
  }

  /** Makes room for a line, or for the end. */
  clear(): void {
    if (this.#isVisible) this.#out.raw(CLEAR_LINE);
    this.#isVisible = false;
  }
}
