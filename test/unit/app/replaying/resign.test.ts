import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import { resign, type Resigned, type ResignOptions } from "../../../../src/app/replaying/resign.ts";
import { bytesBody } from "../../../../src/core/model/body.ts";
import { headerValue } from "../../../../src/core/model/headers.ts";
import type { StoredRequest } from "../../../../src/core/model/request.ts";
import type { Verdict } from "../../../../src/core/model/verdict.ts";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { judge } from "../../../../src/core/schemes/judge.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import type { Scheme } from "../../../../src/core/schemes/scheme.ts";
import { signMessage } from "../../../../src/core/schemes/sign.ts";
import { THIS_MACHINE } from "../../../helpers/surroundings.ts";
import { capturedRequest, SAMPLE_TIME_MS, sampleRequest, spooledBody, textBody } from "../../../helpers/samples.ts";

const SECRET = { name: "test", text: "a secret" };
const URL_OF_TARGET = "http://localhost:8000/hooks";
const HOUR_MS = 3_600_000;
/** When it is sent again: an hour after it came. */
const NOW_MS = SAMPLE_TIME_MS + HOUR_MS;
const MERELY_OLD: Verdict = { kind: "stale", signedAtMs: SAMPLE_TIME_MS - HOUR_MS };

describe("a request that was not edited", () => {
  test.each(["stripe", "slack", "standardwebhooks", "paddle", "linear", "mailgun", "generic"])(
    "of %s gets a signature of now, and keeps its event's id",
    async (name) => {
      const request = await signedRequest(name);
      const { content } = resigned(await resign(request, request, URL_OF_TARGET, NOW_MS, options()));
      expect(await verdictOn(content, name, NOW_MS)).toEqual("verified");
      expect(await verdictOn(request, name, NOW_MS)).toEqual("stale");
      const idOf = (one: typeof content): string | undefined => headerValue(one.headers, "webhook-id");
      expect(idOf(content)).toBe(idOf(request));
    },
  );

  test.each(["github", "shopify", "notion"])("of %s stays as it is: its signature carries no time", async (name) => {
    const request = await signedRequest(name);
    expect(await resign(request, request, URL_OF_TARGET, NOW_MS, options())).toMatchObject(kept("nothing-to-renew"));
  });

  test("asks for no secret where there is nothing to sign", async () => {
    const asked: string[] = [];
    const secretsOf: ResignOptions["secretsOf"] = async (provider) => {
      asked.push(provider);
      return { chosen: undefined, known: [SECRET] };
    };
    for (const request of [sampleRequest(), await signedRequest("github"), await signedRequest("stripe")])
      await resign(request, request, URL_OF_TARGET, NOW_MS, { ...options(), secretsOf });
    expect(asked).toEqual(["stripe"]);
  });

  test("of which only a part came stays as it is", async () => {
    const request = { ...(await signedRequest("stripe")), completeness: "truncated" } as const;
    expect(await resign(request, request, URL_OF_TARGET, NOW_MS, options())).toMatchObject(kept("nothing-to-renew"));
  });
});

describe("a forged request stays forged", () => {
  const forged = async (): Promise<StoredRequest> => ({ ...(await signedRequest("stripe")), body: textBody("{}") });

  test.each(["unedited", "edited"])("%s", async (how) => {
    const request = await forged();
    const content = how === "edited" ? { ...request, body: textBody('{"a":1}') } : request;
    expect(await resign(request, content, URL_OF_TARGET, NOW_MS, options())).toMatchObject(kept("forged"));
  });

  test("also where somebody names the secret, and where its header is broken", async () => {
    const request = await forged();
    const named = options({ chosen: SECRET });
    expect(await resign(request, request, URL_OF_TARGET, NOW_MS, named)).toMatchObject(kept("forged"));
    const broken = sampleRequest({ headers: ["Stripe-Signature", "t=1"] });
    expect(await resign(broken, broken, URL_OF_TARGET, NOW_MS, named)).toMatchObject(kept("forged"));
  });
});

