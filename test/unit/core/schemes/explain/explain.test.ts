import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesBody } from "../../../../../src/core/model/body.ts";
import { schemes } from "../../../../../src/core/schemes/index.ts";
import { latin1Text } from "../../../../helpers/hostile-text.ts";
import { BODY, explained, hmacHex, SECRET, SIGNED_AT_S, stripeMessage } from "../../../../helpers/explained.ts";
import { spooledBody, textBody } from "../../../../helpers/samples.ts";

const AT_MS = SIGNED_AT_S * 1000;

describe("what holds", () => {
  test("is taken apart: what was signed, by which secret, how old", async () => {
    const explanation = await explained(stripeMessage());
    expect(explanation).toMatchObject({
      judgement: { verdict: { kind: "verified" }, signature: "matches", match: { secret: SECRET } },
      signed: [
        { name: "ts", text: String(SIGNED_AT_S) },
        { name: "text", text: "." },
        { name: "body", sizeBytes: BODY.length },
      ],
      age: { signedAtMs: AT_MS, ageMs: 500, toleranceMs: 300_000 },
      secrets: [{ secret: SECRET, problem: undefined }],
      search: undefined,
    });
    expect(explanation.expected).toBe(explanation.received[0]?.text);
  });

  test("and is too old is two findings, and nothing is searched", async () => {
    const { judgement, age, search } = await explained(stripeMessage(), { atMs: AT_MS + 301_000 });
    expect(judgement).toMatchObject({ signature: "matches", freshness: "stale", verdict: { kind: "stale" } });
    expect([age?.ageMs, search]).toEqual([301_000, undefined]);
  });

  test("any age is one without a limit", async () => {
    const { judgement, age } = await explained(stripeMessage(), {
      atMs: AT_MS * 2,
      toleranceMs: Number.POSITIVE_INFINITY,
    });
    expect([judgement.verdict.kind, age?.toleranceMs]).toEqual(["verified", undefined]);
  });

  test("and what the provider's own SDK would refuse is told", async () => {
    const body = bytesBody(Buffer.of(0xff, 0xfe));
    const sig = hmacHex(Buffer.concat([Buffer.from(`${SIGNED_AT_S}.`), body.bytes]));
    const headers = ["Stripe-Signature", `t=${SIGNED_AT_S},v1=${sig}`];
    const { judgement, advice } = await explained(stripeMessage({ headers, body }));
    expect(judgement.verdict.kind).toBe("verified");
    expect(advice).toEqual([expect.stringContaining("not UTF-8")]);
  });
});

describe("what does not hold", () => {
  const pretty = textBody(JSON.stringify(JSON.parse(BODY), null, 2));

  test("is searched, with the expected signature at hand", async () => {
    const explanation = await explained(stripeMessage({ body: pretty }));
    expect(explanation.search?.diagnosis?.causes[0]?.name).toBe("json-javascript");
    expect(explanation.expected).toBe(hmacHex(`${SIGNED_AT_S}.${Buffer.from(pretty.bytes).toString()}`));
    expect(explanation.received[0]?.text).toBe(hmacHex(`${SIGNED_AT_S}.${BODY}`));
  });

  test("is searched the same where the body lies in a file", async () => {
    const body = spooledBody(JSON.stringify(JSON.parse(BODY), null, 2));
    const { search } = await explained(stripeMessage({ body }));
    expect(search?.diagnosis?.causes[0]?.name).toBe("json-javascript");
  });

  test("is not searched where the body is larger than the limit", async () => {
    const { search } = await explained(stripeMessage({ body: pretty }), { limits: { mostChecks: 9, mostBytes: 10 } });
    expect(search).toEqual({ checks: 0, bytes: 0, stoppedBy: "bytes" });
  });

  test("names a secret that cannot be used, and why", async () => {
    const adyen = { method: "POST", target: "/", headers: ["HmacSignature", "AAAA"], body: textBody("{}") };
    const { secrets } = await explained(adyen, {}, "adyen-platform");
    expect(secrets[0]?.problem).toBe("it is not written in hex");
  });
});

test("whatever arrives, by whatever scheme: it is explained, within the limits", async () => {
  const digest = fc.constantFrom(
    "0".repeat(64),
    "A".repeat(43),
    `${"/".repeat(43)}=`,
    "t=1,v1=0",
    "v1,AAAA",
    "sha256=",
  );
  const value = fc.oneof(latin1Text, digest);
  const signed = schemes.flatMap(({ signature }) =>
    signature.kind === "template" ? Object.keys(signature.headers) : ["X-Twilio-Signature", "X-Gitlab-Token"],
  );
  const name = fc.constantFrom(...signed, "Content-Type", "X-Other");
  const headers = fc.array(fc.tuple(name, value), { maxLength: 8 }).map((pairs) => pairs.flat());
  const body = fc
    .oneof(
      fc.uint8Array(),
      fc.json().map((text) => Buffer.from(text)),
    )
    .map((bytes) => bytesBody(bytes));
  const scheme = fc.constantFrom(...schemes.map((one) => one.name));
  await fc.assert(
    fc.asyncProperty(
      fc.record({ headers, body, target: latin1Text }),
      scheme,
      fc.string(),
      async (changes, by, text) => {
        const secrets = [{ name: "one", text }];
        const { search } = await explained(stripeMessage(changes), { secrets, otherSecrets: async () => [SECRET] }, by);
        expect(search?.checks ?? 0).toBeLessThanOrEqual(2000);
      },
    ),
    { numRuns: 60 },
  );
});

test("a token that is sent along is compared, and what differs is named", async () => {
  const message = { ...stripeMessage(), headers: ["X-Gitlab-Token", SECRET.text] };
  const secrets = [{ name: "--secret", text: `${SECRET.text} ` }];
  const explanation = await explained(message, { secrets }, "gitlab");
  expect(explanation).toMatchObject({
    rule: undefined,
    received: [{ place: "x-gitlab-token" }],
    search: { checks: 0, diagnosis: { causes: [{ name: "secret-trimmed" }] } },
  });
});

describe("secrets of other providers", () => {
  /** How often they were asked for. */
  function counted(): { readonly read: () => Promise<readonly [typeof SECRET]>; readonly times: () => number } {
    let times = 0;
    const read = async (): Promise<readonly [typeof SECRET]> => {
      times += 1;
      return [SECRET];
    };
    return { read, times: () => times };
  }

  test.each([
    ["holds", stripeMessage(), "stripe"],
    ["is not signed", stripeMessage({ headers: [] }), "stripe"],
    ["cannot be judged", stripeMessage(), "paypal"],
  ])("are not asked for where a message %s", async (_, message, by) => {
    const { read, times } = counted();
    const { search } = await explained(message, { otherSecrets: read, isExpected: false }, by);
    expect([search, times()]).toEqual([undefined, 0]);
  });

  test("are asked for once where it does not hold, and are what is tried where there is no other", async () => {
    const { read, times } = counted();
    const { search } = await explained(stripeMessage(), { secrets: [], otherSecrets: read });
    expect(search?.diagnosis?.causes.map(({ name }) => name)).toEqual(["other-secret"]);
    expect(times()).toBe(1);
  });
});

test("without any secret nothing is searched", async () => {
  const { judgement, search, expected } = await explained(stripeMessage(), { secrets: [] });
  expect([judgement.verdict.kind, search, expected]).toEqual(["no-secret", undefined, undefined]);
});

test("what is not judged is said to be", async () => {
  const { judgement, rule, search } = await explained(stripeMessage(), {}, "paypal");
  expect([judgement.verdict.kind, rule, search]).toEqual(["unjudged", undefined, undefined]);
});
