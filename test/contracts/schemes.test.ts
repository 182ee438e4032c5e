import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bytesBody, EMPTY_BODY } from "../../src/core/model/body.ts";
import { headerFields } from "../../src/core/model/headers.ts";
import { besideHeaders } from "../../src/core/schemes/beside-headers.ts";
import { setHeader, withoutHeaders } from "../../src/core/schemes/header-edit.ts";
import { schemes } from "../../src/core/schemes/index.ts";
import { MessageView } from "../../src/core/schemes/message-view.ts";
import { isPlace, readPlace } from "../../src/core/schemes/places.ts";
import { ruleOf } from "../../src/core/schemes/template-rule.ts";
import type { Scheme } from "../../src/core/schemes/scheme.ts";
import { signMessage } from "../../src/core/schemes/sign.ts";
import { templateProblem } from "../../src/core/schemes/template-problem.ts";
import signatures from "../fixtures/signatures/signatures.json" with { type: "json" };
import { spooledBody } from "../helpers/samples.ts";
import {
  draftOf,
  judged,
  secretsOf,
  signable,
  signed,
  SIGNED_AT_MS,
  signing,
  stampOf,
  withOtherBody,
  withOtherSignature,
} from "./signed-messages.ts";

const templates = schemes.flatMap((scheme) =>
  scheme.signature.kind === "template" ? [{ ...scheme, signature: scheme.signature }] : [],
);

describe("the list of schemes", () => {
  test("holds every file of the folder, each name once", () => {
    const files = readdirSync(new URL("../../src/core/schemes/entries/", import.meta.url));
    const names = schemes.map(({ name }) => name);
    expect([...names].sort()).toEqual(files.map((file) => file.replace(/\.ts$/, "")).sort());
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(80);
  });

  test("says of each where its rule is from, and what it is called", () => {
    for (const { name, title, source } of schemes) {
      expect(name).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      expect(title).not.toBe("");
      expect(new URL(source).protocol, name).toBe("https:");
    }
  });

  test("names places that can be read", () => {
    const places = schemes.flatMap(({ eventId, eventType, attempt }) => [eventId, eventType, attempt]);
    expect(places.filter((place) => place !== undefined && !isPlace(place))).toEqual([]);
  });

  test("holds no template with a mistake in it", () => {
    expect(templates.map(({ name, signature }) => [name, templateProblem(signature)]).filter(([, it]) => it)).toEqual(
      [],
    );
  });

  test("gives each provider a time to answer that somebody could keep", () => {
    for (const { name, ackBudgetMs = 10_000 } of schemes) {
      expect(ackBudgetMs, name).toBeGreaterThanOrEqual(1000);
      expect(ackBudgetMs, name).toBeLessThanOrEqual(30_000);
    }
  });
});

const vectors = schemes.flatMap((scheme) => (scheme.vectors ?? []).map((vector) => ({ scheme, ...vector })));

test.each(vectors)("a signature that $source shows is judged verified", async ({ scheme, ...vector }) => {
  const { method = "POST", url = "https://example.com/", secret, headers, body } = vector;
  const message = { method, target: "/", headers, body: bytesBody(Buffer.from(body)) };
  const context = { secrets: [{ name: "theirs", text: secret }], urls: [url] };
  const { presented } = await judged(message, scheme, context);
  const atMs = presented?.kind === "present" ? presented.signatures[0]?.timestamp?.atMs : undefined;
  const judgement = await judged(message, scheme, { ...context, atMs: vector.atMs ?? atMs ?? SIGNED_AT_MS });
  expect(judgement.verdict).toMatchObject({ kind: "verified", secretName: "theirs" });
});

test.each(signatures.signed)("what Python and OpenSSL signed for $scheme is judged verified", async (made) => {
  const scheme = schemes.find(({ name }) => name === made.scheme) ?? missing(made.scheme);
  const { method, url, atMs } = signatures;
  const message = { method, target: "/", headers: made.headers, body: bytesBody(Buffer.from(signatures.body)) };
  const secrets = [{ name: "theirs", text: made.secret }];
  const judgement = await judged(message, scheme, { secrets, urls: [url], atMs });
  expect(judgement.verdict).toMatchObject({ kind: "verified", secretName: "theirs" });
});

test("every scheme that is a template was signed by Python or OpenSSL too", () => {
  const made = new Set(signatures.signed.map(({ scheme }) => scheme));
  expect(templates.filter(({ name }) => !made.has(name)).map(({ name }) => name)).toEqual([]);
});

