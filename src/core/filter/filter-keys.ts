import { HookcliError } from "../model/errors.ts";
import { nearestOf } from "../model/nearest.ts";
import { parseDurationMs } from "../model/quantities.ts";
import { VERDICTS } from "../model/verdict.ts";
import { badFilter, type WrittenTerm } from "./split-terms.ts";
import { type Comparison, type Condition, FILTER_STATES, type SignatureFinding } from "./filter.ts";
import { readTimeMs } from "./read-time.ts";

/** What may stand before a colon in a filter. */
export interface FilterKey {
  readonly key: string;
  /** One sentence for help and docs. */
  readonly summary: string;
  /** Each way to write it, ready to be typed. */
  readonly examples: readonly [string, ...string[]];
  /** @throws BAD_FILTER */
  read(term: WrittenTerm): Condition;
}

/** Ages are compared, never waited for; nothing was captured longer ago. */
const LONGEST_AGE_MS = 36_500 * 86_400_000;
/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const status: FilterKey = {
  key: "status",
  summary: "Status of your app's response; none: it gave none, or nothing was forwarded.",
  examples: ["status:5xx", "status:404", "status:500..599", "status:none"],
  read(term) {
    if (term.value.toLowerCase() === "none") return { kind: "no-status" };
    const parts = /^([1-9])(?:xx|(\d\d))(?:\.\.([1-9])(?:xx|(\d\d)))?$/i.exec(term.value);
    if (!parts) throw badValue(term, status, "it is no status");
    const [, firstLeast = "", restLeast, firstMost = firstLeast, restMost = parts[3] ? undefined : restLeast] = parts;
    const least = Number(firstLeast + (restLeast ?? "00"));
    const most = Number(firstMost + (restMost ?? "99"));
    if (least > most) throw badValue(term, status, "the range ends before it begins");
    return { kind: "status", least, most };
  },
};

const is: FilterKey = {
  key: "is",
  summary:
    "How it fared (ok, failed, pending, replay) or what it is (refused, malformed, edited, faulted, duplicate, out-of-order).",
  examples: [
    "is:ok",
    "is:failed",
    "is:pending",
    "is:replay",
    "is:refused",
    "is:malformed",
    "is:edited",
    "is:faulted",
    "is:duplicate",
    "is:out-of-order",
  ],
  read(term) {
    const state = FILTER_STATES.find((known) => known === term.value.toLowerCase());
    if (state) return { kind: "state", state };
    const near = nearestOf(term.value, FILTER_STATES);
    const advice = near ? `Did you mean is:${near}?` : `States are ${FILTER_STATES.join(", ")}`;
    throw badFilter({ ...term, at: term.valueAt }, "there is no such state", advice);
  },
};

const method: FilterKey = {
  key: "method",
  summary: "The HTTP method, in any letter case.",
  examples: ["method:post"],
  read(term) {
    if (!TOKEN.test(term.value)) throw badValue(term, method, "it is no HTTP method");
    return { kind: "method", method: term.value.toUpperCase() };
  },
};

const path: FilterKey = {
  key: "path",
  summary: "The path without its query, whole; * stands for anything.",
  examples: ["path:/webhooks/*", 'path:"/a b"'],
  read: ({ value }) => ({ kind: "path", glob: value }),
};

const type: FilterKey = {
  key: "type",
  summary: "The event type, whole; * stands for anything.",
  examples: ["type:order.*", "type:order.completed"],
  read: ({ value }) => ({ kind: "type", glob: value }),
};

const event: FilterKey = {
  key: "event",
  summary: "The provider's own id of the event.",
  examples: ["event:evt_1"],
  read: ({ value }) => ({ kind: "event", eventId: value }),
};

const provider: FilterKey = {
  key: "provider",
  summary: "Who sent it, as far as it could be told; * stands for anything, so -provider:* are the unknown ones.",
  examples: ["provider:stripe", "provider:generic*"],
  read: ({ value }) => ({ kind: "provider", glob: value.toLowerCase() }),
};

const FINDINGS: readonly SignatureFinding[] = ["failed", ...VERDICTS];

