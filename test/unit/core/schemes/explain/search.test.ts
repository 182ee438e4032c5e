import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesBody } from "../../../../../src/core/model/body.ts";
import { search, type SearchResult } from "../../../../../src/core/schemes/explain/search.ts";
import { SEARCH_LIMITS, type SearchLimits } from "../../../../../src/core/schemes/explain/search-budget.ts";
import type { Message } from "../../../../../src/core/model/request.ts";
import type { Secret } from "../../../../../src/core/model/secret.ts";
import { BODY, hmacHex, sceneFor, SECRET, SIGNED_AT_S, stripeMessage } from "../../../../helpers/explained.ts";
import { textBody } from "../../../../helpers/samples.ts";

interface Wanted {
  readonly scheme?: string;
  readonly secrets?: readonly Secret[];
  readonly others?: readonly Secret[];
  readonly limits?: SearchLimits;
}

async function searched(message: Message, wanted: Wanted = {}): Promise<SearchResult> {
  const { scheme = "stripe", secrets = [SECRET], others = [], limits = SEARCH_LIMITS } = wanted;
  const scene = sceneFor(message, scheme, others);
  if (!scene.rule) throw new Error("no rule");
  return search(scene, scene.rule, secrets, limits);
}

const names = ({ diagnosis }: SearchResult): readonly string[] | undefined => diagnosis?.causes.map(({ name }) => name);

const signedBy = (sig: string, body = BODY): Message =>
  stripeMessage({ headers: ["Stripe-Signature", `t=${SIGNED_AT_S},v1=${sig}`], body: textBody(body) });

describe("two changes at once are found", () => {
  test("a secret with white space, and a body written again", async () => {
    const message = stripeMessage({ body: textBody(JSON.stringify(JSON.parse(BODY), null, 2)) }, BODY);
    const result = await searched(message, { secrets: [{ name: "s", text: `${SECRET.text}\n` }] });
    expect(names(result)).toEqual(["secret-trimmed", "json-javascript"]);
    expect(result.diagnosis?.body).toMatchObject({ signedBytes: BODY.length });
  });

  test("a body written again, and a line feed behind it", async () => {
    const message = stripeMessage({ body: textBody(JSON.stringify(JSON.parse(BODY), null, 2)) }, `${BODY}\n`);
    expect(names(await searched(message))?.toSorted()).toEqual(["json-javascript", "newline-added"]);
  });

  test("the body alone, under the decoded secret", async () => {
    const key = Buffer.from(SECRET.text.replace("whsec_", ""), "base64");
    const { createHmac } = await import("node:crypto");
    const result = await searched(signedBy(createHmac("sha256", key).update(BODY).digest("hex")));
    expect(names(result)).toEqual(["secret-as-base64", "body-alone"]);
  });
});

test("the second of several secrets is named", async () => {
  const second = { name: "HOOKCLI_SECRET", text: "second_secret_2" };
  const message = signedBy(hmacHex(`${SIGNED_AT_S}.${BODY}\n`, second.text));
  const { diagnosis } = await searched(message, { secrets: [SECRET, second] });
  expect([diagnosis?.secret, diagnosis?.causes[0]?.name]).toEqual([second, "newline-added"]);
});

test("without a secret for the provider, others are tried as they are", async () => {
  const others = [{ name: "secrets.github", text: SECRET.text }];
  const result = await searched(stripeMessage(), { secrets: [], others });
  expect(names(result)).toEqual(["other-secret"]);
  expect(result.diagnosis?.causes[0]?.says).toContain("secrets.github");
});

test("of two kinds of signature the one that does not hold is explained, and not by the other", async () => {
  const headers = (dated: string): readonly string[] => [
    "X-Webhook-Signature",
    `t=${SIGNED_AT_S},v1=${hmacHex(dated)}`,
    "X-Webhook-Timestamp",
    String(SIGNED_AT_S),
    "X-Signature-256",
    `sha256=${hmacHex(BODY)}`,
  ];
  const result = await searched(stripeMessage({ headers: headers(`${SIGNED_AT_S}:${BODY}`) }), { scheme: "generic" });
  expect(names(result)).toEqual(["content-form"]);
  const hopeless = await searched(stripeMessage({ headers: headers("something else") }), { scheme: "generic" });
  expect(hopeless.diagnosis).toBeUndefined();
});

test("keys that are a pair are searched too", async () => {
  const { generateKeyPairSync, sign } = await import("node:crypto");
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const sig = sign(null, Buffer.from(`${SIGNED_AT_S}${BODY}\n`), privateKey).toString("hex");
  const headers = ["X-Signature-Timestamp", String(SIGNED_AT_S), "X-Signature-Ed25519", sig];
  const text = publicKey.export({ type: "spki", format: "pem" }).toString();
  const result = await searched(stripeMessage({ headers }), { scheme: "discord", secrets: [{ name: "s", text }] });
  expect(names(result)).toEqual(["newline-added"]);
  expect(result.checks).toBeLessThan(10);
});

describe("the limits", () => {
  const wrong = signedBy("0".repeat(64));

  test("of checks is never passed, and said to have ended it", async () => {
    for (const mostChecks of [0, 1, 7, 100]) {
      const result = await searched(wrong, { limits: { mostChecks, mostBytes: 1e9 } });
      expect(result).toMatchObject({ checks: mostChecks, stoppedBy: "checks", diagnosis: undefined });
    }
  });

  test("of bytes neither", async () => {
    const body = bytesBody(Buffer.alloc(1_000_000, "a"));
    const result = await searched(stripeMessage({ body, headers: wrong.headers }));
    expect(result.stoppedBy).toBe("bytes");
    expect(result.bytes).toBeLessThanOrEqual(SEARCH_LIMITS.mostBytes);
    expect(result.checks).toBeGreaterThan(30);
  });

  test("hold for random signatures: nothing matches, and there is an end", async () => {
    const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex"));
    const secret = fc.string({ minLength: 1, unit: "binary" });
    const bodies = fc.oneof(fc.json(), fc.string(), fc.constant("a=1&payload=%7B%7D"));
    await fc.assert(
      fc.asyncProperty(digest, secret, bodies, async (sig, text, body) => {
        const secrets = [{ name: "one", text }, SECRET];
        const result = await searched(signedBy(sig, body), { secrets, others: [{ name: "two", text: "other" }] });
        expect(result.diagnosis).toBeUndefined();
        expect(result.checks).toBeLessThanOrEqual(2000);
        expect(result.bytes).toBeLessThanOrEqual(SEARCH_LIMITS.mostBytes);
      }),
      { numRuns: 40 },
    );
  });
});
