import { type Body, bodySizeBytes } from "../../../core/model/body.ts";
import { type Attempt, type Delivery, tellingDelivery } from "../../../core/model/delivery.ts";
import { readFaultNote } from "../../../core/model/fault-note.ts";
import { headerFields, type HeaderPairs, headerValue } from "../../../core/model/headers.ts";
import { type Mask, maskedBeginning } from "../../../core/model/mask.ts";
import type { SentReply, StoredRequest } from "../../../core/model/request.ts";
import type { Recognition } from "../../../core/schemes/recognise.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { keptBackText, toldByFault } from "../../words/fault-words.ts";
import { type Piece, type Printer, styled } from "../../terminal/printer.ts";
import { outcomePiece, requestLine } from "../../words/request-words.ts";
import { causeLine } from "../../words/request-words.ts";
import { fromWire } from "../../terminal/safe.ts";
import { printSignature } from "./signature-section.ts";
import { duplicateText } from "../../words/signature-words.ts";
import { dateTimeText, durationText, shorten } from "../../words/units.ts";
import { sizeText } from "../../../core/model/quantities.ts";

const PREVIEW_LINES = 40;
const PREVIEW_BYTES = 16 * 1024;
/** A secret that begins in the preview is seen whole. */
const MOST_LOOKED_AT = 64 * 1024;
const PREVIEW_HEADERS = 12;
/** Of one line: a value of a megabyte is looked at with --headers, --body or --json. */
const MOST_CHARACTERS = 2000;
const LABEL_WIDTH = 10;

/** `hookcli show`: the request, its deliveries, and the beginning of everything long. */
export async function printDetail(
  at: Surroundings,
  request: StoredRequest,
  deliveries: readonly Delivery[],
  mask: Mask,
  recognition?: Recognition,
): Promise<void> {
  const { out } = at;
  out.line(
    styled(`#${request.id}`, "bold"),
    `  ${shorten(requestLine(request, mask), MOST_CHARACTERS)}`,
    styled(`  ${dateTimeText(request.receivedAtMs)}`, "dim"),
  );
  printSignature(out, request, recognition, label);
  printEvent(out, request, mask);
  printFacts(out, request, deliveries, mask);
  for (const delivery of deliveries) printDelivery(out, delivery, mask);
  if (deliveries.length === 0 && !request.refusal) out.line(label("delivery"), `none: it was ${fateText(request)}`);
  printHeaderPreview(out, request, mask);
  if (request.trailers.length > 0) printFields(out, "Trailers", request.trailers, mask);
  const show = `hookcli show ${request.id}`;
  const ways = { rest: "--body for all, --raw for exact bytes", whole: `${show} --raw` };
  printBodyPreview(out, "Body", request.body, ways, mask);
  const response = tellingDelivery(deliveries)?.attempts.at(-1)?.outcome;
  if (response?.kind === "response") {
    out.line();
    out.line(
      styled(`Response ${response.response.status} ${mask.text(fromWire(response.response.statusText))}`, "bold"),
    );
    for (const [name, value] of shown(response.response.headers, mask)) out.line(`  ${name}: ${value}`);
    const { body, bodySizeBytes: wholeBytes } = response.response;
    const whole = `${show} --json --body`;
    printBodyPreview(out, "Response body", body, { rest: `${whole} for all`, whole }, mask);
    const leftBytes = wholeBytes - bodySizeBytes(body);
    if (leftBytes > 0)
      out.line(styled(`  (${sizeText(leftBytes)} of the response body were passed on and not stored)`, "wait"));
  }
  if (request.completeness !== "malformed") out.line();
  if (request.completeness !== "malformed") out.line(styled(`Next: hookcli replay ${request.id}`, "dim"));
}

/** All headers as they came, one a line. */
export function printHeaders(out: Printer, request: StoredRequest, mask: Mask): void {
  for (const [name, value] of shown(request.headers, mask)) out.line(`${name}: ${value}`);
}

/** Type and id as far as they are known, and where an edited request came from. */
function printEvent(out: Printer, request: StoredRequest, mask: Mask): void {
  const { event, parentId } = request;
  const names = [event.eventType, event.eventId].filter((name) => name !== undefined);
  const again = duplicateText(request, "this event");
  if (names.length > 0) {
    const shownNames = names.map((name) => shorten(mask.text(name), MOST_CHARACTERS)).join("  ");
    out.line(label("event"), shownNames, again === undefined ? "" : styled(`  ${again}`, "wait"));
  }
  if (parentId !== undefined) out.line(label("edited"), "from ", styled(`#${parentId}`, "bold"));
}