describe.each(signable)("$name", (scheme) => {
  const [right, wrong] = secretsOf(scheme);

  test("verifies what it signed, and names the secret", async () => {
    const { verdict, signature } = await judged(await signed(scheme), scheme, { secrets: [wrong, right] });
    expect({ signature, ...verdict }).toMatchObject({ signature: "matches", kind: "verified", secretName: right.name });
  });

  test("does not verify under another secret", async () => {
    const { verdict, signature } = await judged(await signed(scheme), scheme, { secrets: [wrong] });
    expect({ signature, ...verdict }).toMatchObject({ signature: "mismatch", kind: "mismatch", secretName: undefined });
  });

  test("says that a signature is there where no secret is known", async () => {
    const { verdict, signature } = await judged(await signed(scheme), scheme, { secrets: [] });
    expect([signature, verdict.kind]).toEqual(["unchecked", "no-secret"]);
  });

  test("calls a message without a signature unsigned, and missing where one is expected", async () => {
    const bare = { method: "POST", target: "/", headers: ["Host", "example.com"], body: EMPTY_BODY };
    expect((await judged(bare, scheme)).verdict.kind).toBe("unsigned");
    expect((await judged(bare, scheme, { isExpected: true })).verdict.kind).toBe("missing-header");
  });

  test("signs anew in place of an older signature", async () => {
    const once = await signed(scheme);
    const again = await signMessage(
      { ...draftOf(scheme), ...once },
      scheme,
      right,
      stampOf({ nowMs: SIGNED_AT_MS + 1e6 }),
    );
    const { verdict, presented } = await judged(again, scheme, { atMs: SIGNED_AT_MS + 1e6 });
    expect(verdict.kind).toBe("verified");
    expect(again.headers).toHaveLength(once.headers.length);
    const before = (await judged(once, scheme)).presented;
    if (presented?.kind === "present" && before?.kind === "present")
      expect(presented.signatures).toHaveLength(before.signatures.length);
  });
});

const sendsId = schemes.filter(({ headers = {} }) => Object.values(headers).includes("{id}"));

test.each(sendsId)("what $name sends beside the signature holds the id where it is read", (scheme) => {
  const headers = besideHeaders(scheme, stampOf({ eventId: "evt_é" }));
  const view = new MessageView({ method: "POST", target: "/", headers, body: EMPTY_BODY });
  expect(readPlace(view, scheme.eventId ?? "")).toBe(Buffer.from("evt_é").toString("latin1"));
});

const sendsType = schemes.filter(({ headers = {}, eventType = "" }) => {
  return Object.values(headers).includes("{type}") && eventType.startsWith("h:");
});

test.each(sendsType)("what $name sends beside the signature holds the type where it is read", (scheme) => {
  const view = new MessageView({ ...draftOf(scheme), headers: besideHeaders(scheme, stampOf()) });
  // Where the second part of it is in the body, the header holds the first one.
  expect(readPlace(view, scheme.eventType ?? "")).toBe(
    scheme.eventType?.includes("+") === true ? "order" : "order.paid",
  );
});

describe.each(signing)("a signature of $name", (scheme) => {
  const [right, wrong] = secretsOf(scheme);
  const { timestamp } = ruleOf(scheme) ?? {};

  test("does not hold for another body", async () => {
    const { verdict } = await judged(withOtherBody(await signed(scheme)), scheme);
    expect(verdict.kind).toBe("mismatch");
  });

  test("does not hold with another character in it", async () => {
    const message = await signed(scheme);
    const { presented } = await judged(message, scheme);
    const found = presented?.kind === "present" ? presented.signatures : [];
    expect(found.length).toBeGreaterThan(0);
    for (const { text } of found) {
      const { signature } = await judged(withOtherSignature(message, text), scheme);
      expect(["mismatch", "unreadable"]).toContain(signature);
    }
  });

  test("is stale once its time has passed, and fresh until then", async () => {
    const message = await signed(scheme);
    const { toleranceMs } = timestamp ?? {};
    const atMs = SIGNED_AT_MS + (toleranceMs ?? 1e9);
    expect((await judged(message, scheme, { atMs })).verdict.kind).toBe("verified");
    const late = await judged(message, scheme, { atMs: atMs + 1000 });
    expect([late.signature, late.verdict.kind]).toEqual(["matches", toleranceMs === undefined ? "verified" : "stale"]);
  });

  test("is of the future only where its verifiers say so", async () => {
    const atMs = SIGNED_AT_MS - (timestamp?.toleranceMs ?? 1e9) - 1000;
    const { verdict } = await judged(await signed(scheme), scheme, { atMs });
    expect(verdict.kind).toBe(timestamp?.refusesFuture === true ? "future" : "verified");
  });

  test("cannot be read where there is only garbage", async () => {
    const message = await signed(scheme);
    const { presented } = await judged(message, scheme);
    const [first] = presented?.kind === "present" ? presented.signatures : [];
    const garbled = message.headers.map((text, at) => (at % 2 === 1 ? text.replaceAll(first?.text ?? "", "?") : text));
    const { signature } = await judged({ ...message, headers: garbled }, scheme);
    expect(["unreadable", "absent", "matches"]).toContain(signature);
    // Only where it stands in the body does it stay.
    expect(signature === "matches").toBe(["adyen", "mailgun"].includes(scheme.name));
  });

  test("never verifies under a secret that is none", async () => {
    const secrets = [{ name: "empty", text: "" }, wrong];
    expect((await judged(await signed(scheme), scheme, { secrets })).verdict.kind).toBe("mismatch");
    expect(right.text).not.toBe("");
  });
});

