import { bodySizeBytes } from "../../../core/model/body.ts";
import { isDelivered } from "../../../core/model/delivery.ts";
import { readFaultNote } from "../../../core/model/fault-note.ts";
import type { FeedEntry } from "../../../core/model/feed.ts";
import type { Mask } from "../../../core/model/mask.ts";
import { credentialsOf } from "../../../core/model/request-credentials.ts";
import type { StoredRequest } from "../../../core/model/request.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { homePath } from "../../running/store-path.ts";
import { faultCountText, keptBackText, planText, toldByFault } from "../../words/fault-words.ts";
import { LeftOut } from "./left-out.ts";
import type { ListenRenderer, ReadyFacts, SummaryFacts } from "./listen-renderer.ts";
import { adviceAfter } from "../../words/no-answer-words.ts";
import { type Piece, type Printer, styled } from "../../terminal/printer.ts";
import {
  causeLine,
  isTroubled,
  againPiece,
  outcomePiece,
  requestLine,
  statusStyle,
} from "../../words/request-words.ts";
import { duplicateText, verdictPiece } from "../../words/signature-words.ts";
import { countText, durationText, leftOutText, plural, shorten, timeText } from "../../words/units.ts";
import { sizeText } from "../../../core/model/quantities.ts";

type AttemptEntry = Extract<FeedEntry, { kind: "attempt" }>;

const NOTICE_STYLES = { note: "link", warning: "wait", error: "bad" } as const;
const INDENT = "          ";
const MAX_REQUEST_LINE = 200;
const MAX_EVENT_TYPE = 60;
const MAX_EVENT_ID = 40;

/** The line log: one line for each delivery, a second one only where something went wrong. */
export class LineRenderer implements ListenRenderer {
  readonly #at: Surroundings;
  readonly #out: Printer;
  readonly #isQuiet: boolean;
  /** With several targets each line says which one it is about. */
  #hasSeveralTargets = false;
  readonly #leftOut: LeftOut;

  constructor(at: Surroundings, isQuiet: boolean) {
    this.#at = at;
    this.#out = at.out;
    this.#isQuiet = isQuiet;
    this.#leftOut = new LeftOut(at.outSink);
  }

