import type { ComparedGroup } from "../../../app/looking/compare-group.ts";
import { countOf, isAsExpected } from "../../../core/schedules/comparison.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { type Piece, styled } from "../../terminal/printer.ts";
import { standingText, toldPiece } from "./retry-words.ts";
import { TextTable } from "../../words/text-table.ts";
import { listTimeText, shorten } from "../../words/units.ts";

const COLUMNS = [
  { name: "LAST", gives: 2 },
  { name: "ID" },
  { name: "EVENT ID", least: 10 },
  { name: "EVENT", gives: 3, least: 10 },
  { name: "PROVIDER", gives: 1 },
  { name: "TOLD" },
  // What the table is for: others give way first.
  { name: "RETRIES", least: 40 },
] as const;

/** Enough of a hash to ask for. */
const HASH_CHARACTERS = 12;

/** One line for each event that came more than once. */
export class RetryTable {
  readonly #at: Surroundings;
  readonly #table: TextTable;

  constructor(at: Surroundings) {
    this.#at = at;
    this.#table = new TextTable(at, COLUMNS);
  }

  print(groups: readonly ComparedGroup[]): void {
    this.#table.print(groups.map((compared) => this.#cells(compared)));
  }

  #cells({ group, comparison }: ComparedGroup): readonly Piece[] {
    const { out, clock } = this.#at;
    const mask = out.mask();
    const nowMs = clock.nowMs();
    const last = group.attempts.at(-1);
    const isUnjudged = comparison.meaningless !== undefined && countOf(comparison, "extra") === 0;
    const standing = standingText(comparison, nowMs, out.isUnicode);
    const style = isUnjudged ? "dim" : isAsExpected(comparison) ? "good" : "bad";
    return [
      styled(last ? listTimeText(last.request.receivedAtMs, nowMs) : "", "dim"),
      styled(`#${last?.request.id ?? ""}`, "bold"),
      mask.text(group.eventId ?? (group.bodySha256 ? `body ${shorten(group.bodySha256, HASH_CHARACTERS)}` : "-")),
      mask.text(group.eventType ?? ""),
      mask.text(group.provider ?? ""),
      last ? toldPiece(last) : "",
      styled(standing, style),
    ];
  }
}
