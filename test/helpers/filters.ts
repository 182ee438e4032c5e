import fc from "fast-check";
import { VERDICTS } from "../../src/core/model/verdict.ts";
import { type Comparison, type Condition, type Filter, FILTER_STATES } from "../../src/core/filter/filter.ts";

/** Pieces of text that requests and filters share, so that generated filters find something; each broke a search once. */
export const SEARCHED_PIECES: readonly string[] = [
  "a",
  "B",
  "order",
  "ORDER.paid",
  ".",
  "/",
  "*",
  "?",
  "[a]",
  "]",
  "%",
  "_",
  "é",
  "É",
  "本",
  "\u{1f600}",
  " ",
  '"',
  "\\",
  "'",
  ": ",
  "x-foo",
  "://",
  "http",
  "\0",
];

const piecedText = fc
  .array(fc.constantFrom(...SEARCHED_PIECES), { minLength: 1, maxLength: 4 })
  .map((all) => all.join(""));
const glob = fc.oneof(piecedText, fc.constantFrom("*", "/*", "order*", "*paid", "*a*B*", "/a/*", "**"));
const compared = fc.constantFrom<Comparison>("<", "<=", "=", ">=", ">");
const ordered = (of: fc.Arbitrary<number>) =>
  fc.tuple(of, of).map(([a, b]) => ({ least: Math.min(a, b), most: Math.max(a, b) }));

/** Any condition, mostly one that holds for some of `storedRequests`. */
export const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  ordered(fc.constantFrom(100, 199, 200, 204, 299, 300, 404, 500, 599, 999)).map((range) => ({
    kind: "status" as const,
    ...range,
  })),
  fc.constant({ kind: "no-status" as const }),
  fc.constantFrom(...FILTER_STATES).map((state) => ({ kind: "state" as const, state })),
  fc.record({ kind: fc.constant("duration" as const), compared, ms: fc.nat(4) }),
  fc.record({ kind: fc.constant("attempts" as const), compared, count: fc.nat(4) }),
  fc.constantFrom("POST", "GET", "M-SEARCH", "X").map((method) => ({ kind: "method" as const, method })),
  glob.map((path) => ({ kind: "path" as const, glob: path })),
  glob.map((type) => ({ kind: "type" as const, glob: type })),
  glob.map((provider) => ({ kind: "provider" as const, glob: provider.toLowerCase() })),
  fc.constantFrom("failed" as const, ...VERDICTS).map((finding) => ({ kind: "signature" as const, finding })),
  piecedText.map((eventId) => ({ kind: "event" as const, eventId })),
  ordered(fc.nat(300)).map((range) => ({ kind: "id" as const, ...range })),
  fc.nat(2000).map((mostMs) => ({ kind: "age" as const, mostMs })),
  fc.nat(2000).map((atMs) => ({ kind: "since" as const, atMs })),
  fc.record({
    kind: fc.constant("header" as const),
    name: fc.constantFrom("x-foo", "x", "foo", "host"),
    value: fc.option(piecedText, { nil: undefined }),
  }),
  piecedText.map((text) => ({ kind: "text" as const, text })),
);

/** Any filter that can be asked; its terms stand nowhere. */
export const anyFilter: fc.Arbitrary<Filter> = fc.array(
  fc.record({ isNegated: fc.boolean(), condition: anyCondition, from: fc.constant(0), to: fc.constant(0) }),
  { maxLength: 4 },
);

/** What a person might type, right or nearly so. */
export const filterText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...'status is method path type event id since attempts ms header http : : :: - -- = " " \\ * .. 5xx 42 >1 <= 10m'.split(
        " ",
      ),
      " ",
      "\t",
      "2026-03-04",
      "T05:06Z",
      "failed",
      "/a b",
      "x-foo",
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));
