import type { Scheme } from "../../../core/schemes/scheme.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { columnWidths } from "../../words/column-widths.ts";
import { styled } from "../../terminal/printer.ts";
import { safeLine } from "../../terminal/safe.ts";
import { placeText, signaturePhrase } from "../../words/scheme-words.ts";
import { cutToWidth, paddedWidth, padToWidth, textWidth } from "../../words/text-width.ts";
import { shorten } from "../../words/units.ts";

/** In order; see `Column`. */
const COLUMNS = [
  { name: "NAME" },
  { name: "TITLE", gives: 4, least: 10 },
  { name: "SIGNATURE", least: 30 },
  { name: "EVENT TYPE", gives: 3, least: 12 },
  { name: "EVENT ID", gives: 2, least: 12 },
  { name: "SOURCE", gives: 1 },
] as const;

/** Of a signature: `providers <name>` shows all of it. */
const MOST_CHARACTERS = 60;

/** One line for each provider; on a terminal none is longer than it is wide. */
export function printProviders(at: Surroundings, schemes: readonly Scheme[]): void {
  const { out } = at;
  const rows = schemes.map((scheme) => cells(scheme).map(safeLine));
  const natural = COLUMNS.map(({ name }, at) => Math.max(name.length, ...rows.map((row) => textWidth(row[at] ?? ""))));
  const widths = columnWidths(COLUMNS, natural, at.isOutTty ? at.columns : Infinity);
  const line = (texts: readonly string[]): string =>
    texts
      .flatMap((text, column) => {
        const width = widths[column] ?? 0;
        return width === 0 ? [] : [padToWidth(cutToWidth(text, width, out.isUnicode), paddedWidth(width, at))];
      })
      .join("  ")
      .trimEnd();
  out.line(styled(line(COLUMNS.map(({ name }) => name)), "dim"));
  for (const row of rows) out.line(line(row));
}

/** Of several places the first one. */
function cells({ name, title, signature, eventType, eventId, source }: Scheme): readonly string[] {
  const places = [eventType, eventId].map((place) =>
    place === undefined ? "-" : placeText(place.split("|")[0] ?? ""),
  );
  return [name, title, shorten(signaturePhrase(signature), MOST_CHARACTERS), ...places, source];
}
