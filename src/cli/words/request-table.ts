import type { Delivery } from "../../core/model/delivery.ts";
import { readFaultNote } from "../../core/model/fault-note.ts";
import { type Mask, usualMask } from "../../core/model/mask.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import { columnWidths } from "./column-widths.ts";
import { sentByFault } from "./fault-words.ts";
import { type Piece, styled } from "../terminal/printer.ts";
import { statusStyle } from "./request-words.ts";
import { fromWire, safeLine } from "../terminal/safe.ts";
import { nthText, verdictCell } from "./signature-words.ts";
import { cutToWidth, paddedWidth, padToWidth, textWidth } from "./text-width.ts";
import { durationText, listTimeText } from "./units.ts";
import { sizeText } from "../../core/model/quantities.ts";

/** A request as a list shows it, with the delivery that tells how it fared; undefined where it went nowhere. */
export interface ListedDelivery {
  readonly request: StoredRequest;
  readonly bodySizeBytes: number;
  readonly delivery: Delivery | undefined;
}

/** In order; `gives` says how early a column gives way where the terminal is narrow (1 first), `least` how far it shrinks. */
const COLUMNS = [
  { name: "TIME", gives: 4 },
  { name: "ID" },
  { name: "METHOD", gives: 3 },
  { name: "PATH", least: 16 },
  { name: "STATUS", least: 11 },
  { name: "TOOK", gives: 2 },
  { name: "SIZE", gives: 1 },
  { name: "SIG", gives: 3 },
  { name: "PROVIDER", gives: 2 },
  { name: "EVENT", gives: 5, least: 16 },
] as const;

/**
 * Requests in columns, printed as they come: a column never becomes narrower than it was, and what was left out stays
 * out. On a terminal no line is longer than it is wide; elsewhere nothing is cut.
 */
export class RequestTable {
  readonly #at: Surroundings;
  /** Of the widest cell so far. */
  #natural: readonly number[] = COLUMNS.map(({ name }) => name.length);
  #shown: readonly boolean[] | undefined;

  constructor(at: Surroundings) {
    this.#at = at;
  }

  /** The heading comes with the first rows. */
  print(rows: readonly ListedDelivery[]): void {
    if (rows.length === 0) return;
    // Escapes grow text, so they come before anything is measured.
    const cells = rows.map((row) => requestCells(row, this.#at.clock.nowMs(), this.#at.out.mask()).map(toSafePiece));
    this.#natural = this.#natural.map((width, column) =>
      Math.max(width, ...cells.map((row) => textWidth(textOf(row[column] ?? "")))),
    );
    const roomFor = this.#at.isOutTty ? this.#at.columns : Infinity;
    const widths = columnWidths(COLUMNS, this.#natural, roomFor, this.#shown);
    if (!this.#shown)
      this.#line(
        COLUMNS.map(({ name }) => styled(name, "dim")),
        widths,
      );
    this.#shown ??= widths.map((width) => width > 0);
    for (const row of cells) this.#line(row, widths);
  }

  #line(cells: readonly Piece[], widths: readonly number[]): void {
    const { out } = this.#at;
    const cut = cells.map((cell, column) =>
      restyled(cell, cutToWidth(textOf(cell), widths[column] ?? 0, out.isUnicode)),
    );
    const last = cut.findLastIndex((cell) => textOf(cell) !== "");
    const padded = cut.slice(0, last).flatMap((cell, column) => {
      const width = widths[column] ?? 0;
      return width === 0 ? [] : [restyled(cell, padToWidth(textOf(cell), paddedWidth(width, this.#at))), "  "];
    });
    out.line(...padded, cut[last] ?? "");
  }
}

/** Its cells, in the order of the columns. */
export function requestCells(
  { request, bodySizeBytes, delivery }: ListedDelivery,
  nowMs: number,
  mask: Mask = usualMask,
): readonly Piece[] {
  const attempt = delivery?.attempts.at(-1);
  return [
    styled(listTimeText(request.receivedAtMs, nowMs), "dim"),
    styled(`#${request.id}`, "bold"),
    request.method === "" ? "-" : mask.text(request.method),
    request.target === "" ? "(not HTTP)" : mask.text(fromWire(request.target)),
    statusPiece(request, delivery, mask),
    attempt?.durationMs === undefined ? "" : durationText(attempt.durationMs),
    sizeText(bodySizeBytes),
    verdictCell(request.event.verdict),
    mask.text(request.event.provider ?? ""),
    eventCell(request, mask),
  ];
}

/** The type, which time the event came where it was not the first, and what overtook it. */
function eventCell({ event, occurrence = 1, overtakenBy }: StoredRequest, mask: Mask): string {
  const marks = [
    ...(occurrence > 1 ? [nthText(occurrence)] : []),
    ...(overtakenBy === undefined ? [] : [`older than #${overtakenBy}`]),
  ];
  const type = mask.text(event.eventType ?? "");
  return marks.length === 0 ? type : `${type} (${marks.join(", ")})`.trimStart();
}

/** What the handler did, and behind it what the sender was told where a fault decided that. */
function statusPiece(request: StoredRequest, delivery: Delivery | undefined, mask: Mask): Piece {
  const { reply } = request;
  const note = readFaultNote(reply?.note);
  if (!reply || !note) return outcomePiece(request, delivery);
  const sent = `sent ${sentByFault(reply, note, mask)}`;
  if (!delivery) return styled(sent, "wait");
  const outcome = outcomePiece(request, delivery);
  return delivery.cause === "replay" ? outcome : restyled(outcome, `${textOf(outcome)}, ${sent}`);
}

function outcomePiece(request: StoredRequest, delivery: Delivery | undefined): Piece {
  if (request.refusal) return styled(`refused ${request.refusal.status}`, "bad");
  if (!delivery) return request.reply ? `replied ${request.reply.status}` : "stored";
  const outcome = delivery.attempts.at(-1)?.outcome;
  if (outcome?.kind === "response")
    return styled(String(outcome.response.status), statusStyle(outcome.response.status));
  if (outcome?.kind === "no-response") return styled(`ERR ${outcome.reason}`, "bad");
  return outcome ? styled("interrupted", "bad") : styled("pending", "wait");
}

function toSafePiece(piece: Piece): Piece {
  return restyled(piece, safeLine(textOf(piece)));
}

function restyled(piece: Piece, text: string): Piece {
  return typeof piece === "string" ? text : styled(text, piece.style);
}

function textOf(piece: Piece): string {
  return typeof piece === "string" ? piece : piece.text;
}
