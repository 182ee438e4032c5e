/** The JSON shape of `verify`: a part of `jsonShapes`. */
import * as v from "valibot";
import { VERDICTS } from "../../model/verdict.ts";
import { bytes, milliseconds, requestId, sentence, time, version, word } from "./shape-words.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const signedPart = v.object({
  name: v.pipe(
    v.string(),
    v.description(
      "`ts`, `id`, `url`, `path`, `method`, `secret`, `body`; `text`: what stands between them; `other`: only code can tell.",
    ),
  ),
  text: v.pipe(v.nullable(v.string()), v.description("Null: the body, the secret, and, without --reveal, `other`.")),
  size: bytes,
});

const diagnosis = v.object({
  causes: v.pipe(
    v.array(v.object({ name: word, says: sentence, fix: sentence })),
    v.description("What was done otherwise; mostly one."),
  ),
  secret: v.pipe(v.string(), v.description("Name of the secret under which it would hold.")),
  place: v.pipe(v.string(), v.description("Where the signature stands that would hold.")),
  body: v.pipe(
    v.nullable(v.object({ signed: bytes, received: bytes, atByte: count })),
    v.description(
      "Sizes of the body that was signed and of the one that came, and where they part; null: they are the same.",
    ),
  ),
});

export const verificationShapes = {
  verification: v.object({
    v: version,
    kind: v.literal("verification"),
    requestId: v.pipe(v.nullable(requestId), v.description("Null: it was given with --body-file.")),
    provider: v.pipe(v.nullable(v.string()), v.description("Null: nobody can tell.")),
    scheme: v.pipe(v.nullable(v.string()), v.description("The rule by which it was judged; null: none is known.")),
    verdict: v.pipe(v.picklist(VERDICTS), v.description("The exit code is 0 for `verified` and 1 for all others.")),
    signature: v.picklist(["matches", "mismatch", "absent", "unreadable", "unchecked"]),
    freshness: v.picklist(["fresh", "stale", "future", "untimed"]),
    signedAt: v.pipe(v.nullable(time), v.description("Null: no time is signed.")),
    ageMs: v.pipe(v.nullable(v.number()), v.description("Milliseconds; negative: it was signed later.")),
    toleranceMs: v.pipe(v.nullable(milliseconds), v.description("Null: any age.")),
    algorithm: v.nullable(word),
    encoding: v.nullable(word),
    key: v.pipe(v.nullable(word), v.description("How the secret becomes a key.")),
    content: v.pipe(v.nullable(v.string()), v.description("What is signed; `{body}` are the raw bytes.")),
    signed: v.pipe(v.array(signedPart), v.description("The same for this request, piece by piece.")),
    secret: v.pipe(v.nullable(v.string()), v.description("Name of the secret that fits.")),
    secrets: v.pipe(
      v.array(v.object({ name: v.string(), problem: v.nullable(sentence) })),
      v.description("All that were tried; a problem says why one cannot be used."),
    ),
    received: v.pipe(
      v.array(v.object({ place: v.string(), text: v.nullable(v.string()) })),
      v.description("The signatures that came; a token that is sent along is null."),
    ),
    expected: v.pipe(v.nullable(v.string()), v.description("Null without --reveal, and where it cannot be computed.")),
    diagnosis: v.pipe(
      v.nullable(diagnosis),
      v.description("What would make it hold; null: nothing was found, or it holds."),
    ),
    search: v.pipe(
      v.nullable(v.object({ checks: count, bytes, stoppedBy: v.nullable(v.picklist(["checks", "bytes"])) })),
      v.description("What looking for it took, and which limit ended it; null: it was not looked for."),
    ),
    advice: v.pipe(v.array(sentence), v.description("Where the provider's own SDK decides otherwise.")),
  }),
} as const;