function printFacts(out: Printer, request: StoredRequest, deliveries: readonly Delivery[], mask: Mask): void {
  const type = headerValue(request.headers, "content-type");
  const received = durationText(request.receiveDurationMs);
  out.line(label("from"), `${request.remoteAddress}, HTTP/${request.httpVersion || "?"}, received in ${received}`);
  out.line(
    label("size"),
    sizeText(bodySizeBytes(request.body)),
    type === undefined ? "" : `, ${mask.text(fromWire(type))}`,
  );
  if (request.completeness !== "complete") out.line(label("state"), styled(request.completeness, "wait"));
  if (request.refusal)
    out.line(
      label("refused"),
      styled(`${request.refusal.status} ${request.refusal.reason}`, "bad"),
      ` (${request.refusal.code})`,
    );
  if (request.reply) out.line(label("replied"), repliedText(request.reply, deliveries, mask));
}

function fateText({ reply }: StoredRequest): string {
  const note = readFaultNote(reply?.note);
  return note && keptBackText(note) !== "stored" ? `${keptBackText(note)}, since a fault came between` : "only stored";
}

/** What the sender was told; what the handler did stands with its deliveries. */
function repliedText(reply: SentReply, deliveries: readonly Delivery[], mask: Mask): string {
  const first = deliveries.find(({ cause }) => cause === "forward");
  const byFault = toldByFault(reply, first?.status === "delivered", mask);
  return byFault ?? `${reply.status}${reply.note === undefined ? "" : ` (${mask.text(reply.note)})`}`;
}

function printDelivery(out: Printer, delivery: Delivery, mask: Mask): void {
  const cause = delivery.cause === "replay" ? ", replay" : "";
  out.line(
    label("delivery"),
    styled(`d${delivery.id}`, "bold"),
    `  ${mask.text(delivery.url)}  `,
    delivery.status,
    cause,
  );
  for (const attempt of delivery.attempts) printAttempt(out, attempt, mask);
}

function printAttempt(out: Printer, attempt: Attempt, mask: Mask): void {
  const when: Piece = styled(dateTimeText(attempt.startedAtMs).slice(11), "dim");
  out.line(label(""), `attempt ${attempt.number}  `, when, "  ", outcomePiece(attempt));
  if (attempt.outcome && attempt.outcome.kind !== "response")
    out.line(label(""), styled(causeLine(attempt.outcome, mask), "dim"));
}

function printHeaderPreview(out: Printer, request: StoredRequest, mask: Mask): void {
  const preview = request.headers.slice(0, PREVIEW_HEADERS * 2);
  const count = request.headers.length / 2;
  const more = preview.length < request.headers.length ? `, the first ${PREVIEW_HEADERS}; --headers for all` : "";
  printFields(out, `Headers (${count}${more})`, preview, mask);
}

function printFields(out: Printer, title: string, pairs: HeaderPairs, mask: Mask): void {
  out.line();
  out.line(styled(title, "bold"));
  for (const [name, value] of shown(pairs, mask)) out.line(`  ${name}: ${shorten(value, MOST_CHARACTERS)}`);
}

/** How to see what a preview leaves out, and what it cannot show. */
interface Ways {
  readonly rest: string;
  readonly whole: string;
}

function printBodyPreview(out: Printer, title: string, body: Body, { rest, whole }: Ways, mask: Mask): void {
  const sizeBytes = bodySizeBytes(body);
  if (sizeBytes === 0) return;
  out.line();
  if (body.kind === "file")
    return out.line(styled(title, "bold"), ` ${sizeText(sizeBytes)}: too large to show here. ${whole}`);
  const text = Buffer.from(body.bytes.subarray(0, MOST_LOOKED_AT)).toString("utf8");
  if (looksBinary(text)) return out.line(styled(title, "bold"), ` ${sizeText(sizeBytes)} of binary content. ${whole}`);
  // A line feed at the end begins no further line.
  const lines = maskedBeginning(text, PREVIEW_BYTES, mask)
    .replace(/\r?\n$/, "")
    .split("\n");
  const isCut = lines.length > PREVIEW_LINES || sizeBytes > PREVIEW_BYTES;
  out.line(styled(title, "bold"), isCut ? ` (the beginning; ${rest})` : "");
  for (const line of lines.slice(0, PREVIEW_LINES)) out.line(`  ${shorten(line.replace(/\r$/, ""), MOST_CHARACTERS)}`);
}

/** More than a few bytes that are no text. */
function looksBinary(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  const odd = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return odd > 4 && odd > text.length / 20;
}

function* shown(pairs: HeaderPairs, mask: Mask): Generator<readonly [name: string, value: string]> {
  for (const [name, value] of headerFields(pairs)) {
    const text = fromWire(value);
    yield [name, mask.headerValue(name, text)];
  }
}

function label(text: string): string {
  return text.padEnd(LABEL_WIDTH);
}
