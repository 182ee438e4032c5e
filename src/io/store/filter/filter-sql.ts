import { toWire } from "../../../core/model/headers.ts";
import type { Comparison, Condition, Filter, FilterState, SignatureFinding } from "../../../core/filter/filter.ts";
import { searchableBytes } from "../../../core/filter/text-search.ts";
import { FAULT_NOTE } from "../../../core/model/fault-note.ts";
import { SUCCESS } from "../../../core/model/success.ts";
import { TELLING_FIRST } from "../rows/delivery-rows.ts";
import { globPattern, type FilterSql, type SqlCondition, type SqlValue } from "../rows/condition.ts";

export interface FilterSqlOptions {
  /**
   * What a text does with a request whose body is spooled, where nothing else of it holds the text: `unseen`, as if the
   * body did not hold it (default), or `candidates`, as if it might: such rows are in, and the caller asks
   * `matchesFilter` about each that has a `body_file`.
   */
  readonly spooled?: "unseen" | "candidates";
}

interface Clause {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

const TELLING = `FROM deliveries WHERE request_id = requests.id ${TELLING_FIRST}`;
const LAST_ENDED = `FROM attempts WHERE delivery_id = (SELECT deliveries.id ${TELLING}) ORDER BY number DESC LIMIT 1`;
const LAST_STATUS = `(SELECT attempts.status ${LAST_ENDED})`;
const LAST_DURATION = `(SELECT attempts.duration_ms ${LAST_ENDED})`;
/** A running attempt stands with its delivery; those that ended are rows of their own. */
const ATTEMPTS = `coalesce((SELECT (SELECT count(*) FROM attempts WHERE delivery_id = deliveries.id)
  + (running_number IS NOT NULL) ${TELLING}), 0)`;
/** Answers outside 2xx are few and have an index, which is found by these very words. */
const IN_TROUBLE = `requests.id IN (SELECT deliveries.request_id FROM attempts
  JOIN deliveries ON deliveries.id = attempts.delivery_id
  WHERE (attempts.status IS NULL OR attempts.status < ${SUCCESS[0]} OR attempts.status > ${SUCCESS[1]})
  AND attempts.status BETWEEN ? AND ?)`;

const SCHEME_END = "instr(bare, '://')";
/** Of the absolute form only what follows the authority; without the query. */
const PATH = `(SELECT CASE WHEN ${SCHEME_END} > 1 AND bare GLOB '[a-zA-Z]*'
    AND substr(bare, 1, ${SCHEME_END} - 1) NOT GLOB '*[^a-zA-Z0-9+.-]*'
  THEN iif(instr(behind, '/') > 0, substr(behind, instr(behind, '/')), '/') ELSE bare END
  FROM (SELECT bare, substr(bare, ${SCHEME_END} + 3) AS behind FROM (SELECT
    iif(instr(requests.target, '?') > 0, substr(requests.target, 1, instr(requests.target, '?') - 1), requests.target)
    AS bare)))`;

/** `lower` and the casts go by length, so bytes behind a NUL are there too, which LIKE would not see. */
const HEADER_BYTES = "CAST(lower(CAST(requests.headers AS TEXT)) AS BLOB)";
const BODY_HOLDS = `instr((SELECT CAST(lower(CAST(bytes AS TEXT)) AS BLOB) FROM request_bodies
  WHERE request_id = requests.id), ?) > 0`;
/**
 * LIKE looks for ASCII several times as fast, but only up to a NUL, as far as `printf` copies; CASE, since an OR within a
 * SELECT would compute both sides.
 */
const HEADERS_HOLD_ASCII = `CASE WHEN CAST(requests.headers AS TEXT) LIKE ? ESCAPE '\\' THEN TRUE
  WHEN octet_length(printf('%s', requests.headers)) < octet_length(requests.headers)
  THEN instr(${HEADER_BYTES}, ?) > 0 END`;
const BODY_HOLDS_ASCII = `(SELECT CASE WHEN CAST(bytes AS TEXT) LIKE ? ESCAPE '\\' THEN TRUE
  WHEN octet_length(printf('%s', bytes)) < octet_length(bytes)
  THEN instr(CAST(lower(CAST(bytes AS TEXT)) AS BLOB), ?) > 0 END FROM request_bodies WHERE request_id = requests.id)`;
/** Walks from one field of the name to the next; `rest` is what follows its colon. */
const HEADER_HOLDS = `EXISTS (WITH RECURSIVE
  wanted (block, mark, text) AS (SELECT CAST(x'0d0a' || ${HEADER_BYTES} AS BLOB), ?, ?),
  field (rest, mark, text) AS (
    SELECT substr(block, instr(block, mark) + length(mark)), mark, text FROM wanted WHERE instr(block, mark) > 0
    UNION ALL SELECT substr(rest, instr(rest, mark) + length(mark)), mark, text FROM field WHERE instr(rest, mark) > 0)
  SELECT 1 FROM field WHERE instr(substr(rest, 1, instr(rest, x'0d0a') - 1), text) > 0)`;

/**
 * The filter in SQL; rows match exactly where `matchesFilter` says so (but see `spooled`). `event:`, `id:` and a `type:`
 * without `*` are found by an index; all else is asked row by row while ids are walked, the cheap questions first.
 */
export function filterSql(filter: Filter, nowMs: number, { spooled = "unseen" }: FilterSqlOptions = {}): FilterSql {
  const ordered = filter.toSorted((a, b) => costOf(a.condition) - costOf(b.condition));
  const isTextual = filter.some(({ condition }) => condition.kind === "text");
  const context = { nowMs, mayBeSpooled: spooled === "candidates" };
  return {
    ...allOf(ordered, { ...context, isWalked: false }),
    walked: allOf(ordered, { ...context, isWalked: true }),
    needsBodies: isTextual,
    needsSpooled: isTextual,
  };
}

interface Context {
  readonly nowMs: number;
  readonly mayBeSpooled: boolean;
  /** Without indexes that are read before a row is looked at. */
  readonly isWalked: boolean;
}

function allOf(filter: Filter, context: Context): SqlCondition {
  const clauses = filter.map(({ condition, isNegated }) => {
    const mayBeSpooled = context.mayBeSpooled && !isNegated;
    const { sql, parameters } = translate(condition, { ...context, mayBeSpooled });
    // A condition about what is NULL is NULL: no match, so its negation is one.
    return { sql: isNegated ? `(${sql}) IS NOT TRUE` : `(${sql})`, parameters };
  });
  return {
    where: clauses.length > 0 ? clauses.map(({ sql }) => sql).join(" AND ") : "TRUE",
    parameters: clauses.flatMap(({ parameters }) => parameters),
  };
}

function costOf({ kind }: Condition): number {
  switch (kind) {
    case "id":
    case "event":
      return 0;
    case "type":
    case "provider":
    case "signature":
    case "age":
    case "since":
    case "method":
      return 1;
    case "path":
    case "state":
      return 2;
    case "header":
      return 3;
    case "status":
    case "no-status":
    case "duration":
    case "attempts":
      return 4;
    case "text":
      return 5;
    default:
      return kind satisfies never;
  }
}

function translate(condition: Condition, { nowMs, mayBeSpooled, isWalked }: Context): Clause {
  switch (condition.kind) {
    case "status":
      return statusClause(condition.least, condition.most, isWalked);
    case "no-status":
      return clause(`${LAST_STATUS} IS NULL`);
    case "state":
      return clause(stateSql(condition.state));
    case "duration":
      return durationClause(condition.compared, condition.ms);
    case "attempts":
      return clause(`${ATTEMPTS} ${operator(condition.compared)} ?`, condition.count);
    case "method":
      return clause("upper(requests.method) = ?", condition.method);
    case "path":
      return globClause(PATH, toWire(condition.glob), "requests.target");
    case "type":
      return typeClause(condition.glob);
    case "event":
      return clause("requests.event_id = ?", condition.eventId);
    case "provider":
      return globClause("requests.provider", condition.glob, "requests.provider");
    case "signature":
      return signatureClause(condition.finding);
    case "id":
      return clause("requests.id BETWEEN ? AND ?", condition.least, condition.most);
    case "age":
      return clause("requests.received_at_ms >= ?", nowMs - condition.mostMs);
    case "since":
      return clause("requests.received_at_ms >= ?", condition.atMs);
    case "header":
      return headerClause(condition.name, condition.value);
    case "text":
      return textClause(condition.text, mayBeSpooled);
    default:
      return condition satisfies never;
  }
}

function stateSql(state: FilterState): string {
  switch (state) {
    case "ok":
      return `(SELECT status ${TELLING}) = 'delivered'`;
    case "failed":
      return `(SELECT status ${TELLING}) = 'failed'`;
    case "pending":
      return `(SELECT status ${TELLING}) = 'pending'`;
    case "replay":
      return `(SELECT cause ${TELLING}) = 'replay'`;
    case "refused":
      return "requests.refusal_status IS NOT NULL";
    case "malformed":
      return "requests.completeness = 'malformed'";
    case "edited":
      return "requests.parent_id IS NOT NULL";
    case "faulted":
      return `requests.reply_note GLOB '${FAULT_NOTE}*'`;
    case "duplicate":
      return "requests.occurrence > 1";
    case "out-of-order":
      return "requests.overtaken_by IS NOT NULL";
    default:
      return state satisfies never;
  }
}

function statusClause(least: number, most: number, isWalked: boolean): Clause {
  const exact = clause(`${LAST_STATUS} BETWEEN ? AND ?`, least, most);
  if (isWalked || (least <= SUCCESS[1] && most >= SUCCESS[0])) return exact;
  return clause(`${IN_TROUBLE} AND ${exact.sql}`, least, most, least, most);
}

/** Those that failed have an index, which is found by these very words. */
function signatureClause(finding: SignatureFinding): Clause {
  if (finding !== "failed") return clause("requests.verdict = ?", finding);
  return clause("requests.verdict IN ('stale', 'future', 'mismatch', 'missing-header', 'malformed-header')");
}

function durationClause(compared: Comparison, ms: number): Clause {
  if (compared !== "=") return clause(`${LAST_DURATION} ${operator(compared)} ?`, ms);
  return clause(`${LAST_DURATION} >= ? AND ${LAST_DURATION} < ?`, ms - 0.5, ms + 0.5);
}

/** The plus keeps SQLite from taking the index for a mere prefix, after which it would have to sort by id. */
function typeClause(glob: string): Clause {
  const isExact = !glob.includes("*") && !glob.includes("\0");
  return isExact
    ? clause("requests.event_type = ?", glob)
    : globClause("+requests.event_type", glob, "requests.event_type");
}

/** GLOB reads up to a NUL, so what holds one is left out. */
function globClause(value: string, glob: string, source: string): Clause {
  if (glob.includes("\0")) return clause("FALSE");
  return clause(`instr(${source}, char(0)) = 0 AND ${value} GLOB ?`, globPattern(glob));
}

function headerClause(name: string, value: string | undefined): Clause {
  const mark = searchableBytes(Buffer.from(`\r\n${name}: `));
  if (value === undefined) return clause(`instr(CAST(x'0d0a' || ${HEADER_BYTES} AS BLOB), ?) > 0`, mark);
  const text = searchableBytes(Buffer.from(value));
  // Nearly every row fails this one, which is three times as fast.
  return clause(`instr(${HEADER_BYTES}, ?) > 0 AND ${HEADER_HOLDS}`, text, mark, text);
}

function textClause(text: string, mayBeSpooled: boolean): Clause {
  const bytes = searchableBytes(Buffer.from(text));
  const isAscii = Buffer.byteLength(text) === text.length && !text.includes("\0");
  const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const places = [
    ...(mayBeSpooled ? ["requests.body_file IS NOT NULL"] : []),
    "instr(lower(requests.target), ?) > 0",
    "instr(lower(requests.event_type), ?) > 0",
    isAscii ? HEADERS_HOLD_ASCII : `instr(${HEADER_BYTES}, ?) > 0`,
    isAscii ? BODY_HOLDS_ASCII : BODY_HOLDS,
  ];
  const inBytes = isAscii ? [like, bytes, like, bytes] : [bytes, bytes];
  return clause(places.join(" OR "), bytes.toString("latin1"), bytes.toString(), ...inBytes);
}

function operator(compared: Comparison): string {
  switch (compared) {
    case "<":
    case "<=":
    case "=":
    case ">=":
    case ">":
      return compared;
    default:
      return compared satisfies never;
  }
}

function clause(sql: string, ...parameters: readonly SqlValue[]): Clause {
  return { sql, parameters };
}
