import { type Body, bytesBody, EMPTY_BODY, type SpoolName } from "../../../core/model/body.ts";
import type { CapturedRequest, SentReply, StoredRequest } from "../../../core/model/request.ts";
import type { RequestReference } from "../../../core/model/request-reference.ts";
import type { SessionRecord } from "../../../core/model/session.ts";
import { globPattern, type FilterSql, type SqlCondition, type SqlValue } from "./condition.ts";
import { requestOfRow, type RequestRow } from "./request-row.ts";
import type { Spool } from "../disk/spool.ts";
import { StatementCache } from "./statement-cache.ts";
import type { Database, Statement } from "../../sqlite/database.ts";
import { prepareInsert } from "./insert-columns.ts";
import { REQUEST_COLUMNS, type RequestContext, type WrittenRequest } from "./request-columns.ts";
import { ChangeRows } from "./change-rows.ts";

export interface RequestPage {
  readonly limit: number;
  /** Only requests older than this one; undefined starts at the newest. */
  readonly beforeId?: number | undefined;
  /** Only requests with this id or a newer one; undefined goes back to the oldest. */
  readonly leastId?: number | undefined;
  readonly includeMalformed: boolean;
  /** Only requests for which it holds; undefined: all. */
  readonly filter?: Pick<FilterSql, "where" | "parameters" | "walked"> | undefined;
}

/** What lies within so many ids of the newest is walked: quicker than an index that has most of the store in it. */
const WALKED_IDS = 2048;

const EVERYTHING: SqlCondition = { where: "TRUE", parameters: [] };

interface Range extends Pick<RequestPage, "limit" | "includeMalformed"> {
  readonly before: number;
  readonly least: number;
}

/**
 * What the sender was told stands with the request where nothing was forwarded or a fault decided it, else with the
 * delivery that did: one of its first. The others, however many replays there are, are not looked at.
 */
const SELECT = `SELECT requests.*, coalesce(requests.reply_status, deciding.reply_status) AS reply_status,
  coalesce(requests.reply_note, deciding.reply_note) AS reply_note FROM requests
  LEFT JOIN deliveries AS deciding ON deciding.id = (SELECT id FROM deliveries WHERE requests.reply_status IS NULL
    AND request_id = requests.id AND reply_status IS NOT NULL ORDER BY id LIMIT 1)`;

/**
 * The filter stands in a query of its own, where it walks ids downwards and stops at the limit; what a row needs beside it
 * is looked up for the matches only.
 */
function pageSql(where: string): string {
  return `${SELECT} WHERE requests.id IN (SELECT requests.id FROM requests WHERE requests.id < ? AND requests.id >= ?
    AND (? OR requests.completeness <> 'malformed') AND ${where} ORDER BY requests.id DESC LIMIT ?)
    ORDER BY requests.id DESC`;
}

const LATEST_OF_TYPE = `SELECT id FROM requests WHERE completeness <> 'malformed' AND event_type GLOB ?
  ORDER BY id DESC LIMIT 1 OFFSET ?`;

/** Requests as rows. Writes run inside the caller's transaction; what changes after the insert is noted as a change in it. */
export class RequestRows {
  readonly #spool: Spool;
  readonly #changes: ChangeRows;
  readonly #insert: (written: WrittenRequest) => number;
  readonly #insertBody: Statement<[number, Uint8Array]>;
  readonly #setReply: Statement<[number, string | null, number]>;
  readonly #find: Statement<[number], RequestRow>;
  readonly #body: Statement<[number], Buffer>;
  readonly #pages: StatementCache<SqlValue[], RequestRow>;
  readonly #newestId: Statement<[], number | null>;
  readonly #latestId: Statement<[number], number>;
  readonly #latestOfType: Statement<[string, number], number>;
  readonly #latestOfEvent: Statement<[string], number | null>;
  readonly #newestBefore: Statement<[number, number], number>;
  readonly #count: Statement<[], number>;
  readonly #isThere: Statement<[number], number>;
  readonly #fileInUse: Statement<[string], number>;

