import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesBody, EMPTY_BODY, type FileBody } from "../../src/core/model/body.ts";
import type { Message } from "../../src/core/model/request.ts";
import { VERDICTS } from "../../src/core/model/verdict.ts";
import { schemes } from "../../src/core/schemes/index.ts";
import { MessageView } from "../../src/core/schemes/message-view.ts";
import { readPlace } from "../../src/core/schemes/places.ts";
import type { Scheme } from "../../src/core/schemes/scheme.ts";
import { ruleOf } from "../../src/core/schemes/template-rule.ts";
import { besideHeaders } from "../../src/core/schemes/beside-headers.ts";
import { countHashing } from "../helpers/counted-hashing.ts";
import { judged, secretsOf, signable, signed, signing, stampOf } from "./signed-messages.ts";

/** As much as a request may bring along in its head. */
const MOST_HEADER_CHARACTERS = 16 * 1024;
/** How often the body may be hashed, by one secret: by far not once for each item. */
const MOST_PASSES = 33;

const latin1 = fc.string({ unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCodePoint(code)) });
const pieces = fc
  .array(
    fc.constantFrom(
      "t=",
      "v1=",
      "v1,",
      "v1a,",
      "sha256=",
      ",",
      ";",
      " ",
      "=",
      "9".repeat(20),
      "a".repeat(64),
      "{",
      "\u00e9",
    ),
    { maxLength: 40 },
  )
  .map((list) => list.join(""));
const bodies = fc.oneof(
  fc.constantFrom(
    "",
    "null",
    "[]",
    "{}",
    '"',
    '{"__proto__":{"id":"x"}}',
    '{"constructor":1}',
    "[[[[[[",
    "\ufeff{}",
    "0",
  ),
  fc.json(),
  fc.string(),
);

/** Every header that a scheme sends or reads. */
async function headerNamesOf(scheme: Scheme): Promise<readonly string[]> {
  const sent =
    scheme.signature.kind === "unjudged" || scheme.signature.kind === "none" ? [] : (await signed(scheme)).headers;
  const places = [scheme.eventId, scheme.eventType, scheme.attempt].flatMap((place) => place?.split(/[|+]/) ?? []);
  return [
    ...sent.filter((_, at) => at % 2 === 0),
    ...places.filter((place) => place.startsWith("h:")).map((place) => place.slice(2)),
    ...besideHeaders(scheme, stampOf()).filter((_, at) => at % 2 === 0),
    "__proto__",
    "constructor",
    "",
  ];
}