  ready({ captureUrl, targets, storePath, stored, faults }: ReadyFacts): void {
    this.#hasSeveralTargets = targets.length > 1;
    if (this.#isQuiet) {
      // Whoever wonders about an answer shall find this.
      if (faults) this.#at.err.line(styled("faults: ", "wait"), planText(faults, this.#out.mask()));
      return;
    }
    const out = this.#out;
    out.line(styled("hookcli listening", "bold"));
    out.line();
    out.line("  Capture    ", styled(captureUrl, "link"));
    for (const [index, target] of targets.entries())
      out.line(index === 0 ? "  Forward    " : "             ", styled(this.#out.mask().text(target), "link"));
    if (targets.length === 0)
      out.line("  Forward    nowhere: requests are only stored (--forward localhost:8000 sends them on)");
    if (faults) out.line("  Faults     ", styled(planText(faults, this.#out.mask()), "wait"));
    out.line("  Store      ", homePath(storePath, this.#at.env), styled(` (${plural(stored, "request")})`, "dim"));
    out.line();
    out.line("  Waiting for requests. Ctrl-C to stop.");
    if (stored === 0) out.line(styled(`  Try it: curl -d '{"hi":1}' ${captureUrl}/`, "dim"));
    out.line();
  }

  entry(entry: FeedEntry): void {
    switch (entry.kind) {
      case "attempt":
        return this.#attempt(entry);
      case "settled":
        return entry.deliveries.length === 0 ? this.#storedOnly(entry.request) : undefined;
      case "notice":
        return this.#at.err.line(
          styled(`${entry.level}: `, NOTICE_STYLES[entry.level]),
          this.#out.mask().text(entry.text),
        );
      case "request":
        return undefined;
      default:
        return entry satisfies never;
    }
  }

  summary(facts: SummaryFacts): void {
    if (this.#isQuiet) return;
    const { received, delivered, failed, refused, duplicates, outOfOrder } = facts;
    const { failedSignatures, silent, storePath, isEphemeral } = facts;
    const parts = [`${countText(delivered)} delivered`, `${countText(failed)} failed`];
    if (refused > 0) parts.push(`${countText(refused)} refused`);
    if (duplicates > 0) parts.push(plural(duplicates, "duplicate"));
    if (outOfOrder > 0) parts.push(`${countText(outOfOrder)} out of order`);
    if (failedSignatures > 0) parts.push(plural(failedSignatures, "bad signature"));
    const faults = faultCountText(facts);
    if (faults !== undefined) parts.push(faults);
    if (silent > 0) parts.push(`${plural(silent, "silent connection")}`);
    const where = isEphemeral ? "The store is deleted." : `Stored in ${homePath(storePath, this.#at.env)}`;
    this.#out.line();
    this.#out.line(`${plural(received, "request")}: ${parts.join(", ")}. ${where}`);
  }

  #attempt({ request, delivery, attempt, elsewhere, ackBudgetMs = Infinity }: AttemptEntry): void {
    const isBad = isTroubled(attempt.outcome);
    if (this.#isQuiet && !isBad) return;
    const target =
      this.#hasSeveralTargets || elsewhere ? styled(`  ${this.#out.mask().text(delivery.url)}`, "dim") : "";
    const cause = delivery.cause === "replay" ? styled("  (replay)", "dim") : "";
    const isFirst = !this.#hasSeveralTargets || ackBudgetMs < Infinity;
    const isAnswering = delivery.cause === "forward" && isFirst;
    const isPrinted = this.#line(attempt.startedAtMs, request, [
      this.#arrow(),
      outcomePiece(attempt),
      againPiece(attempt),
      this.#late(request, attempt, ackBudgetMs),
      target,
      cause,
      ...this.#lie(request, attempt, isAnswering),
    ]);
    if (!isPrinted || !isBad || !attempt.outcome) return;
    const corner = this.#out.isUnicode ? "↳ " : "| ";
    const says = causeLine(
      attempt.outcome,
      this.#out.mask().and(credentialsOf({ headers: attempt.sentHeaders ?? [] }, request)),
    );
    if (says !== "") this.#out.line(INDENT, styled(corner, "dim"), says);
    // What the others need is plain; which flags there are for certificates is not.
    if (attempt.outcome.kind === "no-response" && attempt.outcome.reason === "tls")
      this.#out.line(INDENT, styled(corner, "dim"), adviceAfter("tls"));
    this.#out.line(INDENT, styled(corner, "dim"), styled(`hookcli replay ${request.id}`, "dim"));
  }

  /** The provider had given up by then, and comes again. */
  #late({ event }: StoredRequest, { durationMs = 0 }: AttemptEntry["attempt"], ackBudgetMs: number): Piece {
    if (durationMs <= ackBudgetMs) return "";
    return styled(`  (too slow: ${event.provider ?? "a provider"} waits ${durationText(ackBudgetMs)})`, "bad");
  }

  /** What the sender was told, where it is not what the target said. */
  #lie({ reply }: StoredRequest, { outcome }: AttemptEntry["attempt"], isAnswering: boolean): Piece[] {
    if (!reply || !isAnswering) return [];
    const told = toldByFault(reply, isDelivered(outcome), this.#out.mask());
    if (told !== undefined) return [styled(`  (sent ${told})`, "wait")];
    if (reply.note === "sender-gone") return [styled("  (sender gone)", "wait")];
    const isSame = outcome?.kind === "response" && outcome.response.status === reply.status;
    return isSame || this.#hasSeveralTargets ? [] : [styled(`  (sent ${reply.status})`, "wait")];
  }

  #storedOnly(request: StoredRequest): void {
    const { refusal, reply } = request;
    if (this.#isQuiet && !refusal) return;
    const told = toldByFault(reply, false, this.#out.mask());
    const note = readFaultNote(reply?.note);
    if (note && told !== undefined) {
      const kept = [this.#arrow(), keptBackText(note), styled(`  (sent ${told})`, "wait")];
      this.#line(request.receivedAtMs, request, kept);
      return;
    }
    const status = reply?.status ?? 0;
    const says = refusal
      ? [styled(`refused ${refusal.status}: ${refusal.reason}`, "bad")]
      : [this.#arrow(), "stored, replied ", styled(String(status), statusStyle(status))];
    this.#line(request.receivedAtMs, request, says);
  }

  /** False: left out, because nobody reads fast enough. */
  #line(atMs: number, request: StoredRequest, rest: readonly Piece[]): boolean {
    if (this.#leftOut.leavesOut()) return false;
    const leftOut = this.#leftOut.take();
    if (leftOut > 0) this.#out.line(styled(`(${leftOutText(leftOut)}; hookcli list shows all)`, "wait"));
    const mask = this.#out.mask();
    const part = request.completeness === "complete" ? "" : `  ${request.completeness}`;
    this.#out.line(
      styled(timeText(atMs), "dim"),
      "  ",
      styled(`#${request.id}`, "bold"),
      eventText(request, mask),
      `  ${shorten(requestLine(request, mask), MAX_REQUEST_LINE)}  `,
      styled(sizeText(bodySizeBytes(request.body)), "dim"),
      styled(part, "wait"),
      ...signaturePieces(request, this.#out.isUnicode, mask),
      "  ",
      ...rest,
    );
    return true;
  }

  #arrow(): string {
    return this.#out.isUnicode ? "→ " : "-> ";
  }
}

/** `  stripe invoice.paid`, as far as it is known. */
function eventText({ event }: StoredRequest, mask: Mask): string {
  const names = [event.provider, event.eventType].filter((name) => name !== undefined);
  return names.length === 0 ? "" : `  ${shorten(mask.text(names.join(" ")), MAX_EVENT_TYPE)}`;
}

function signaturePieces(request: StoredRequest, isUnicode: boolean, mask: Mask): Piece[] {
  const verdict = verdictPiece(request.event.verdict, isUnicode);
  const again = duplicateText(request, shorten(mask.text(request.event.eventId ?? ""), MAX_EVENT_ID));
  return [...(verdict ? ["  ", verdict] : []), ...(again === undefined ? [] : [styled(`  ${again}`, "wait")])];
}
