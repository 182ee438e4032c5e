import { tellingDelivery } from "../../core/model/delivery.ts";
import { EXIT } from "../exit.ts";
import type { Action } from "../commands/command.ts";
import type { JsonShape } from "../output/json-shapes.ts";
import { requestRow, renderTable } from "../output/request-table.ts";
import { requestToJson } from "../output/to-json.ts";
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
      const page = store.listRequests({ limit: Math.min(left, PAGE), beforeId, includeMalformed });
      if (flags.isOn("json")) {
        for (const { request, bodySizeBytes } of page) {
          at.out.json({
            v: 1,
            kind: "request",
            request: requestToJson(request, bodySizeBytes),
          } satisfies JsonShape<"request">);
        }
      } else if (page.length > 0) {
        const rows = page.map((listed) => requestRow(listed, tellingDelivery(store.deliveriesOf(listed.request.id))));
        renderTable(at, rows, beforeId === undefined);
      } else if (beforeId === undefined)
        at.err.line(`nothing is stored in ${store.path} yet. Start with: hookcli listen`);
      beforeId = page.at(-1)?.request.id;
      await at.out.flushed();
      if (page.length < PAGE) return;
    }
  });
  return EXIT.ok;
};
