/** What an object of `schemes` may hold, for the docs; a test holds it against what is read. */
export const schemeKeys = {
  title: "its name for people",
  source: "the page that the rule was taken from",
  signature: "how it signs, or where its token stands: see below",
  eventId: "place of the event's id",
  eventType: "place of the event's type",
  occurredAt:
    "place of the time at which the event happened: ISO 8601 with a zone, or seconds or milliseconds since 1970",
  objectId: "place of the id of what the event is about; with `occurredAt` it tells what arrives out of order",
  attempt: "place of the number of the attempt",
  attemptsFrom: "what that number is on the first attempt: 1, or 0",
  headers:
    "what `hookcli send` sends beside the signature: name and text, with `{id}`, `{type}`, `{uuid}`, `{now}`, `{seconds}`, `{ms}` and `{attempt}` filled in",
  userAgent: "the `User-Agent` that `hookcli send` sends",
  contentType: "the `Content-Type` that `hookcli send` sends; `application/json` without it",
  ackBudgetMs: "how long the sender waits for an answer, in milliseconds; 10,000 without it",
} as const;

export const signatureKeys = {
  kind: "may be left out",
  algorithm:
    "`hmac-sha256` (without it), `hmac-sha1`, `hmac-sha512`, `sha256` (a plain hash, with `{secret}` in the content), `ed25519`, `ecdsa-p256-sha256`",
  encoding: "`hex` (without it), `base64`, `base64url`",
  key: "what the secret is: `utf8` (without it), `hex`, `base64`, `whsec` (base64 behind `whsec_`), `whsec-or-utf8`, `utf8-nfkd`, `ed25519`, `ecdsa`",
  content:
    "what is signed: `{body}` (without it), and `{ts}`, `{id}`, `{url}`, `{method}`, `{path}`, `{secret}` with anything between them",
  headers: "its headers: one holds `{sig}`, others may hold `{ts}` and `{id}`; `t={ts},v1={sig}` are two items of one",
  alsoIn: "a list of other names that the signature's header may have",
  separator: "what divides the items of the signature's header: `,`, `;` or a space",
  timestamp: "the time, where one is signed: see below",
} as const;

export const timestampKeys = {
  unit: "`s` (without it), `ms` or `iso`",
  toleranceMs: "greatest age in milliseconds; without it any age is fine",
  refusesFuture: "`true`: it may not lie further ahead than that either",
  place: "its place in the body; without it it is where `{ts}` stands in the headers",
} as const;
