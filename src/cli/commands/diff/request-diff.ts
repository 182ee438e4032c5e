import { type HeaderChange, headerChanges, isSame } from "../../../core/model/header-changes.ts";
import { headerFields, type HeaderPairs } from "../../../core/model/headers.ts";
import { type Mask } from "../../../core/model/mask.ts";
import type { StoredRequest } from "../../../core/model/request.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { BodyDiff } from "./body-diff.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import { type Piece, type Printer, styled } from "../../terminal/printer.ts";
import { requestLine } from "../../words/request-words.ts";
import { fromWire } from "../../terminal/safe.ts";
import { headersToJson } from "../../../core/wire/request-json.ts";
import { dateTimeText } from "../../words/units.ts";
import { sizeText } from "../../../core/model/quantities.ts";

/** A stored body, as far as it matters here. */
export interface BodyFacts {
  readonly sizeBytes: number;
  /** Of its bytes, hexadecimal. */
  readonly sha256: string;
}

/** One of two requests that are held against each other. */
export interface DiffSide {
  readonly request: StoredRequest;
  readonly body: BodyFacts;
}

/** Everything in which two requests differ. */
export interface RequestDiff {
  readonly left: DiffSide;
  readonly right: DiffSide;
  readonly headers: readonly HeaderChange[];
  readonly trailers: readonly HeaderChange[];
  /** The same fields in another order or letter case. Looked at with `isRaw` only. */
  readonly isReordered: boolean;
  readonly body: BodyDiff;
  readonly isEqual: boolean;
}

export function requestDiff(left: DiffSide, right: DiffSide, body: BodyDiff, isRaw: boolean): RequestDiff {
  const [a, b] = [left.request, right.request];
  const headers = headerChanges(a.headers, b.headers);
  const trailers = headerChanges(a.trailers, b.trailers);
  const isReordered = isRaw && headers.length === 0 && !isSame(a.headers, b.headers);
  const isHeadEqual = a.method === b.method && a.target === b.target && !isReordered;
  const isEqual = isHeadEqual && headers.length === 0 && trailers.length === 0 && body.comparison === "same";
  return { left, right, headers, trailers, isReordered, body, isEqual };
}

/** Only what differs is printed, the left side with `-`, the right one with `+`. */
export function printDiff({ out }: Surroundings, diff: RequestDiff, mask: Mask): void {
  const { left, right } = diff;
  out.line("- ", ...nameOf(left.request, mask));
  out.line("+ ", ...nameOf(right.request, mask));
  if (diff.isEqual) return out.line("They are the same.");
  printValues(out, "Method", left.request.method, right.request.method);
  const shown = (target: string): string => mask.text(fromWire(target));
  if (left.request.target !== right.request.target) {
    title(out, "Target");
    printSides(out, [shown(left.request.target)], [shown(right.request.target)]);
  }
  printFields(out, "Headers", diff.headers, mask);
  if (diff.isReordered) {
    title(out, "Headers", "the same fields in another order or letter case");
    printSides(out, linesOf(left.request.headers, mask), linesOf(right.request.headers, mask));
  }
  printFields(out, "Trailers", diff.trailers, mask);
  printBody(out, diff);
}

export function diffToJson(diff: RequestDiff, mask: Mask): JsonShape<"diff"> {
  const [left, right] = [diff.left.request, diff.right.request];
  const shown = (target: string): string => mask.text(target);
  const fields = (changes: readonly HeaderChange[]) =>
    changes.map(({ name, change, ...values }) => ({
      name,
      change,
      left: values.left.map((value) => mask.headerValue(name, value)),
      right: values.right.map((value) => mask.headerValue(name, value)),
    }));
  const { comparison, firstDifference, hunks } = diff.body;
  return {
    v: 1,
    kind: "diff",
    left: left.id,
    right: right.id,
    equal: diff.isEqual,
    method: left.method === right.method ? null : { left: left.method, right: right.method },
    target: left.target === right.target ? null : { left: shown(left.target), right: shown(right.target) },
    headers: fields(diff.headers),
    ...(diff.isReordered
      ? {
          headerLines: {
            left: headersToJson(left.headers, mask),
            right: headersToJson(right.headers, mask),
          },
        }
      : {}),
    trailers: fields(diff.trailers),
    body: {
      left: { size: diff.left.body.sizeBytes, sha256: diff.left.body.sha256 },
      right: { size: diff.right.body.sizeBytes, sha256: diff.right.body.sha256 },
      comparison,
      firstDifference: firstDifference ?? null,
      hunks: hunks.map(({ leftFrom, rightFrom, lines }) => ({ leftFrom, rightFrom, lines: [...lines] })),
    },
  };
}

