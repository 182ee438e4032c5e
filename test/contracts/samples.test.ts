import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { composeEvent } from "../../src/app/sending/compose-event.ts";
import { EventSource, type EventSourceOptions } from "../../src/app/sending/event-source.ts";
import { tampered } from "../../src/core/faults/outgoing/entries/tampered.ts";
import type { OutgoingFault } from "../../src/core/faults/outgoing/outgoing-fault.ts";
import { HookcliError } from "../../src/core/model/errors.ts";
import type { Message } from "../../src/core/model/request.ts";
import { samples } from "../../src/core/samples/index.ts";
import type { Json, Sample, Samples } from "../../src/core/samples/sample.ts";
import { findScheme } from "../../src/core/schemes/known-schemes.ts";
import { judge } from "../../src/core/schemes/judge.ts";
import { MessageView } from "../../src/core/schemes/message-view.ts";
import { readPlace } from "../../src/core/schemes/places.ts";
import { ruleOf } from "../../src/core/schemes/template-rule.ts";
import type { KeyForm, Scheme } from "../../src/core/schemes/scheme.ts";
import shapes from "../fixtures/payload-shapes.json" with { type: "json" };
import { filesBelow, textOf } from "../helpers/sources.ts";

const AT_MS = Date.UTC(2026, 10, 22, 14, 32, 15, 118);
const URL = "https://shop.example.com/hooks";

const every = samples.flatMap((provider) => provider.types.map((sample) => [provider.provider, sample.type] as const));

describe.each(every)("%s %s", (provider, type) => {
  const { scheme, found, sample } = entry(provider, type);

  test("is compact JSON, the same for the same seed", async () => {
    const [first, again] = [await sent(found, sample, scheme), await sent(found, sample, scheme)];
    expect(bodyText(first)).toBe(bodyText(again));
    const text = bodyText(first);
    if (found.encoding !== "form") expect(text).toBe(JSON.stringify(JSON.parse(text)));
  });

  test("is named when it arrives as it was asked for", async () => {
    const view = new MessageView(await sent(found, sample, scheme));
    expect(readPlace(view, scheme.eventType ?? "")).toBe(sample.readsAs ?? type);
  });

  test("has another id each time, and the one that is asked for", async () => {
    const idOf = async (wanted: Partial<EventSourceOptions>): Promise<string | undefined> => {
      const message = await sent(found, sample, scheme, wanted);
      return readPlace(new MessageView(message), scheme.eventId ?? "b:");
    };
    const [one, other, given] = [await idOf({}), await idOf({ seed: "other" }), await idOf({ eventId: "4711" })];
    // Some requests, and all of some providers, carry no id; where the form is free, one that is asked for gets in.
    if (one === undefined) expect([other, given]).toEqual([undefined, found.anyType ? "4711" : undefined]);
    else expect([one === other, given?.startsWith("4711")]).toEqual([false, true]);
  });

  test("is signed so that it verifies, and does not when a byte is changed", async () => {
    const secret = { name: "test", text: secretFor(scheme) };
    const context = { secrets: [secret], isExpected: true, urls: [URL], atMs: AT_MS };
    const verdictOf = async (message: Message): Promise<string> =>
      (await judge(new MessageView(message), scheme, context)).verdict.kind;
    expect(await verdictOf(await sent(found, sample, scheme, {}, { secret }))).toBe("verified");
    const tampering = sent(found, sample, scheme, {}, { secret, faults: [tampered] });
    // A token says nothing about the body.
    if (scheme.signature.kind === "static") await expect(tampering).rejects.toThrow(HookcliError);
    else expect(await verdictOf(await tampering)).toBe("mismatch");
  });
});

describe("the fields of a sample", () => {
  test.each(every.filter(([provider, type]) => shapeOf(provider, type) !== undefined))(
    "of %s %s are some that its provider sends",
    async (provider, type) => {
      const { scheme, found, sample } = entry(provider, type);
      expect(unknownFields(payloadOf(await sent(found, sample, scheme)), shapeOf(provider, type))).toEqual([]);
    },
  );

  test.each(every.filter(([provider]) => samples.find((one) => one.provider === provider)?.snapshot !== undefined))(
    "of %s %s are the same without the object where it is thin",
    async (provider, type) => {
      const { scheme, found, sample } = entry(provider, type);
      const whole = payloadOf(await sent(found, sample, scheme)) as Readonly<Record<string, unknown>>;
      const thin = payloadOf(await sent(found, sample, scheme, { isThin: true }));
      const { [found.snapshot ?? ""]: object, ...rest } = whole;
      expect(thin).toEqual(rest);
      expect(object).toBeDefined();
    },
  );
});