describe("with which secret", () => {
  test("that of the original, whichever of several it is", async () => {
    const request = await signedRequest("stripe");
    const known = [{ name: "other", text: "other" }, SECRET];
    const { content } = resigned(await resign(request, request, URL_OF_TARGET, NOW_MS, options({ known })));
    expect(await verdictOn(content, "stripe", NOW_MS)).toBe("verified");
  });

  test("the one that was named, where the original is known to be genuine", async () => {
    const chosen = { name: "--secret", text: "of the handler" };
    const before = await signedRequest("stripe");
    for (const request of [before, { ...before, event: { verdict: MERELY_OLD } }]) {
      const known = request === before ? [chosen, SECRET] : [chosen];
      const { content } = resigned(await resign(request, request, URL_OF_TARGET, NOW_MS, options({ chosen, known })));
      expect(await verdictOn(content, "stripe", NOW_MS, chosen)).toBe("verified");
    }
  });

  test("with none it keeps what it has, edited or not", async () => {
    const request = await signedRequest("stripe");
    for (const content of [request, { ...request, body: textBody("{}") }])
      expect(await resign(request, content, URL_OF_TARGET, NOW_MS, options({ known: [] }))).toMatchObject(
        kept("no-secret"),
      );
  });
});

test("a public key tells that the original holds, and signs nothing", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const pem = (key: KeyObject, type: "pkcs8" | "spki"): string => key.export({ type, format: "pem" }).toString();
  const request = await signedRequest("discord", {}, { name: "own", text: pem(privateKey, "pkcs8") });
  const outcomeWith = async (text: string): Promise<Resigned> =>
    resign(request, request, URL_OF_TARGET, NOW_MS, options({ known: [{ name: "x", text }] }));
  expect(await outcomeWith(pem(publicKey, "spki"))).toMatchObject(kept("not-renewed"));
  expect(await outcomeWith(pem(privateKey, "pkcs8"))).toMatchObject({ kind: "re-signed" });
});

describe("an edited request", () => {
  test.each(["stripe", "github", "linear", "mailgun", "shopify"])(
    "of %s is signed for what it is now",
    async (name) => {
      const request = await signedRequest(name);
      const edited = { ...request, body: textBody('{"id":"evt_1","total":2}') };
      const { content } = resigned(await resign(request, edited, URL_OF_TARGET, NOW_MS, options()));
      expect(await verdictOn(content, name, NOW_MS)).toBe("verified");
      expect(bodyText(content.body)).toContain('"total":2');
    },
  );

  test("keeps a signature that the edit gave it, by hand or by --header", async () => {
    const request = await signedRequest("stripe");
    const headers = ["Stripe-Signature", `t=1,v1=${"0".repeat(64)}`];
    expect(await resign(request, { ...request, headers }, URL_OF_TARGET, NOW_MS, options())).toMatchObject(kept("own"));
    const headerEdits = [{ name: "Stripe-Signature", value: "" }];
    const edited = { ...request, body: textBody("{}") };
    expect(await resign(request, edited, URL_OF_TARGET, NOW_MS, { ...options(), headerEdits })).toMatchObject(
      kept("own"),
    );
  });

  test("of a provider whose signatures hookcli cannot make says so", async () => {
    const request = sampleRequest({ headers: ["Paypal-Transmission-Sig", "x", "Paypal-Transmission-Id", "1"] });
    const edited = { ...request, body: textBody("{}") };
    expect(await resign(request, edited, URL_OF_TARGET, NOW_MS, options())).toMatchObject(kept("unsignable"));
    expect(await resign(request, request, URL_OF_TARGET, NOW_MS, options())).toMatchObject(kept("nothing-to-renew"));
  });

  test("is signed over headers as --header makes them", async () => {
    const request = await signedRequest("standardwebhooks");
    const headerEdits = [{ name: "webhook-id", value: "msg_other" }];
    const { content } = resigned(await resign(request, request, URL_OF_TARGET, NOW_MS, { ...options(), headerEdits }));
    expect(headerValue(content.headers, "webhook-id")).toBe("msg_other");
    expect(await verdictOn(content, "standardwebhooks", NOW_MS)).toBe("verified");
  });
});

