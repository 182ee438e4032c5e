import { credentialsOf } from "../../../core/model/request-credentials.ts";
import type { StoredRequest } from "../../../core/model/request.ts";
import type { Trend } from "../../../app/replaying/replay.ts";
import type { Delivery } from "../../../core/model/delivery.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import { type Piece, type Printer, styled } from "../../terminal/printer.ts";
import { Progress } from "../../words/progress.ts";
import { causeLine, isTroubled, againPiece, outcomePiece, requestLine } from "../../words/request-words.ts";
import { deliveryToJson, requestToJson } from "../../../core/wire/request-json.ts";
import { countText } from "../../words/units.ts";

export interface ReplayOutput {
  readonly isJson: boolean;
  /** Only what went wrong, and the summary. */
  readonly isQuiet: boolean;
  /** How many times something is sent, each to all of its targets. */
  readonly total: number;
  /** The seed of the order, where it is a random one. */
  readonly seed: number | undefined;
}

/** What was replayed where, and what came of it. */
export interface ReplayLine {
  readonly request: StoredRequest;
  readonly delivery: Delivery;
  readonly trend: Trend | undefined;
  /** It went out with a fresh signature. */
  readonly isResigned: boolean;
}

/** Prints replays as they end, and what they came to. */
export class ReplayRenderer {
  readonly #at: Surroundings;
  readonly #wanted: ReplayOutput;
  readonly #progress: Progress | undefined;
  readonly #counts = { sent: 0, delivered: 0, failed: 0, fixed: 0, regressed: 0 };
  #done = 0;

  constructor(at: Surroundings, wanted: ReplayOutput) {
    this.#at = at;
    this.#wanted = wanted;
    const isWanted = at.isErrTty && !wanted.isJson && !wanted.isQuiet && wanted.total > 1;
    // Where both streams are one terminal only one of them keeps bar and lines in order.
    this.#progress = isWanted ? new Progress(barPrinter(at), at.clock, wanted.total) : undefined;
  }

  /** One delivery has ended. */
  one(line: ReplayLine): void {
    const { delivery, trend } = line;
    const counts = this.#counts;
    counts.sent += 1;
    counts[delivery.status === "delivered" ? "delivered" : "failed"] += 1;
    if (trend === "fixed" || trend === "regressed") counts[trend] += 1;
    if (this.#wanted.isJson) return this.#json(line);
    if (this.#wanted.isQuiet && delivery.status === "delivered") return;
    this.#progress?.clear();
    this.#line(line);
  }

  /** One send, to however many targets, is over. */
  step(): void {
    this.#done += 1;
    this.#progress?.update(this.#done, `${countText(this.#counts.failed)} failed`);
  }

  /** A line for people about something that happened on the way. */
  note(...pieces: readonly Piece[]): void {
    this.#progress?.clear();
    this.#at.err.line(...pieces);
  }

  /** What it all came to; said where there was more than one, or not all of it was sent. */
  summary(skipped: number, notSent: number): void {
    this.#progress?.clear();
    const { isJson, total, seed } = this.#wanted;
    const { sent, delivered, failed, fixed, regressed } = this.#counts;
    if (total === 1 && sent <= 1 && notSent === 0) return;
    if (isJson) {
      const counts = { ...this.#counts, skipped, notSent };
      const shape: JsonShape<"replayed"> = { v: 1, kind: "replayed", ...counts, seed: seed ?? null };
      return this.#at.out.json(shape);
    }
    const of = (count: number, word: string): string => (count > 0 ? ` (${countText(count)} ${word})` : "");
    const parts = [
      `${countText(delivered)} delivered${of(fixed, "fixed")}`,
      `${countText(failed)} failed${of(regressed, "regressed")}`,
    ];
    if (skipped > 0) parts.push(`${countText(skipped)} skipped`);
    if (notSent > 0) parts.push(`${countText(notSent)} not sent`);
    this.#at.out.line(`${countText(sent)} sent: ${parts.join(", ")}`);
  }

  #json({ request, delivery, trend, isResigned }: ReplayLine): void {
    const shape: JsonShape<"delivery"> = {
      v: 1,
      kind: "delivery",
      elsewhere: false,
      request: requestToJson(request),
      delivery: deliveryToJson(delivery),
      trend: trend ?? null,
      resigned: isResigned,
    };
    this.#at.out.json(shape);
  }

  #line({ request, delivery, trend, isResigned }: ReplayLine): void {
    const { out } = this.#at;
    const attempt = delivery.attempts.at(-1);
    if (!attempt) return;
    out.line(
      styled(`#${request.id}`, "bold"),
      `  ${requestLine(request, out.mask())}  ${out.isUnicode ? "→" : "->"} ${out.mask().text(delivery.url)}  `,
      outcomePiece(attempt),
      againPiece(attempt),
      ...(trend ? ["  ", trendPiece(trend)] : []),
      isResigned ? styled("  re-signed", "dim") : "",
      request.parentId === undefined ? "" : styled(`  (edited from #${request.parentId})`, "dim"),
    );
    const says =
      attempt.outcome && isTroubled(attempt.outcome)
        ? causeLine(attempt.outcome, out.mask().and(credentialsOf({ headers: attempt.sentHeaders ?? [] }, request)))
        : "";
    if (says !== "") out.line(`  ${out.isUnicode ? "↳" : "|"} ${says}`);
  }
}

function barPrinter({ isOutTty, out, err }: Surroundings): Printer {
  return isOutTty ? out : err;
}

function trendPiece(trend: Trend): Piece {
  switch (trend) {
    case "fixed":
      return styled("fixed", "good");
    case "regressed":
      return styled("regressed", "bad");
    case "still-failing":
      return styled("still failing", "wait");
    case "still-passing":
      return styled("still passing", "dim");
    default:
      return trend satisfies never;
  }
}