test.each(
  Object.entries(shapes.payloads).flatMap(([provider, types]) => Object.keys(types).map((type) => [provider, type])),
)("the known shape of %s %s has its sample", (provider, type) => {
  expect(every).toContainEqual([provider, type]);
});

test("at least twenty providers have at least four types each", () => {
  const providers = samples.filter(({ anyType, types }) => anyType === undefined && types.length >= 4);
  expect(providers.length).toBeGreaterThanOrEqual(20);
});

test("no provider, type or other name of one stands twice", () => {
  const providers = samples.map(({ provider }) => provider);
  expect(providers).toEqual([...new Set(providers)]);
  for (const { types } of samples) {
    const names = types.flatMap(({ type, aliases = [] }) => [type, ...aliases]).map((name) => name.toLowerCase());
    expect(names).toEqual([...new Set(names)]);
  }
});

test("each file of entries is in the list, or what one of them is made of", () => {
  const files = filesBelow("src/core/samples/entries").map((file) => file.replace(/^.*\//, ""));
  const listed = textOf("src/core/samples/index.ts");
  expect(files.filter((file) => !listed.includes(`./entries/${file}`))).toEqual(["github-objects.ts"]);
});

test("the checker of fields finds one that is invented, and lets pass what was left out", () => {
  expect(unknownFields({ a: [{ b: 1, c: 2 }], d: { e: 1 } }, { a: [{ b: 1 }], d: { "…": 1 } })).toEqual(["a.0.c"]);
});

function shapeOf(provider: string, type: string): unknown {
  return (shapes.payloads as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[provider]?.[type];
}

function entry(provider: string, type: string): { scheme: Scheme; found: Samples; sample: Sample } {
  const scheme = findScheme(provider);
  const found = samples.find((one) => one.provider === provider);
  const sample = found?.types.find((one) => one.type === type);
  if (!scheme || !found || !sample) throw new Error(`there is no scheme, or no sample, for ${provider} ${type}`);
  return { scheme, found, sample };
}

async function sent(
  found: Samples,
  { type, build }: Sample,
  scheme: Scheme,
  wanted: Partial<EventSourceOptions> = {},
  how: {
    readonly secret?: { readonly name: string; readonly text: string };
    readonly faults?: readonly OutgoingFault[];
  } = {},
): Promise<Message> {
  const source = new EventSource({
    scheme,
    samples: found,
    kinds: [{ type, build, isBorrowed: false }],
    given: undefined,
    edits: [],
    eventId: undefined,
    apiVersion: undefined,
    isThin: false,
    seed: "seed",
    timeOf: () => AT_MS,
    say: () => undefined,
    ...wanted,
  });
  const { message } = await composeEvent(source.event({ round: 0, index: 0, copy: 1 }), {
    secret: how.secret,
    signedAtMs: AT_MS,
    target: "/hooks",
    url: URL,
    userAgent: "test",
    faults: how.faults ?? [],
    uuid: () => "00000000-0000-4000-8000-000000000000",
  });
  return message;
}

function bodyText({ body }: Message): string {
  if (body.kind === "file") throw new Error("a sample is never in a file");
  return Buffer.from(body.bytes).toString();
}

function payloadOf(message: Message): unknown {
  const { form } = new MessageView(message);
  return form.size > 0 ? Object.fromEntries(form) : (JSON.parse(bodyText(message)) as Json);
}

/** Paths of fields that the shape does not have. */
function unknownFields(value: unknown, shape: unknown, path = ""): readonly string[] {
  if (typeof value !== "object" || value === null || typeof shape !== "object" || shape === null) return [];
  if (Array.isArray(value))
    return value.flatMap((one, at) => unknownFields(one, (shape as readonly unknown[])[0], `${path}${at}.`));
  const known = shape as Readonly<Record<string, unknown>>;
  return Object.entries(value).flatMap(([name, inner]) => {
    if (Object.hasOwn(known, name)) return unknownFields(inner, known[name], `${path}${name}.`);
    return "…" in known ? [] : [path + name];
  });
}

const SECRETS: Readonly<Record<KeyForm, string>> = {
  utf8: "a-secret",
  "utf8-nfkd": "a-secret",
  base64: "c2VjcmV0",
  hex: "00ff00ff",
  whsec: "whsec_c2VjcmV0",
  "whsec-or-utf8": "whsec_c2VjcmV0",
  ed25519: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  ecdsa: generateKeyPairSync("ec", { namedCurve: "P-256" })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString(),
};

function secretFor(scheme: Scheme): string {
  return SECRETS[ruleOf(scheme)?.key ?? "utf8"];
}
