import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventFacts, Message } from "../../src/core/model/request.ts";
import { headerFields } from "../../src/core/model/headers.ts";
import type { Secret } from "../../src/core/model/secret.ts";
import type { NamedHandshakeAnswer } from "../../src/core/schemes/handshakes/handshake.ts";
import { answerHandshake, handshakes } from "../../src/core/schemes/handshakes/index.ts";
import { schemes } from "../../src/core/schemes/index.ts";
import { MessageView } from "../../src/core/schemes/message-view.ts";
import { textBody } from "../helpers/samples.ts";
import { examples, get, post } from "./handshake-examples.ts";

const MOST_REPLY_BYTES = 8 * 1024;

test("each handshake has a name of its own and an example, and no example is left over", () => {
  expect(Object.keys(examples).sort()).toEqual(handshakes.map(({ name }) => name).sort());
});

test("each handshake that a scheme names is known", () => {
  const names = new Set(handshakes.map(({ name }) => name));
  expect(schemes.filter(({ handshake }) => handshake !== undefined && !names.has(handshake))).toEqual([]);
  expect(schemes.filter(({ handshake }) => handshake !== undefined).length).toBeGreaterThan(5);
});

describe.each(handshakes)("the handshake of $title", ({ name, title, source }) => {
  const { request, facts, secrets, reply, note, link, nearMisses } = examples[name] ?? missing(name);

  test("is answered as its provider wants", () => {
    const found = answer(request, facts, secrets);
    expect(found).toMatchObject({ name, title, reply });
    expect(found?.note).toMatch(note);
    expect(found?.link).toBe(link);
  });

  test("says where its rule is from", () => {
    expect(source).toMatch(/^https:\/\//);
  });

  test.each(nearMisses)("is not seen in what only looks like it (%#)", (nearMiss) => {
    expect(answer(nearMiss, facts, secrets)).toBeUndefined();
  });

  test("is not seen in a file", () => {
    const { body } = request;
    const sizeBytes = body.kind === "bytes" ? body.bytes.length : 0;
    const file = { kind: "file", name: undefined, sizeBytes, read: () => readBytes(body) } as const;
    const found = answer({ ...request, body: file }, facts, secrets);
    // What is asked in the head alone is answered all the same.
    expect(found?.reply ?? reply).toEqual(reply);
  });

  test("never answers with more than 8 KiB, whatever its values hold", () => {
    const long = ["A".repeat(1024 * 1024), "\u0001".repeat(4000), "\uffff".repeat(4000)];
    for (const text of [...long, "<script>alert(1)</script>", "a\r\nSet-Cookie: b=1", "\u001b[31m", "\u0000"]) {
      for (const hostile of withValues(request, text)) expectHarmless(answer(hostile, facts, secrets));
    }
  });

  test("never throws on values of other kinds", () => {
    const property = fc.property(fc.jsonValue(), (value) => {
      expectHarmless(answer(withFieldValues(request, value), facts, secrets));
    });
    expect(() => fc.assert(property)).not.toThrow();
  });
});

test("random requests never throw and are never answered with anything harmful", () => {
  const headerNames = fc.constantFrom(
    "x-hook-secret",
    "x-signature-ed25519",
    "x-amz-sns-message-type",
    "webhook-request-origin",
  );
  const targets = fc.tuple(
    fc.constantFrom("challenge", "hub.challenge", "crc_token", "bt_challenge", "validationToken", "%"),
    fc.string(),
  );
  const messages = fc.record({
    method: fc.constantFrom("GET", "POST", "HEAD", "OPTIONS", "x"),
    target: targets.map(([key, value]) => `/?${key}=${value}`),
    headers: fc
      .array(fc.tuple(headerNames, fc.string({ unit: "binary" })), { maxLength: 3 })
      .map((pairs) => pairs.flat()),
    body: fc.oneof(fc.json(), fc.string()).map(textBody),
  });
  const property = fc.property(messages, (message) => {
    expectHarmless(answer(message));
  });
  expect(() => fc.assert(property)).not.toThrow();
});

describe("Zoom's answer", () => {
  const request = examples["zoom"]?.request ?? missing("zoom");

  test("without a secret is a refusal that says which one is wanted", () => {
    const found = answer(request);
    expect(found?.reply.status).toBe(403);
    expect(found?.note).toContain("--secret");
  });

  test("is not made for a request that somebody else signed", () => {
    const secrets = [{ name: "--secret", text: "s" }];
    expect(answer(request, { verdict: { kind: "mismatch" } }, secrets)?.reply.status).toBe(403);
    expect(answer(request, { verdict: { kind: "verified" } }, secrets)?.reply.status).toBe(200);
  });
});

describe("Discord's ping", () => {
  const signed = ["X-Signature-Ed25519", "00", "X-Signature-Timestamp", "1"];

  test("of webhook events is answered with 204 and a type", () => {
    const found = answer(post('{"version":1,"application_id":"1","type":0}', ...signed));
    expect(found?.reply).toEqual({ status: 204, headers: ["Content-Type", "application/json"], body: "" });
  });

  test.each(["mismatch", "malformed-header", "missing-header"] as const)(
    "that is a %s is answered with 401",
    (kind) => {
      expect(answer(post('{"type":1}', ...signed), { verdict: { kind } })?.reply.status).toBe(401);
    },
  );

  test("without a known key is answered, and the note says what Discord will say to that", () => {
    const found = answer(post('{"type":1}', ...signed), { verdict: { kind: "no-secret" } });
    expect(found?.reply.status).toBe(200);
    expect(found?.note).toContain("public key");
  });
});

describe("Meta's subscription", () => {
  const request = get("/?hub.mode=subscribe&hub.challenge=77&hub.verify_token=mine");

  test.each([
    [[{ name: "a", text: "mine", provider: "meta" }], 200, /verify token of a/],
    [
      [
        { name: "a", text: "app", provider: "meta" },
        { name: "b", text: "mine", provider: "meta" },
      ],
      200,
      /token of b/,
    ],
    [[{ name: "a", text: "other", provider: "meta" }], 403, /none of the secrets/],
    [[{ name: "a", text: "other", provider: "stripe" }], 200, /compared with nothing/],
    [[], 200, /compared with nothing/],
    [[{ name: "a", text: "other" }], 403, /none of the secrets/],
    [[{ name: "a", text: "mine" }], 200, /verify token of a/],
    [
      [
        { name: "a", text: "other" },
        { name: "b", text: "mine", provider: "meta" },
      ],
      200,
      /token of b/,
    ],
  ])("with secrets %j is answered %i", (secrets, status, note) => {
    const found = answer(request, {}, secrets);
    expect(found?.reply.status).toBe(status);
    expect(found?.note).toMatch(note);
  });
});

test("a HEAD request of a provider that is known to be another one is left alone", () => {
  const request: Message = { ...get("/"), method: "HEAD" };
  expect(answer(request, { provider: "stripe" })).toBeUndefined();
  expect(answer(request, { provider: "trello" })?.name).toBe("trello");
});

test("a link of SNS that is not Amazon's is shown with a warning", () => {
  const body = JSON.stringify({ SubscribeURL: "https://sns.us-east-1.amazonaws.com.evil.example/" });
  const found = answer(post(body, "X-Amz-Sns-Message-Type", "SubscriptionConfirmation"));
  expect(found?.link).toBe("https://sns.us-east-1.amazonaws.com.evil.example/");
  expect(found?.note).toContain("it is not Amazon's");
});

test("a rate that is no number is granted without limit, and a callback is a link to be visited", () => {
  const headers = [
    "WebHook-Request-Origin",
    "a.example",
    "WebHook-Request-Rate",
    "many",
    "WebHook-Request-Callback",
    "https://a.example/ok",
  ];
  const found = answer({ ...get("/", ...headers), method: "OPTIONS" });
  expect(found?.reply.headers.slice(-2)).toEqual(["WebHook-Allowed-Rate", "*"]);
  expect(found?.link).toBe("https://a.example/ok");
});

function answer(
  message: Message,
  facts: EventFacts = {},
  secrets: readonly Secret[] = [],
): NamedHandshakeAnswer | undefined {
  return answerHandshake(new MessageView(message), facts, secrets);
}

function expectHarmless(found: NamedHandshakeAnswer | undefined): void {
  if (!found) return;
  const { reply, link } = found;
  expect(Buffer.byteLength(reply.body)).toBeLessThanOrEqual(MOST_REPLY_BYTES);
  for (const [name, value] of headerFields(reply.headers)) expect(`${name}: ${value}`).toMatch(/^[\x20-\x7e]*$/);
  const headers = reply.headers.map((text) => text.toLowerCase());
  if (reply.body !== "") {
    expect(headers.join()).toMatch(/content-type,(?:text\/plain; charset=utf-8|application\/json),/);
    expect(headers).toContain("nosniff");
  }
  if (link !== undefined) expect(link).toMatch(/^https?:\/\/[\x21-\x7e]+$/);
}

/** The message with a text in place of each value of its headers, of its query, and of its body. */
function withValues(message: Message, text: string): readonly Message[] {
  const headers = message.headers.map((value, index) => (index % 2 === 0 || index === 1 ? value : text));
  const target = message.target.replaceAll(/=[^&]*/g, `=${encodeURIComponent(text)}`);
  return [{ ...message, headers }, { ...message, target }, withFieldValues(message, text)];
}

function withFieldValues(message: Message, value: unknown): Message {
  const text = message.body.kind === "bytes" ? Buffer.from(message.body.bytes).toString() : "";
  if (!text.startsWith("{")) return message;
  const keep = new Set(["type", "event", "event_type"]);
  const replaced: unknown = JSON.parse(text, (name, old: unknown) =>
    typeof old === "string" && !keep.has(name) ? value : old,
  );
  return { ...message, body: textBody(JSON.stringify(replaced)) };
}

async function* readBytes(body: Message["body"]): AsyncIterable<Uint8Array> {
  if (body.kind === "bytes") yield body.bytes;
}

function missing(name: string): never {
  throw new Error(`${name} has no example`);
}
