import { bodySizeBytes } from "../../core/model/body.ts";
import type { DeliveryCause } from "../../core/model/delivery.ts";
import type { FeedEntry } from "../../core/model/feed.ts";
import { maskText } from "../../core/model/redact.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import type { Surroundings } from "../surroundings.ts";
import { homePath } from "../store-path.ts";
import { LeftOut } from "./left-out.ts";
import type { ListenRenderer, ReadyFacts, SummaryFacts } from "./listen-renderer.ts";
import { type Piece, type Printer, styled } from "./printer.ts";
import { causeLine, isTroubled, outcomePiece, requestLine, statusStyle } from "./request-words.ts";
import { countText, leftOutText, plural, shorten, sizeText, timeText } from "./words.ts";

type AttemptEntry = Extract<FeedEntry, { kind: "attempt" }>;

const INDENT = "          ";
const MAX_REQUEST_LINE = 200;
const MAX_EVENT_TYPE = 60;

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

  ready({ captureUrl, targets, storePath, stored }: ReadyFacts): void {
    this.#hasSeveralTargets = targets.length > 1;
    if (this.#isQuiet) return;
    const out = this.#out;
    out.line(styled("hookcli listening", "bold"));
    out.line();
    out.line("  Capture    ", styled(captureUrl, "link"));
    for (const [index, target] of targets.entries())
      out.line(index === 0 ? "  Forward    " : "             ", styled(target, "link"));
    if (targets.length === 0)
      out.line("  Forward    nowhere: requests are only stored (--forward localhost:8000 sends them on)");
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
        return this.#at.err.line(styled(`${entry.level}: `, entry.level === "error" ? "bad" : "wait"), entry.text);
      case "request":
        return undefined;
      default:
        return entry satisfies never;
    }
  }

  summary({ received, delivered, failed, refused, silent, storePath, isEphemeral }: SummaryFacts): void {
    if (this.#isQuiet) return;
    const parts = [`${countText(delivered)} delivered`, `${countText(failed)} failed`];
    if (refused > 0) parts.push(`${countText(refused)} refused`);
    if (silent > 0) parts.push(`${plural(silent, "silent connection")}`);
    const where = isEphemeral ? "The store is deleted." : `Stored in ${homePath(storePath, this.#at.env)}`;
    this.#out.line();
    this.#out.line(`${plural(received, "request")}: ${parts.join(", ")}. ${where}`);
  }

  #attempt({ request, delivery, attempt, elsewhere }: AttemptEntry): void {
    const isBad = isTroubled(attempt.outcome);
    if (this.#isQuiet && !isBad) return;
    const target = this.#hasSeveralTargets || elsewhere ? styled(`  ${maskText(delivery.url)}`, "dim") : "";
    const cause = delivery.cause === "replay" ? styled("  (replay)", "dim") : "";
    const isPrinted = this.#line(attempt.startedAtMs, request, [
      this.#arrow(),
      outcomePiece(attempt),
      target,
      cause,
      ...this.#lie(request, attempt, delivery.cause),
    ]);
    if (!isPrinted || !isBad || !attempt.outcome) return;
    const corner = this.#out.isUnicode ? "↳ " : "| ";
    const says = causeLine(attempt.outcome);
    if (says !== "") this.#out.line(INDENT, styled(corner, "dim"), says);
    this.#out.line(INDENT, styled(corner, "dim"), styled(`hookcli replay ${request.id}`, "dim"));
  }

  /** What the sender was told, where it is not what the target said. */
  #lie({ reply }: StoredRequest, { outcome }: AttemptEntry["attempt"], cause: DeliveryCause): Piece[] {
    if (!reply || cause === "replay") return [];
    if (reply.note === "sender-gone") return [styled("  (sender gone)", "wait")];
    const isSame = outcome?.kind === "response" && outcome.response.status === reply.status;
    return isSame || this.#hasSeveralTargets ? [] : [styled(`  (sent ${reply.status})`, "wait")];
  }

  #storedOnly(request: StoredRequest): void {
    const { refusal, reply } = request;
    if (this.#isQuiet && !refusal) return;
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
    const type = request.event.eventType;
    const part = request.completeness === "complete" ? "" : `  ${request.completeness}`;
    this.#out.line(
      styled(timeText(atMs), "dim"),
      "  ",
      styled(`#${request.id}`, "bold"),
      type === undefined ? "" : `  ${shorten(maskText(type), MAX_EVENT_TYPE)}`,
      `  ${shorten(requestLine(request), MAX_REQUEST_LINE)}  `,
      styled(sizeText(bodySizeBytes(request.body)), "dim"),
      styled(part, "wait"),
      "  ",
      ...rest,
    );
    return true;
  }

  #arrow(): string {
    return this.#out.isUnicode ? "→ " : "-> ";
  }
}
