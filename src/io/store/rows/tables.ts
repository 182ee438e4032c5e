import { ChangeRows } from "./change-rows.ts";
import { DeliveryRows } from "./delivery-rows.ts";
import { LinkRows } from "./link-rows.ts";
import { MatchingIds } from "./matching-ids.ts";
import { Occurrences } from "./occurrences.ts";
import { Overtaking } from "./overtaking.ts";
import { RequestRows } from "./request-rows.ts";
import { SessionRows } from "./session-rows.ts";
import type { Spool } from "../disk/spool.ts";
import type { Database } from "../../sqlite/database.ts";

/** The tables of one connection. */
export interface Tables {
  readonly requests: RequestRows;
  readonly occurrences: Occurrences;
  readonly overtaking: Overtaking;
  readonly deliveries: DeliveryRows;
  readonly sessions: SessionRows;
  readonly links: LinkRows;
  readonly changes: ChangeRows;
  readonly matchingIds: MatchingIds;
}

export function openTables(db: Database, spool: Spool): Tables {
  const changes = new ChangeRows(db);
  return {
    requests: new RequestRows(db, spool, changes),
    occurrences: new Occurrences(db),
    overtaking: new Overtaking(db),
    deliveries: new DeliveryRows(db, spool, changes),
    sessions: new SessionRows(db),
    links: new LinkRows(db),
    changes,
    matchingIds: new MatchingIds(db),
  };
}