const sig: FilterKey = {
  key: "sig",
  summary:
    "What was found about its signature: a verdict, or failed for stale, future, mismatch, missing-header and malformed-header.",
  examples: ["sig:verified", "sig:failed", "sig:stale", "sig:mismatch", "sig:unsigned", "sig:no-secret"],
  read(term) {
    const wanted = term.value.toLowerCase();
    const finding = FINDINGS.find((known) => known === wanted || known === `${wanted}-header`);
    if (finding) return { kind: "signature", finding };
    const near = nearestOf(term.value, FINDINGS);
    const advice = near ? `Did you mean sig:${near}?` : `Findings are ${FINDINGS.join(", ")}`;
    throw badFilter({ ...term, at: term.valueAt }, "there is no such finding", advice);
  },
};

const id: FilterKey = {
  key: "id",
  summary: "The request's id, or a range of them with both ends.",
  examples: ["id:42", "id:40..50"],
  read(term) {
    const parts = /^#?(\d{1,15})(?:\.\.#?(\d{1,15}))?$/.exec(term.value);
    if (!parts) throw badValue(term, id, "it is no id of a request");
    const [least, most] = [Number(parts[1]), Number(parts[2] ?? parts[1])];
    if (least > most) throw badValue(term, id, "the range ends before it begins");
    return { kind: "id", least, most };
  },
};

const since: FilterKey = {
  key: "since",
  summary: "Arrived at most so long ago, or at this time or later; local time unless a zone is given.",
  examples: ["since:10m", "since:2026-03-04", "since:2026-03-04T05:06", "since:2026-03-04T05:06Z"],
  read(term) {
    if (/^\d{4}-/.test(term.value)) {
      const atMs = readTimeMs(term.value);
      if (atMs === undefined) throw badValue(term, since, "it is no time");
      return { kind: "since", atMs };
    }
    try {
      return { kind: "age", mostMs: parseDurationMs(term.value, "since", LONGEST_AGE_MS) };
    } catch (error) {
      if (!(error instanceof HookcliError)) throw error;
      const isLong = /^\d+(?:\.\d+)?d$/.test(term.value);
      throw badValue(term, since, isLong ? "it is longer ago than 100 years" : "it is neither a duration nor a time");
    }
  },
};

const attempts: FilterKey = {
  key: "attempts",
  summary: "How often it was tried.",
  examples: ["attempts:>1", "attempts:3", "attempts:0"],
  read(term) {
    const { compared, amount } = readComparison(term, attempts);
    return { kind: "attempts", compared, count: amount };
  },
};

const ms: FilterKey = {
  key: "ms",
  summary: "How long the last attempt took, in milliseconds.",
  examples: ["ms:>500", "ms:<=20"],
  read(term) {
    const { compared, amount } = readComparison(term, ms);
    return { kind: "duration", compared, ms: amount };
  },
};

const header: FilterKey = {
  key: "header",
  summary: "It has this header field; behind = stands what the value must hold.",
  examples: ["header:x-foo", "header:x-foo=bar", 'header:x-foo="a b"'],
  read(term) {
    const equalsAt = term.value.indexOf("=");
    const name = equalsAt < 0 ? term.value : term.value.slice(0, equalsAt);
    if (!TOKEN.test(name)) throw badValue(term, header, "it does not begin with the name of a header field");
    const value = equalsAt < 0 ? undefined : term.value.slice(equalsAt + 1);
    if (value === "") throw badValue(term, header, "nothing stands behind the =");
    return { kind: "header", name: name.toLowerCase(), value };
  },
};

/** Every key, in the order in which help lists them. */
export const FILTER_KEYS: readonly FilterKey[] = [
  status,
  is,
  method,
  path,
  type,
  event,
  provider,
  sig,
  id,
  since,
  attempts,
  ms,
  header,
];

function readComparison(term: WrittenTerm, key: FilterKey): { readonly compared: Comparison; readonly amount: number } {
  const parts = /^(<=|<|=|>=|>)?(\d{1,15})$/.exec(term.value);
  if (!parts) throw badValue(term, key, "it is no whole number, nor one behind <, <=, >= or >");
  return { compared: (parts[1] ?? "=") as Comparison, amount: Number(parts[2]) };
}

function badValue(term: WrittenTerm, { examples }: FilterKey, problem: string): HookcliError {
  return badFilter({ ...term, at: term.valueAt }, problem, `Write it like this: ${examples.join(" or ")}`);
}