test.each(templates)("the header of $name may come twice, the good one first or last", async (scheme) => {
  const { sent } = headerOf(scheme);
  const message = await signed(scheme);
  const good = valueOf(message.headers, sent);
  const bad = valueOf((await signed(scheme, { body: bytesBody(Buffer.from("{}")) })).headers, sent);
  const rest = withoutHeaders(message.headers, (one) => one === sent.toLowerCase());
  for (const values of [
    [bad, good],
    [good, bad],
  ]) {
    const repeated = { ...message, headers: [...rest, ...values.flatMap((value) => [sent, value])] };
    expect((await judged(repeated, scheme)).verdict.kind).toBe("verified");
  }
});

const listing = templates.filter(({ signature }) => signature.separator !== undefined);

test.each(listing)("the header of $name may hold several, the good one first or last", async (scheme) => {
  const { sent, text } = headerOf(scheme);
  const { separator = "" } = scheme.signature;
  const message = await signed(scheme);
  const { presented } = await judged(message, scheme);
  const good = presented?.kind === "present" ? (presented.signatures[0]?.text ?? "") : "";
  const item = text.split(separator).find((one) => one.includes("{sig}"));
  const goodItem = item?.trim().replace("{sig}", good) ?? "";
  const badItem = goodItem.replace(good, good.replaceAll(/[0-9A-Za-z]/g, "a"));
  for (const items of [
    [goodItem, badItem],
    [badItem, goodItem],
    ["v9=unknown", badItem, badItem, goodItem],
  ]) {
    const value = valueOf(message.headers, sent).replace(goodItem, items.join(separator));
    const judgement = await judged({ ...message, headers: setHeader(message.headers, sent, value) }, scheme);
    expect(judgement.verdict.kind).toBe("verified");
    expect(judgement.match?.presented.text).toBe(good);
  }
});

const renamed = templates.filter((scheme) => headerOf(scheme).others.length > 0);

test.each(renamed)("the header of $name may have its other name", async (scheme) => {
  const { sent, others } = headerOf(scheme);
  const message = await signed(scheme);
  const elsewhere = valueOf((await signed(scheme, { body: EMPTY_BODY })).headers, sent);
  for (const other of others) {
    const headers = message.headers.map((one) => (one === sent ? other : one));
    expect((await judged({ ...message, headers }, scheme)).verdict.kind).toBe("verified");
    expect((await judged({ ...message, headers: [...headers, sent, elsewhere] }, scheme)).verdict.kind).toBe(
      "verified",
    );
  }
});

test.each(templates)("a body in a file is judged for $name too", async (scheme) => {
  const { content, timestamp } = scheme.signature;
  const message = await signed(scheme);
  const text = message.body.kind === "bytes" ? Buffer.from(message.body.bytes).toString() : "";
  expect((await judged({ ...message, body: spooledBody(text) }, scheme)).verdict.kind).toBe("verified");
  const other = await judged({ ...message, body: spooledBody(`${text} `) }, scheme);
  expect(other.verdict.kind).toBe(content.includes("{body}") ? "mismatch" : "verified");
  expect(timestamp?.place === undefined || other.freshness === "untimed").toBe(true);
});

function headerOf({ signature }: (typeof templates)[number]): HeaderInWords {
  const { headers, alsoIn = [] } = signature;
  const [name = "", text = ""] = Object.entries(headers).find(([, value]) => value.includes("{sig}")) ?? [];
  const counted = name.includes("{n}") ? ["2", "17"].map((number) => name.replace("{n}", number)) : [];
  return { sent: name.replace("{n}", "1"), text, others: [...alsoIn, ...counted] };
}

interface HeaderInWords {
  readonly sent: string;
  readonly text: string;
  readonly others: readonly string[];
}

function valueOf(headers: readonly string[], name: string): string {
  return [...headerFields(headers)].find(([field]) => field === name)?.[1] ?? "";
}

function missing(name: string): Scheme {
  throw new Error(`there is no scheme ${name}`);
}
