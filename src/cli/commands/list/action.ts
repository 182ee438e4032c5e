import type { Filter } from "../../../core/filter/filter.ts";
import { printFilter } from "../../../core/filter/print-filter.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { parseRequestReference } from "../../../core/model/request-reference.ts";
import { filterSql } from "../../../io/store/filter/filter-sql.ts";
import type { Store } from "../../../io/store/store.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { type ListedDelivery, RequestTable } from "../../words/request-table.ts";
import { listedToJson } from "../../../core/wire/request-json.ts";
import { countText, plural } from "../../words/units.ts";
import { asksForMalformed, readFilter } from "../../flag-groups/read-filter.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { withStore } from "../../running/with-store.ts";
import type { Given } from "./flags.ts";

const MOST = 1_000_000;
/** Rows are read and printed in pages, so that a long list neither fills the memory nor holds the store. */
const PAGE = 500;

/** Prints stored requests, newest first. */
export const list: Action<Given> = async (at, words, flags) => {
  const filter = readFilter(words, flags);
  const limit = flags.wholeNumber("limit", 1, MOST) ?? 20;
  return withStore(at, flags, async (store) => {
    const asked = { filter, limit, beforeId: beforeId(store, flags), isAll: flags.isOn("all") };
    const table = new RequestTable(at);
    const printed = { count: 0, lastId: 0 };
    for (const rows of pages(store, asked, at)) {
      if (flags.isOn("json")) for (const row of rows) at.out.json(listedToJson(row, at.out.mask()));
      else table.print(rows);
      printed.count += rows.length;
      printed.lastId = rows.at(-1)?.request.id ?? 0;
      await at.out.flushed();
      if (at.outSink.isClosed) return EXIT.ok;
    }
    if (!flags.isOn("json")) sayHowMany(at, store, asked, printed);
    return EXIT.ok;
  });
};

interface Asked {
  readonly filter: Filter;
  readonly limit: number;
  readonly beforeId: number | undefined;
  readonly isAll: boolean;
}

/** Pages of rows, each with the delivery that tells how it fared, until the limit or the end. */
function* pages(store: Store, asked: Asked, { clock }: Surroundings): Generator<readonly ListedDelivery[]> {
  const filter = filterSql(asked.filter, clock.nowMs());
  const includeMalformed = asked.isAll || asksForMalformed(asked.filter);
  let { beforeId: before } = asked;
  for (let left = asked.limit; left > 0; left -= PAGE) {
    const limit = Math.min(left, PAGE);
    const page = store.read.listRequests({ limit, beforeId: before, includeMalformed, filter });
    if (page.length > 0)
      yield page.map((listed) => ({ ...listed, delivery: store.read.tellingDelivery(listed.request.id) }));
    before = page.at(-1)?.request.id;
    if (page.length < limit) return;
  }
}

/**
 * The id that a page ends before; it need not be there (any more).
 * @throws BAD_VALUE, REQUEST_NOT_FOUND
 */
function beforeId(store: Store, flags: Given): number | undefined {
  const text = flags.text("before");
  if (text === undefined) return undefined;
  const id = store.read.requestId(parseRequestReference(text));
  if (id === undefined) throw new HookcliError("REQUEST_NOT_FOUND", { reference: text, store: store.path });
  return id;
}

function sayHowMany(
  at: Surroundings,
  store: Store,
  { filter, limit, beforeId: before, isAll }: Asked,
  { count, lastId }: { readonly count: number; readonly lastId: number },
): void {
  const stored = store.read.countRequests();
  const says = filter.length === 0 ? "" : ` (${printFilter(filter)})`;
  if (stored === 0) return at.err.line(`nothing is stored in ${store.path} yet. Start with: hookcli listen`);
  if (count === 0) {
    const older = before === undefined ? "" : ` before #${before}`;
    return at.err.line(`none of ${plural(stored, "request")} matches${older}${says}${elsewhere(filter, isAll)}`);
  }
  if (!at.isOutTty) return;
  const isShort = filter.length === 0 && before === undefined && !isAll && count < stored;
  const malformed = isShort ? "; --all: malformed ones too" : "";
  const more = count === limit ? `; older ones: --before ${lastId}` : malformed;
  at.err.line(`${countText(count)} of ${plural(stored, "request")}${says}${more}`);
}

/** Where more could be found. */
function elsewhere(filter: Filter, isAll: boolean): string {
  if (filter.some(({ condition }) => condition.kind === "text"))
    return ". hookcli search goes through bodies over 1 MiB too";
  return isAll || asksForMalformed(filter) ? "" : ". --all: malformed ones too";
}