describe.each(schemes)("what arrives in the name of $name", (scheme) => {
  test("is judged whatever it is, and never verified", async () => {
    const names = await headerNamesOf(scheme);
    const header = fc.tuple(fc.constantFrom(...names), fc.oneof(pieces, latin1));
    await fc.assert(
      fc.asyncProperty(fc.array(header, { maxLength: 8 }), bodies, async (pairs, text) => {
        const body = bytesBody(Buffer.from(text));
        const message = { method: "POST", target: text.replaceAll(/\s/g, ""), headers: pairs.flat(), body };
        const judgement = await judged(message, scheme);
        expect(VERDICTS).toContain(judgement.verdict.kind);
        expect(judgement.verdict.kind).not.toBe("verified");
        readAll(message, scheme);
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(signing)("a header of 16 KB in the name of $name", (scheme) => {
  test.each([
    "a=b",
    "t=1700000000",
    "v1=x",
    "v1=" + "a".repeat(64),
    "v1," + "A".repeat(43) + "=",
    "h1=" + "b".repeat(64),
    "=",
  ])("costs no more than a few passes over the body, full of %s", async (item) => {
    const message = await signed(scheme);
    const [separator] = [",", ";", " "].filter((one) => message.headers.some((text) => text.includes(one)));
    const flood = `${item}${separator ?? ","}`.repeat(MOST_HEADER_CHARACTERS / (item.length + 1));
    const headers = message.headers.map((text, at) => (at % 2 === 1 ? `${text}${separator ?? ","}${flood}` : text));
    const body = bytesBody(Buffer.alloc(1024 * 1024, "{"));
    const hashed = await countHashing(async () => {
      const { verdict } = await judged({ ...message, headers, body }, scheme);
      expect(verdict.kind).not.toBe("verified");
    });
    expect(hashed.bytes).toBeLessThan(MOST_PASSES * body.bytes.length);
  });

  test("costs no more in pieces, where each repeat of it wants another hash", async () => {
    const message = await signed(scheme);
    const [first = "", value = ""] = message.headers.slice(-2);
    const repeats = Array.from({ length: 120 }, (_, index) => [
      first,
      value.replaceAll(/\d(?=,)/g, String(index % 10)),
    ]).flat();
    const body = bytesBody(Buffer.alloc(1024 * 1024, "{"));
    const headers = [...message.headers, ...repeats];
    const hashed = await countHashing(async () => judged({ ...message, headers, body }, scheme));
    expect(hashed.bytes).toBeLessThan(MOST_PASSES * body.bytes.length);
  });
});

test.each(signable)(
  "what $name sends along is compared in constant time, or verified with a public key",
  async (scheme) => {
    const message = await signed(scheme);
    const verdicts: string[] = [];
    const { compared, times } = await countHashing(async () => {
      verdicts.push((await judged(message, scheme)).verdict.kind);
    });
    expect(verdicts).toEqual(["verified"]);
    const rule = ruleOf(scheme);
    const isAsymmetric = rule?.key === "ed25519" || rule?.key === "ecdsa";
    expect(isAsymmetric ? times : compared).toBeGreaterThan(0);
  },
);

test.each(signing)("25 MiB in a file are judged for $name, and are none of its", async (scheme) => {
  const message = await signed(scheme);
  const { verdict } = await judged({ ...message, body: largeFile() }, scheme);
  expect(verdict.kind).not.toBe("verified");
});

test.each(signing)("a body file that is gone leaves a request of $name unjudged or unsigned", async (scheme) => {
  const message = await signed(scheme);
  const { verdict } = await judged({ ...message, body: { ...largeFile(), read: missingFile } }, scheme);
  // Adyen's and Mailgun's signatures went with it, and Twilio signs the address alone.
  expect(verdict.kind).toBe(
    ["adyen", "mailgun"].includes(scheme.name) ? "unsigned" : scheme.name === "twilio" ? "mismatch" : "unjudged",
  );
});

test.each(signing)("a secret of any form is taken or refused by $name, and never thrown at", async (scheme) => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.string(), latin1, fc.constantFrom("whsec_", "-----BEGIN X", "whsk_AA", "v1,")),
      async (text) => {
        const secrets = [{ name: "odd", text }];
        const { verdict } = await judged(await signed(scheme), scheme, { secrets });
        expect(["mismatch", "no-secret"]).toContain(verdict.kind);
        const both = [...secrets, ...secretsOf(scheme)];
        expect((await judged(await signed(scheme), scheme, { secrets: both })).verdict.kind).toBe("verified");
      },
    ),
    { numRuns: 15 },
  );
});

test("headers that come twice are read by their first, and an odd one at the end is passed over", () => {
  const headers = ["X-Event-ID", "first", "x-event-id", "second", "X-Odd"];
  const view = new MessageView({ method: "POST", target: "/", headers, body: EMPTY_BODY });
  expect(readPlace(view, "h:x-event-id")).toBe("first");
  expect([...view.headerNames]).toEqual(["x-event-id"]);
});

function readAll(message: Message, { eventId, eventType, attempt }: Scheme): void {
  const view = new MessageView(message);
  for (const place of [eventId, eventType, attempt]) if (place !== undefined) readPlace(view, place);
}

function largeFile(): FileBody {
  return { kind: "file", name: undefined, sizeBytes: 25 * 1024 * 1024, read: () => chunks(25) };
}

async function* chunks(count: number): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.alloc(1024 * 1024, "a");
  for (let index = 0; index < count; index += 1) yield await Promise.resolve(chunk);
}

async function* missingFile(): AsyncGenerator<Uint8Array> {
  yield await Promise.reject<Uint8Array>(new Error("the file is gone"));
}
