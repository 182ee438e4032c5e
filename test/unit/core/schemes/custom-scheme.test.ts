import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readCustomScheme } from "../../../../src/core/schemes/custom-scheme.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import { readPlace } from "../../../../src/core/schemes/places.ts";
import type { Scheme } from "../../../../src/core/schemes/scheme.ts";
import { textBody } from "../../../helpers/samples.ts";
import { judged, signed } from "../../../contracts/signed-messages.ts";

const signature = { headers: { "X-Ecomm-Signature": "sha256={sig}" } };

function schemeOf(value: unknown): Scheme {
  const read = readCustomScheme("shop", value);
  return read.kind === "scheme" ? read.scheme : expect.fail(`${read.steps.join(".")} ${read.problem}`);
}

test("a shop that signs its body needs no more than the name of its header", async () => {
  const scheme = schemeOf({ signature, eventId: "b:data.order_id", eventType: "b:event_type" });
  const body = textBody('{"event_type":"order.created","data":{"order_id":9007199254740993}}');
  const hash = createHmac("sha256", "s").update(body.bytes).digest("hex");
  const message = { method: "POST", target: "/", headers: ["x-ecomm-signature", `sha256=${hash}`], body };
  expect((await judged(message, scheme, { secrets: [{ name: "s", text: "s" }] })).verdict.kind).toBe("verified");
  const view = new MessageView(message);
  expect([scheme.eventId, scheme.eventType].map((place) => readPlace(view, place ?? ""))).toEqual([
    "9007199254740993",
    "order.created",
  ]);
});

test("everything that a built-in scheme has may be said", async () => {
  const scheme = schemeOf({
    title: "The shop",
    source: "https://example.com/docs",
    signature: {
      kind: "template",
      algorithm: "hmac-sha512",
      encoding: "base64url",
      key: "base64",
      content: "{id}|{ts}|{body}",
      headers: { "X-Sig-{n}": "t={ts};s={sig}", "X-Id": "{id}" },
      alsoIn: ["X-Old-Sig"],
      separator: ";",
      timestamp: { unit: "ms", toleranceMs: 60_000, refusesFuture: true },
    },
    eventId: "h:x-id",
    eventType: "b:type+b:action",
    attempt: "h:x-attempt",
    attemptsFrom: 0,
    headers: { "X-Attempt": "{attempt}" },
    userAgent: "Shop/1",
    contentType: "application/vnd.shop+json",
    ackBudgetMs: 3000,
  });
  expect(scheme).toMatchObject({ name: "shop", trust: "reference", attemptsFrom: 0, ackBudgetMs: 3000 });
  expect((await judged(await signed(scheme), scheme)).verdict.kind).toBe("verified");
});

test("a token that is sent along needs only its place", async () => {
  const scheme = schemeOf({ signature: { place: "h:x-token" } });
  expect((await judged(await signed(scheme), scheme)).verdict.kind).toBe("verified");
});

test("public keys are taken as such without saying so twice", () => {
  expect(schemeOf({ signature: { ...signature, algorithm: "ed25519" } }).signature).toMatchObject({ key: "ed25519" });
});

test.each<[string, unknown, readonly string[], RegExp]>([
  ["no object", 5, [], /must be an object, not 5/],
  ["a list", [], [], /must be an object, not a list/],
  ["no signature", {}, ["signature"], /is missing; it is like/],
  ["no signature but a text", { signature: "sha256" }, ["signature"], /must be an object, not "sha256"/],
  ["an unknown key", { signature, eventID: "b:id" }, ["eventID"], /did you mean eventId\?/],
  ["a key from elsewhere", { signature, zzz: 1 }, ["zzz"], /is none of title, source/],
  [
    "an unknown key of the signature",
    { signature: { ...signature, algoritm: "x" } },
    ["signature", "algoritm"],
    /did you mean algorithm/,
  ],
  [
    "an unknown algorithm",
    { signature: { ...signature, algorithm: "md5" } },
    ["signature", "algorithm"],
    /must be one of "hmac-sha256".* not "md5"/,
  ],
  ["no {sig}", { signature: { headers: { A: "b" } } }, ["signature", "headers"], /holds \{sig\}/],
  [
    "a header that is no text",
    { signature: { headers: { A: 1 } } },
    ["signature", "headers", "A"],
    /must be a text, not 1/,
  ],
  ["no headers", { signature: {} }, ["signature", "headers"], /needs one header/],
  ["a place that is none", { signature, eventId: "data.id" }, ["eventId"], /must name places like/],
  ["a token in two places", { signature: { place: "h:a|h:b" } }, ["signature", "place"], /must be one place/],
  [
    "a token with a template",
    { signature: { place: "h:a", headers: {} } },
    ["signature", "headers"],
    /is none of kind, place/,
  ],
  [
    "a kind that is another",
    { signature: { ...signature, kind: "static" } },
    ["signature", "kind"],
    /must be one of "template"/,
  ],
  [
    "a time in a header's place",
    { signature: { ...signature, timestamp: { place: "h:x" } } },
    ["signature", "timestamp", "place"],
    /in the body/,
  ],
  [
    "a tolerance that is none",
    { signature: { ...signature, timestamp: { toleranceMs: "5m" } } },
    ["signature", "timestamp", "toleranceMs"],
    /milliseconds from 1/,
  ],
  ["a limit that is none", { signature, ackBudgetMs: 0 }, ["ackBudgetMs"], /milliseconds from 1/],
  [
    "names that are no list",
    { signature: { ...signature, alsoIn: "B" } },
    ["signature", "alsoIn"],
    /must be a list of texts/,
  ],
])("with %s it says where and what", (_, value, steps, problem) => {
  const read = readCustomScheme("shop", value);
  expect(read).toMatchObject({ kind: "problem", steps });
  expect(read.kind === "problem" ? read.problem : "").toMatch(problem);
});

test.each(["", "Shop", "my shop", "é", "-a", "a".repeat(41), "__proto__"])("a scheme cannot be called %j", (name) => {
  expect(readCustomScheme(name, { signature })).toMatchObject({ kind: "problem", steps: [] });
});

test("nothing in a file makes it throw", () => {
  const wild = fc.object({
    key: fc.constantFrom("signature", "headers", "timestamp", "eventId", "__proto__", "place", "content", "x"),
  });
  fc.assert(
    fc.property(wild, (value) => {
      expect(["scheme", "problem"]).toContain(readCustomScheme("shop", value).kind);
    }),
  );
});
