import type { Attempt } from "../../../core/model/delivery.ts";
import { isDelivered } from "../../../core/model/delivery.ts";
import type { Mask } from "../../../core/model/mask.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import { type Piece, styled } from "../../terminal/printer.ts";
import { Progress } from "../../words/progress.ts";
import { causeLine, isTroubled, againPiece, outcomePiece } from "../../words/request-words.ts";
import { attemptToJson } from "../../../core/wire/request-json.ts";
import { countText } from "../../words/units.ts";

export interface SendOutput {
  readonly isJson: boolean;
  /** Only what went wrong, and the summary. */
  readonly isQuiet: boolean;
  /** Attempts that are to be made in all. */
  readonly total: number;
  /** The seed of the order, where it is a random one. */
  readonly seed: number | undefined;
}

/** What was sent where, and what came of it. */
export interface SentEvent {
  readonly provider: string;
  /** As a receiver reads it; undefined: the request carries none. */
  readonly eventId: string | undefined;
  readonly eventType: string;
  /** From 1. */
  readonly copy: number;
  readonly url: string;
  readonly isSigned: boolean;
  /** Names of what is wrong with it on purpose. */
  readonly faults: readonly string[];
  readonly attempt: Attempt;
}

/** Prints events as they are answered, and what they came to. */
export class SendRenderer {
  readonly #at: Surroundings;
  readonly #wanted: SendOutput;
  readonly #progress: Progress | undefined;
  readonly #counts = { sent: 0, delivered: 0, failed: 0 };

  constructor(at: Surroundings, wanted: SendOutput) {
    this.#at = at;
    this.#wanted = wanted;
    const isWanted = at.isErrTty && !wanted.isJson && !wanted.isQuiet && wanted.total > 1;
    // Where both streams are one terminal only one of them keeps bar and lines in order.
    this.#progress = isWanted ? new Progress(at.isOutTty ? at.out : at.err, at.clock, wanted.total) : undefined;
  }

  /** One attempt has ended. */
  one(sent: SentEvent): void {
    const counts = this.#counts;
    const isAccepted = isDelivered(sent.attempt.outcome);
    counts.sent += 1;
    counts[isAccepted ? "delivered" : "failed"] += 1;
    if (this.#wanted.isJson) this.#at.out.json(toShape(sent, this.#at.out.mask()));
    else if (!this.#wanted.isQuiet || !isAccepted) {
      this.#progress?.clear();
      this.#line(sent);
    }
    this.#progress?.update(counts.sent, `${countText(counts.failed)} failed`);
  }

  /** A line for people about something that happened on the way. */
  note(...pieces: readonly Piece[]): void {
    this.#progress?.clear();
    this.#at.err.line(...pieces);
  }

  /** What it all came to; said where there was more than one. */
  summary(): void {
    this.#progress?.clear();
    const { isJson, total, seed } = this.#wanted;
    const { sent, delivered, failed } = this.#counts;
    const notSent = total - sent;
    if (total === 1) return;
    if (isJson) {
      const shape: JsonShape<"sends"> = { v: 1, kind: "sends", sent, delivered, failed, notSent, seed: seed ?? null };
      return this.#at.out.json(shape);
    }
    const parts = [`${countText(delivered)} accepted`, `${countText(failed)} failed`];
    if (notSent > 0) parts.push(`${countText(notSent)} not sent`);
    this.#at.out.line(`${countText(sent)} sent: ${parts.join(", ")}`);
  }

  #line({ provider, eventId, eventType, copy, url, isSigned, faults, attempt }: SentEvent): void {
    const { out } = this.#at;
    const mask = out.mask();
    const marks = [...(isSigned ? [] : ["unsigned"]), ...faults, ...(copy > 1 ? [`copy ${countText(copy)}`] : [])];
    out.line(
      styled(eventId ?? "(no id)", eventId === undefined ? "dim" : "bold"),
      `  ${provider} ${eventType}  ${out.isUnicode ? "→" : "->"} ${mask.text(url)}  `,
      outcomePiece(attempt),
      againPiece(attempt),
      marks.length === 0 ? "" : styled(`  (${marks.join(", ")})`, "dim"),
    );
    const says = attempt.outcome && isTroubled(attempt.outcome) ? causeLine(attempt.outcome, mask) : "";
    if (says !== "") out.line(`  ${out.isUnicode ? "↳" : "|"} ${says}`);
  }
}

function toShape(
  { provider, eventId, eventType, copy, url, isSigned, faults, attempt }: SentEvent,
  mask: Mask,
): JsonShape<"sent"> {
  return {
    v: 1,
    kind: "sent",
    event: { provider, id: eventId ?? null, type: eventType },
    copy,
    signed: isSigned,
    faults: [...faults],
    url: mask.text(url),
    attempt: attemptToJson(attempt, mask),
    says: attempt.outcome && isTroubled(attempt.outcome) ? causeLine(attempt.outcome, mask) : null,
  };
}
