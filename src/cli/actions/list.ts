import type { ListedRequest } from "../../io/store/request-rows.ts";
import type { Store } from "../../io/store/store.ts";
import { EXIT } from "../exit.ts";
import type { Action } from "../commands/command.ts";
import type { JsonShape } from "../output/json-shapes.ts";
import { type ListedDelivery, renderTable, requestRow } from "../output/request-table.ts";
import { deliveryToJson, requestToJson } from "../output/to-json.ts";
import { withStore } from "../with-store.ts";

const MOST = 1_000_000;
/** Rows are read and printed in pages, so that a long list neither fills the memory nor holds the store. */
const PAGE = 500;

/** Prints stored requests, newest first. */
export const list: Action = async (at, _args, flags) => {
  const limit = flags.wholeNumber("limit", 1, MOST) ?? 20;
  const includeMalformed = flags.isOn("all");
  await withStore(at, flags, async (store) => {
    let beforeId: number | undefined;
    for (let left = limit; left > 0 && !at.outSink.isClosed; left -= PAGE) {
      const page = store.read.listRequests({ limit: Math.min(left, PAGE), beforeId, includeMalformed });
      const rows = page.map((listed) => withDelivery(listed, store));
      if (flags.isOn("json")) for (const row of rows) at.out.json(rowJson(row));
      else if (rows.length > 0) renderTable(at, rows.map(requestRow), beforeId === undefined);
      else if (beforeId === undefined)
        at.err.line(`nothing is stored in ${store.path} yet. Start with: hookcli listen`);
      beforeId = page.at(-1)?.request.id;
      await at.out.flushed();
      if (page.length < PAGE) return;
    }
  });
  return EXIT.ok;
};

function withDelivery(listed: ListedRequest, store: Store): ListedDelivery {
  return { ...listed, delivery: store.read.tellingDelivery(listed.request.id) };
}

function rowJson({ request, bodySizeBytes, delivery }: ListedDelivery): JsonShape<"request"> {
  return {
    v: 1,
    kind: "request",
    request: requestToJson(request, bodySizeBytes),
    delivery: delivery ? deliveryToJson(delivery) : null,
  };
}
