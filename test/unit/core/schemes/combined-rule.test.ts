import { describe, expect, test } from "vitest";
import { setHeader, withoutHeaders } from "../../../../src/core/schemes/header-edit.ts";
import { generic } from "../../../../src/core/schemes/entries/generic.ts";
import { standardwebhooks } from "../../../../src/core/schemes/entries/standardwebhooks.ts";
import { standardwebhooksV1a } from "../../../../src/core/schemes/entries/standardwebhooks-v1a.ts";
import { signMessage } from "../../../../src/core/schemes/sign.ts";
import { draftOf, judged, secretsOf, signed, SIGNED_AT_MS, stampOf } from "../../../contracts/signed-messages.ts";

describe("where all of them count", () => {
  test("both are sent", async () => {
    const { headers } = await signed(generic);
    for (const name of ["X-Webhook-Signature", "X-Webhook-Timestamp", "X-Signature-256"])
      expect(headers).toContain(name);
  });

  test.each(["x-webhook-signature", "x-signature-256"])("%s alone is enough", async (only) => {
    const message = await signed(generic);
    const headers = withoutHeaders(message.headers, (name) => name.includes("signature") && name !== only);
    expect((await judged({ ...message, headers }, generic)).verdict).toMatchObject({
      kind: "verified",
      signedAtMs: only === "x-webhook-signature" ? SIGNED_AT_MS : undefined,
    });
  });

  test.each(["X-Webhook-Signature", "X-Signature-256"])("a wrong %s spoils the other one", async (name) => {
    const message = await signed(generic);
    const other = await signed(generic, { body: { kind: "bytes", bytes: Buffer.from("{}") } });
    const wrong = other.headers[other.headers.indexOf(name) + 1] ?? "";
    const { verdict } = await judged({ ...message, headers: setHeader(message.headers, name, wrong) }, generic);
    expect(verdict.kind).toBe("mismatch");
  });

  test("one that cannot be read spoils the other one", async () => {
    const message = await signed(generic);
    for (const name of ["X-Webhook-Signature", "X-Signature-256"]) {
      const { verdict } = await judged({ ...message, headers: setHeader(message.headers, name, "?") }, generic);
      expect(verdict.kind).toBe("malformed-header");
    }
  });

  test("the time of the one that has one counts", async () => {
    const { verdict } = await judged(await signed(generic), generic, { atMs: SIGNED_AT_MS + 400_000 });
    expect(verdict).toMatchObject({ kind: "stale", signedAtMs: SIGNED_AT_MS });
  });

  test("all hold under the same secret, or none does", async () => {
    const [right, wrong] = secretsOf(generic);
    const message = await signed(generic);
    const other = await signMessage(draftOf(generic), generic, wrong, stampOf());
    const foreign = other.headers[other.headers.indexOf("X-Signature-256") + 1] ?? "";
    const mixed = { ...message, headers: setHeader(message.headers, "X-Signature-256", foreign) };
    expect((await judged(mixed, generic, { secrets: [right, wrong] })).verdict.kind).toBe("mismatch");
  });
});

describe("where one of them is enough", () => {
  const [v1] = secretsOf(standardwebhooks);
  const [v1a] = secretsOf(standardwebhooksV1a);

  test("each kind is judged by its own rule", async () => {
    const one = await signed(standardwebhooks);
    const other = await signed(standardwebhooksV1a);
    const both = [...one.headers, "webhook-signature", other.headers.at(-1) ?? ""];
    expect((await judged(one, standardwebhooks, { secrets: [v1a, v1] })).verdict.secretName).toBe(v1.name);
    expect((await judged(other, standardwebhooks, { secrets: [v1, v1a] })).verdict.kind).toBe("verified");
    for (const secrets of [[v1], [v1a]])
      expect((await judged({ ...one, headers: both }, standardwebhooks, { secrets })).verdict.kind).toBe("verified");
  });

  test("a secret of the other kind is none", async () => {
    expect((await judged(await signed(standardwebhooks), standardwebhooks, { secrets: [v1a] })).verdict.kind).toBe(
      "mismatch",
    );
    const pair = { name: "a pair", text: "whsk_AAAA" };
    expect((await judged(await signed(standardwebhooks), standardwebhooks, { secrets: [pair] })).verdict.kind).toBe(
      "no-secret",
    );
    await expect(signMessage(draftOf(standardwebhooks), standardwebhooks, pair, stampOf())).rejects.toMatchObject({
      code: "BAD_SECRET",
    });
  });

  test("a list in which neither can be read is malformed, and one without its id incomplete", async () => {
    const message = await signed(standardwebhooks);
    const odd = { ...message, headers: setHeader(message.headers, "webhook-signature", "v9,AAAA") };
    expect((await judged(odd, standardwebhooks)).verdict.kind).toBe("malformed-header");
    const bare = { ...message, headers: withoutHeaders(message.headers, (name) => name === "webhook-id") };
    const { verdict, presented } = await judged(bare, standardwebhooks);
    expect(verdict.kind).toBe("missing-header");
    expect(presented).toEqual({ kind: "incomplete", missing: "webhook-id" });
  });
});
