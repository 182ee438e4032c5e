import type { Filter } from "../../core/filter/filter.ts";
import { parseFilter } from "../../core/filter/parse-filter.ts";
import { quoted } from "../../core/model/quote.ts";
import { badValue, HookcliError } from "../../core/model/errors.ts";
import type { FlagsOf } from "../settings/flags.ts";
import type { FilterFlag } from "./filter-flags.ts";

/**
 * The filter that a command line asks for: its words, `--filter`, and the shorthands `--type`, `--since`, `--failed`; all
 * of it must hold. Empty: everything.
 * @throws BAD_FILTER, BAD_VALUE
 */
export function readFilter(words: readonly string[], flags: FlagsOf<FilterFlag>): Filter {
  return [
    ...parseFilter(words.join(" ")),
    ...parseFilter(flags.text("filter") ?? ""),
    ...shorthand("type", flags, "order.completed or order.*"),
    ...shorthand("since", flags, "10m, 2h, 3d or 2026-03-04T05:06"),
    ...(flags.isOn("failed") ? parseFilter("is:failed") : []),
  ];
}

/** Whether it asks for what lists leave out: bytes that were no HTTP. */
export function asksForMalformed(filter: Filter): boolean {
  return filter.some(
    ({ isNegated, condition }) =>
      !isNegated && condition.kind === "state" && (condition.state === "malformed" || condition.state === "refused"),
  );
}

function shorthand(name: "type" | "since", flags: FlagsOf<FilterFlag>, example: string): Filter {
  const text = flags.text(name);
  if (text === undefined) return [];
  try {
    return parseFilter(`${name}:${quoted(text)}`);
  } catch (error) {
    if (!(error instanceof HookcliError)) throw error;
    throw badValue(flags.nameOf(name), text, String(error.details["problem"]), `--${name} ${example}`);
  }
}
