import { describe, expect, test } from "vitest";
import { bytesBody } from "../../../../src/core/model/body.ts";
import type { HeaderPairs } from "../../../../src/core/model/headers.ts";
import { schemes } from "../../../../src/core/schemes/index.ts";
import { judge, type Judgement } from "../../../../src/core/schemes/judge.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import type { Scheme } from "../../../../src/core/schemes/scheme.ts";
import { sdkAdvice } from "../../../../src/core/schemes/sdk-advice.ts";
import { signMessage } from "../../../../src/core/schemes/sign.ts";
import { SAMPLE_TIME_MS } from "../../../helpers/samples.ts";

const ATMS = SAMPLE_TIME_MS;
const SECRET = { name: "--secret", text: "s3cret" };

describe("advice on what a provider's own SDK would do", () => {
  test("is none where it agrees", async () => {
    for (const name of ["stripe", "zoom", "workos", "github", "paddle"])
      expect([name, ...(await adviceOn(name, '{"a":1}'))]).toEqual([name]);
  });

  test("is none about what does not hold anyway", async () => {
    expect(await adviceOn("stripe", Buffer.from([0xff]), [], (text) => text.replace(/.$/, "!"))).toEqual([]);
  });

  test.each(["stripe", "github", "shopify"])("says that %s reads text", async (name) => {
    const advice = await adviceOn(name, Buffer.from([0x7b, 0xff, 0x7d]));
    expect(advice[0]).toMatch(/^\w+'s own SDK reads the body as text, and it is not UTF-8: it would refuse this\.$/);
  });

  test.each([
    ['{"a": 1}', /from byte 6 on/],
    ['{"a":1.0}', /from byte 7 on/],
    ['{"a":"\\u00e9"}', /from byte 7 on/],
    ['{"a":1}\n', /from byte 8 on/],
    ["not json", /they are no JSON/],
  ])("says that Zoom verifies its own form of %j", async (body, where) => {
    expect(await adviceOn("zoom", body)).toEqual([expect.stringMatching(where)]);
  });

  test("says that an empty body is refused", async () => {
    expect(await adviceOn("github", "")).toEqual([expect.stringContaining("empty body")]);
  });

  test("says that another signature than the last one holds", async () => {
    const bad = "0".repeat(64);
    expect(await adviceOn("paddle", "{}", [], (text) => `${text};h1=${bad}`)).toEqual([
      expect.stringContaining("the last of several"),
    ]);
    expect(await adviceOn("paddle", "{}", [], (text) => text.replace("h1=", `h1=${bad};h1=`))).toEqual([]);
  });

  test("says that spaces are refused between the items of a header", async () => {
    expect(await adviceOn("stripe", "{}", [], (text) => text.replace(",", ", "))).toEqual([
      "Stripe's own SDK takes no spaces between the items of Stripe-Signature: it would refuse this.",
    ]);
  });

  test("names the headers that are wanted too, of the family that is nearest", async () => {
    const advice = await adviceOn("shopify", "{}", ["X-Shopify-Topic", "orders/paid", "X-Shopify-Shop-Domain", "a"]);
    expect(advice).toEqual([
      "Shopify's own SDK also wants X-Shopify-API-Version, X-Shopify-Webhook-Id, which are not here: it would refuse this.",
    ]);
    const all = ["topic", "shop-domain", "api-version", "webhook-id", "event-id"].flatMap((name) => [
      `shopify-${name}`,
      "x",
    ]);
    expect(await adviceOn("shopify", "{}", all)).toEqual([]);
  });

  test("says that Contentful's toolkit takes only secrets of 64 characters", async () => {
    expect(await adviceOn("contentful", "{}")).toEqual([expect.stringContaining("and --secret has 6")]);
  });

  test("says that an old signature is accepted where no age is looked at", async () => {
    const scheme = schemeOf("webflow");
    const view = await signed(scheme, Buffer.from("{}"), []);
    const judgement = await judgementOn(view, scheme, ATMS + 3_600_000, 1000);
    expect(sdkAdvice(view, scheme, judgement)).toEqual(["Webflow's own SDK looks at no age: it would accept this."]);
  });
});

async function adviceOn(
  name: string,
  body: string | Buffer,
  headers: HeaderPairs = [],
  change: (signature: string) => string = (text) => text,
): Promise<readonly string[]> {
  const scheme = schemeOf(name);
  const { message } = await signed(scheme, Buffer.from(body), headers);
  const changed = message.headers.map((text, index) =>
    /signature$/i.test(message.headers[index - 1] ?? "") ? change(text) : text,
  );
  const view = new MessageView({ ...message, headers: changed });
  return sdkAdvice(view, scheme, await judgementOn(view, scheme, ATMS));
}

async function signed(scheme: Scheme, bytes: Buffer, headers: HeaderPairs): Promise<MessageView> {
  const url = "https://a.example/";
  const draft = { method: "POST", target: "/", headers, body: bytesBody(bytes), url };
  const stamp = { nowMs: ATMS, eventId: "e", eventType: "t", attemptNumber: 1, uuid: () => "u" };
  return new MessageView(await signMessage(draft, scheme, SECRET, stamp));
}

function judgementOn(
  view: MessageView,
  scheme: Scheme,
  atMs: number,
  toleranceMs?: number,
): Judgement | Promise<Judgement> {
  const urls = ["https://a.example/"];
  return judge(view, scheme, { secrets: [SECRET], isExpected: true, urls, atMs, toleranceMs });
}

function schemeOf(name: string): Scheme {
  const found = schemes.find((scheme) => scheme.name === name);
  if (!found) throw new Error(`no scheme ${name}`);
  return found;
}
