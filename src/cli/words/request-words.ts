import { type Body } from "../../core/model/body.ts";
import type { Attempt, Outcome } from "../../core/model/delivery.ts";
import { type Mask, maskedBeginning, usualMask } from "../../core/model/mask.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import { type Piece, styled, type Style } from "../terminal/printer.ts";
import { fromWire } from "../terminal/safe.ts";
import { durationText, shorten } from "./units.ts";

/** So much is enough to see a secret whole that begins on the line. */
const MOST_LOOKED_AT = 64 * 1024;

/** `POST /hooks`, or what a malformed request showed of itself. Credentials in the query are masked. */
export function requestLine(request: Pick<StoredRequest, "method" | "target">, mask: Mask = usualMask): string {
  if (request.method === "") return "(not HTTP)";
  return `${request.method} ${mask.text(fromWire(request.target))}`;
}

/** How an attempt ended: `200 in 23 ms`, `no answer: refused in 1 ms`, `interrupted`. */
export function outcomePiece({ outcome, durationMs = 0 }: Attempt): Piece {
  if (!outcome) return styled("running", "wait");
  const took = ` in ${durationText(durationMs)}`;
  if (outcome.kind === "response")
    return styled(`${outcome.response.status}${took}`, statusStyle(outcome.response.status));
  if (outcome.kind === "interrupted") return styled("interrupted", "bad");
  return styled(`no answer: ${outcome.reason}${took}`, "bad");
}

/** Said of a second attempt, which hookcli makes by itself where the first met a connection that was being closed. */
export function againPiece({ number }: Attempt): Piece {
  return number > 1 ? styled(`  (attempt ${number}: the app was closing its connection)`, "dim") : "";
}

export function statusStyle(status: number): Style {
  if (status >= 500) return "bad";
  if (status >= 400) return "wait";
  return status >= 300 ? "link" : "good";
}

/** Whether a second line is owed: what the target said, or why it said nothing. */
export function isTroubled(outcome: Outcome | undefined): boolean {
  return outcome?.kind !== "response" || outcome.response.status >= 400;
}

/** The cause of a failure in one line: the start of the body, or the addresses that were tried. Masked. */
export function causeLine(outcome: Outcome, mask: Mask): string {
  if (outcome.kind === "interrupted") return "hookcli was stopped before the target answered";
  if (outcome.kind === "no-response") return mask.text(outcome.detail);
  return firstCharacters(outcome.response.body, 120, mask);
}

/** Begin of a small body as one line of text; empty where it is spooled or binary. Masked. */
function firstCharacters(body: Body, count: number, mask: Mask): string {
  if (body.kind !== "bytes") return "";
  const text = Buffer.from(body.bytes.subarray(0, MOST_LOOKED_AT)).toString("utf8");
  const line = maskedBeginning(text, count * 4, mask)
    .replaceAll(/\s+/g, " ")
    .trim();
  return shorten(line, count);
}