function printBody(out: Printer, { left, right, body }: RequestDiff): void {
  const [a, b] = [left.body, right.body];
  switch (body.comparison) {
    case "same":
      return undefined;
    case "formatting":
      return title(out, "Body", "the same JSON; only formatting differs (white space, order of fields, escapes)");
    case "json":
      title(out, "Body", "JSON, fields sorted");
      return printHunks(out, body);
    case "text":
      title(out, "Body");
      return printHunks(out, body);
    case "binary":
      title(out, "Body", `binary; the first difference is at byte ${String(body.firstDifference ?? 0)}`);
      return printSides(out, [sizeText(a.sizeBytes)], [sizeText(b.sizeBytes)]);
    case "too-large":
    case "too-different": {
      const why = body.comparison === "too-large" ? "too large to compare" : "too different to compare line by line";
      title(out, "Body", why);
      const facts = ({ sizeBytes, sha256 }: BodyFacts): readonly string[] => [
        `${sizeText(sizeBytes)}  sha256 ${sha256}`,
      ];
      return printSides(out, facts(a), facts(b));
    }
    default:
      return body.comparison satisfies never;
  }
}

function printHunks(out: Printer, { hunks }: BodyDiff): void {
  if (hunks.length === 0) out.line("only values that are masked differ; --reveal shows them");
  for (const { leftFrom, rightFrom, lines } of hunks) {
    out.line(styled(`@@ line ${leftFrom}, line ${rightFrom} @@`, "link"));
    for (const line of lines) out.line(styledLine(line));
  }
}

function styledLine(line: string): Piece {
  if (line.startsWith("-")) return styled(line, "bad");
  if (line.startsWith("+")) return styled(line, "good");
  return line.startsWith("\\") ? styled(line, "dim") : line;
}

function printFields(out: Printer, name: string, changes: readonly HeaderChange[], mask: Mask): void {
  if (changes.length === 0) return;
  title(out, name);
  for (const { name: field, left, right } of changes) {
    const lines = (values: readonly string[]): readonly string[] =>
      values.map((value) => `${field}: ${mask.headerValue(field, fromWire(value))}`);
    printSides(out, lines(left), lines(right));
  }
}

function printValues(out: Printer, name: string, left: string, right: string): void {
  if (left === right) return;
  title(out, name);
  printSides(out, [left], [right]);
}

function printSides(out: Printer, left: readonly string[], right: readonly string[]): void {
  for (const line of left) out.line(styled(`- ${line}`, "bad"));
  for (const line of right) out.line(styled(`+ ${line}`, "good"));
}

function title(out: Printer, name: string, says = ""): void {
  out.line();
  out.line(styled(name, "bold"), says === "" ? "" : `  ${says}`);
}

function nameOf(request: StoredRequest, mask: Mask): readonly Piece[] {
  return [
    styled(`#${request.id}`, "bold"),
    `  ${requestLine(request, mask)}`,
    styled(`  ${dateTimeText(request.receivedAtMs)}`, "dim"),
  ];
}

function linesOf(pairs: HeaderPairs, mask: Mask): readonly string[] {
  return [...headerFields(pairs)].map(([name, value]) => `${name}: ${mask.headerValue(name, fromWire(value))}`);
}