describe("the address that is signed", () => {
  test.each([
    ["the one that is named", "https://named.example", "https://shop.example", "https://named.example/hooks"],
    [
      "the one that is named whole",
      "https://named.example/hooks",
      "https://shop.example",
      "https://named.example/hooks",
    ],
    [
      "the named one that held",
      "https://shop.example/in/hooks",
      "https://shop.example/in",
      "https://shop.example/in/hooks",
    ],
    ["that of the original", undefined, "https://shop.example", "https://shop.example/hooks"],
    ["the target's, where the original came to this machine", undefined, "http://localhost:4400", URL_OF_TARGET],
  ])("is %s", async (_, named, postedTo, expected) => {
    const host = new URL(postedTo).host;
    const request = await signedRequest("hubspot", { url: `${postedTo}/hooks`, headers: ["Host", host] });
    const publicUrl = named === undefined ? undefined : parseTarget(named, "--public-url");
    const known = { ...options(), publicUrl };
    const event = { verdict: MERELY_OLD };
    const { content } = resigned(await resign({ ...request, event }, request, URL_OF_TARGET, NOW_MS, known));
    expect(await verdictOn(content, "hubspot", NOW_MS, SECRET, expected)).toBe("verified");
  });
});

test("what did not come out right is not claimed: a time inside a body that is in a file", async () => {
  const request = await signedRequest("linear", { body: spooledBody('{"webhookTimestamp":1}') });
  expect(await resign(request, request, URL_OF_TARGET, NOW_MS, options())).toMatchObject({ kind: "kept" });
});

function options(secrets: Partial<Awaited<ReturnType<ResignOptions["secretsOf"]>>> = {}): ResignOptions {
  return {
    schemes: [],
    provider: undefined,
    publicUrl: undefined,
    headerEdits: [],
    secretsOf: async () => ({ chosen: undefined, known: [SECRET], ...secrets }),
    uuid: () => "6e9cb1cf-0f5e-4f4c-8b41-1d5f9f3d2a10",
    machine: () => THIS_MACHINE,
  };
}

const kept = (reason: string): object => ({ kind: "kept", reason });

function resigned(outcome: Resigned): Extract<Resigned, { kind: "re-signed" }> {
  expect(outcome.kind).toBe("re-signed");
  if (outcome.kind !== "re-signed") throw new Error("unreachable");
  return outcome;
}

/** A request as its provider would have sent it, at the moment when it came. */
async function signedRequest(
  name: string,
  { url = URL_OF_TARGET, ...changes }: Partial<StoredRequest> & { readonly url?: string } = {},
  secret = SECRET,
): Promise<StoredRequest> {
  const draft = {
    ...capturedRequest({ body: textBody('{"id":"evt_1","webhookTimestamp":1,"signature":{}}'), ...changes }),
    url,
  };
  const stamp = { nowMs: SAMPLE_TIME_MS, eventId: "msg_1", eventType: "order.paid", attemptNumber: 1, uuid };
  const signed = await signMessage(draft, scheme(name), secret, stamp);
  return sampleRequest({ ...signed, event: { provider: name, scheme: name } });
}

function uuid(): string {
  return "0d6c2ea1-9d7c-4b4e-9a54-0f6b0b8f8f11";
}

async function verdictOn(
  message: Parameters<typeof judge>[0]["message"],
  name: string,
  atMs: number,
  secret = SECRET,
  url = URL_OF_TARGET,
): Promise<string> {
  const context = { secrets: [secret], isExpected: true, urls: [url], atMs };
  return (await judge(new MessageView(message), scheme(name), context)).verdict.kind;
}

function scheme(name: string): Scheme {
  const found = findScheme(name);
  if (!found) throw new Error(`no such scheme: ${name}`);
  return found;
}

function bodyText(body: StoredRequest["body"]): string {
  return body.kind === "bytes" ? Buffer.from(bytesBody(body.bytes).bytes).toString() : "";
}
