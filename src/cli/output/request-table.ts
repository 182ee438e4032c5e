import type { Delivery } from "../../core/model/delivery.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import type { Surroundings } from "../surroundings.ts";
import { type Piece, styled } from "./printer.ts";
import { fromWire, safeLine } from "./safe.ts";
import { maskText } from "../../core/model/redact.ts";
import { statusStyle } from "./request-words.ts";
import { dateTimeText, durationText, shorten, sizeText } from "./words.ts";

/** One request as a row of cells, in the order of `COLUMNS`. */
export type RequestRow = readonly Piece[];

const COLUMNS = ["TIME", "ID", "METHOD", "PATH", "SIZE", "RESULT", "TOOK"] as const;
const PATH_COLUMN = 3;
const LEAST_PATH_WIDTH = 12;

/** A request as a list shows it, with the delivery that tells how it fared; undefined where it went nowhere. */
export interface ListedDelivery {
  readonly request: StoredRequest;
  readonly bodySizeBytes: number;
  readonly delivery: Delivery | undefined;
}

export function requestRow({ request, bodySizeBytes, delivery }: ListedDelivery): RequestRow {
  const attempt = delivery?.attempts.at(-1);
  return [
    styled(dateTimeText(request.receivedAtMs).slice(5, 19), "dim"),
    styled(`#${request.id}`, "bold"),
    request.method === "" ? "-" : request.method,
    request.target === "" ? "(not HTTP)" : maskText(fromWire(request.target)),
    sizeText(bodySizeBytes),
    resultPiece(request, delivery),
    attempt?.durationMs === undefined ? "" : durationText(attempt.durationMs),
  ];
}

/** Prints rows in columns; the path gives way where the terminal is narrow. */
export function renderTable(at: Surroundings, rows: readonly RequestRow[], withHeading: boolean): void {
  const heading = COLUMNS.map((name) => styled(name, "dim"));
  const cells = (withHeading ? [heading, ...rows] : rows).map((row) => row.map(toSafePiece));
  const widths = COLUMNS.map((_, column) => Math.max(0, ...cells.map((row) => textOf(row[column] ?? "").length)));
  const others =
    widths.reduce((sum, width, column) => (column === PATH_COLUMN ? sum : sum + width), 0) + 2 * (COLUMNS.length - 1);
  const pathWidth = at.isOutTty ? Math.max(LEAST_PATH_WIDTH, at.columns - others) : (widths[PATH_COLUMN] ?? 0);
  widths[PATH_COLUMN] = Math.min(widths[PATH_COLUMN] ?? 0, pathWidth);
  for (const row of cells)
    at.out.line(...row.flatMap((cell, column) => [pad(cell, widths[column] ?? 0, column), "  "]).slice(0, -1));
}

function resultPiece(request: StoredRequest, delivery: Delivery | undefined): Piece {
  if (request.refusal) return styled(`refused ${request.refusal.status}`, "bad");
  if (!delivery) return request.reply ? `replied ${request.reply.status}` : "stored";
  const outcome = delivery.attempts.at(-1)?.outcome;
  if (outcome?.kind === "response")
    return styled(String(outcome.response.status), statusStyle(outcome.response.status));
  if (outcome?.kind === "no-response") return styled(`no answer: ${outcome.reason}`, "bad");
  return outcome ? styled("interrupted", "bad") : styled("pending", "wait");
}

/** Escapes grow text, so they come before anything is measured. */
function toSafePiece(piece: Piece): Piece {
  return typeof piece === "string" ? safeLine(piece) : styled(safeLine(piece.text), piece.style);
}

function pad(piece: Piece, width: number, column: number): Piece {
  const text = column === PATH_COLUMN ? shorten(textOf(piece), width) : textOf(piece);
  const padded = column === COLUMNS.length - 1 ? text : text.padEnd(width);
  return typeof piece === "string" ? padded : styled(padded, piece.style);
}

function textOf(piece: Piece): string {
  return typeof piece === "string" ? piece : piece.text;
}