  constructor(db: Database, spool: Spool, changes = new ChangeRows(db)) {
    this.#spool = spool;
    this.#changes = changes;
    this.#insert = prepareInsert(db, "requests", REQUEST_COLUMNS);
    this.#insertBody = db.prepare("INSERT INTO request_bodies (request_id, bytes) VALUES (?, ?)");
    this.#setReply = db.prepare("UPDATE requests SET reply_status = ?, reply_note = ? WHERE id = ?");
    this.#find = db.prepare(`${SELECT} WHERE requests.id = ?`);
    this.#body = db.prepare<[number], Buffer>("SELECT bytes FROM request_bodies WHERE request_id = ?").pluck();
    this.#pages = new StatementCache(db);
    this.#newestId = db.prepare<[], number | null>("SELECT max(id) FROM requests").pluck();
    this.#latestId = db
      .prepare<[number], number>(
        "SELECT id FROM requests WHERE completeness <> 'malformed' ORDER BY id DESC LIMIT 1 OFFSET ?",
      )
      .pluck();
    this.#latestOfType = db.prepare<[string, number], number>(LATEST_OF_TYPE).pluck();
    this.#latestOfEvent = db
      .prepare<[string], number | null>("SELECT max(id) FROM requests WHERE event_id = ?")
      .pluck();
    this.#newestBefore = db
      .prepare<[number, number], number>(
        "SELECT id FROM requests WHERE session_id < ? AND received_at_ms < ? ORDER BY id DESC LIMIT 1",
      )
      .pluck();
    this.#count = db.prepare<[], number>("SELECT count(*) FROM requests").pluck();
    this.#isThere = db.prepare<[number], number>("SELECT 1 FROM requests WHERE id = ?").pluck();
    this.#fileInUse = db.prepare<[string], number>("SELECT 1 FROM requests WHERE body_file = ?").pluck();
  }

  /** @returns the new request's id */
  insert(request: CapturedRequest, context: RequestContext): number {
    const { body } = request;
    const id = this.#insert({ request, context });
    if (body.kind === "bytes" && body.bytes.length > 0) this.#insertBody.run(id, body.bytes);
    return id;
  }

  /** What the sender was told, where that is known later than the request and apart from any delivery. */
  setReply(id: number, { status, note }: SentReply): void {
    this.#setReply.run(status, note ?? null, id);
    this.#changes.note("request", id);
  }

  isThere(id: number): boolean {
    return this.#isThere.get(id) !== undefined;
  }

  /** With its body. */
  find(id: number): StoredRequest | undefined {
    const row = this.#find.get(id);
    return row && requestOfRow(row, this.#readBody(row));
  }

  /** Of a body that is in the database; undefined: there is none. */
  bodyBytes(id: number): Uint8Array | undefined {
    return this.#body.get(id);
  }

  /** Newest first; the bodies stay where they are. */
  page({
    limit,
    beforeId = Number.MAX_SAFE_INTEGER,
    leastId = 0,
    includeMalformed,
    filter,
  }: RequestPage): ListedRequest[] {
    const { walked = EVERYTHING } = filter ?? {};
    const before = Math.min(beforeId, (this.#newestId.get() ?? 0) + 1);
    const middle = walked.where === (filter ?? walked).where ? leastId : Math.max(leastId, before - WALKED_IDS);
    const near = this.#rows({ limit, before, least: middle, includeMalformed }, walked);
    const left = limit - near.length;
    const range = { limit: left, before: middle, least: leastId, includeMalformed };
    const rows = filter && middle > leastId && left > 0 ? [...near, ...this.#rows(range, filter)] : near;
    return rows.map((row) => {
      const body = row.body_file === null ? EMPTY_BODY : this.#spool.body(row.body_file, row.body_size);
      return { request: requestOfRow(row, body), bodySizeBytes: row.body_size };
    });
  }

  /** Id of the newest well-formed request, or of the one `back` places before it. */
  latestId(back: number): number | undefined {
    return this.#latestId.get(back);
  }

  /** The id that a person's name for a request stands for; undefined where there is none. */
  idOf(reference: RequestReference): number | undefined {
    switch (reference.kind) {
      case "id":
        return reference.id;
      case "event":
        return this.#latestOfEvent.get(reference.eventId) ?? undefined;
      case "latest":
        return reference.typeGlob === undefined
          ? this.latestId(reference.back)
          : this.#latestOfType.get(globPattern(reference.typeGlob), reference.back);
      default:
        return reference satisfies never;
    }
  }

  /** Id of the newest request that an earlier session stored before this one started; 0: there is none. */
  newestBefore({ id, startedAtMs }: Pick<SessionRecord, "id" | "startedAtMs">): number {
    return this.#newestBefore.get(id, startedAtMs) ?? 0;
  }

  count(): number {
    return this.#count.get() ?? 0;
  }

  usesFile(name: SpoolName): boolean {
    return this.#fileInUse.get(name) !== undefined;
  }

  #rows({ limit, before, least, includeMalformed }: Range, { where, parameters }: SqlCondition): RequestRow[] {
    return this.#pages.prepared(pageSql(where)).all(before, least, includeMalformed ? 1 : 0, ...parameters, limit);
  }

  #readBody(row: RequestRow): Body {
    if (row.body_file !== null) {
      return this.#spool.body(row.body_file, row.body_size);
    }
    const bytes = row.body_size > 0 ? this.#body.get(row.id) : undefined;
    return bytes ? bytesBody(bytes) : EMPTY_BODY;
  }
}

/** A request as a list shows it: a body in the database stays there and is empty here, a spooled one can be read. */
export interface ListedRequest {
  readonly request: StoredRequest;
  readonly bodySizeBytes: number;
}
