import fc from "fast-check";
import type { FaultOptions } from "../../src/core/faults/fault.ts";
import type { FaultPlan, FaultStep } from "../../src/core/faults/plan.ts";

const text = fc
  .array(
    fc.constantFrom(
      "a",
      "B",
      "3",
      "x2",
      "x",
      " ",
      ",",
      ";",
      ":",
      "=",
      '"',
      "\\",
      "é",
      "本",
      "\u{1f600}",
      "{}",
      "after:",
    ),
    {
      maxLength: 5,
    },
  )
  .map((pieces) => pieces.join(""));
const name = fc.constantFrom("retry-after", "X-Foo", "set-cookie", "a", "x2");
const fields = fc
  .record({
    headers: fc.option(fc.array(fc.tuple(name, text), { minLength: 1, maxLength: 3 }), { nil: undefined }),
    body: fc.option(text, { nil: undefined }),
  })
  .map(({ headers, body }) => ({ ...(headers ? { headers } : {}), ...(body === undefined ? {} : { body }) }));
const status = fc.integer({ min: 200, max: 999 }).filter((code) => code !== 204 && code !== 304);
const durationMs = fc.oneof(fc.nat(5000), fc.constantFrom(0, 1000, 60_000, 90_000, 3_600_000, 2 ** 31 - 1));
const bytes = fc.nat(1_000_000);
const url = fc.constantFrom("/", "/a,b", "/hooks?x2", "https://example.com/x2", 'http://a/b;c="d"', "/x/yx10");

type Named = readonly [fault: string, options: FaultOptions];
const bare = fc.constantFrom("reset", "close", "empty", "garbage", "timeout", "truncate", "slow");

const named: fc.Arbitrary<Named> = fc.oneof(
  fc.tuple(status, fields).map(([code, more]): Named => ["status", { status: code, ...more }]),
  fc.constantFrom(204, 304).map((code): Named => ["status", { status: code }]),
  bare.map((fault): Named => [fault, {}]),
  fc.tuple(fc.constantFrom("timeout", "delay"), durationMs).map(([fault, ms]): Named => [fault, { durationMs: ms }]),
  bytes.map((count): Named => ["truncate", { bytes: count }]),
  bytes.map((count): Named => ["slow", { bytesPerSecond: count + 1 }]),
  url.map((place): Named => ["redirect", { url: place }]),
);

const times = fc.oneof(fc.constantFrom(1, 2), fc.integer({ min: 1, max: 1_000_000 }));
const step: fc.Arbitrary<FaultStep> = fc.oneof(
  fc
    .record({ named, isAfter: fc.boolean(), times })
    .map(({ named: [fault, options], ...more }) => ({ fault, options, ...more })),
  times.map((count) => ({ fault: "ok", options: {}, isAfter: false, times: count })),
);

/** Any plan that can be written. */
export const anyPlan: fc.Arbitrary<FaultPlan> = fc
  .tuple(fc.array(step, { minLength: 1, maxLength: 5 }), fc.boolean())
  .map(([steps, isStaying]) =>
    steps.map((one, at) => (isStaying && at === steps.length - 1 ? { ...one, times: undefined } : one)),
  );

/** What a person might type, right or nearly so. */
export const planText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...'500 503 5xx 99 timeout delay reset close empty truncate slow redirect garbage ok after: : :20s :1kb ; = " \\ , , , x2 x0 body= retry-after=3 /a'.split(
        " ",
      ),
      " ",
    ),
    { maxLength: 10 },
  )
  .map((pieces) => pieces.join(""));
