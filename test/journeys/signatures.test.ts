import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { jsonLinesOf, type JsonShapeLine, listenPlainly, runBin, RunningBin } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { targetFor } from "../helpers/seeded-store.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { OK } from "../helpers/target-server.ts";

const PAID = '{"id":"evt_1","type":"invoice.paid"}';
const env = { HOOKCLI_SECRET_STRIPE: "whsec_1", HOOKCLI_SECRET_SLACK: "slack secret" };

describe("a listener that knows secrets", () => {
  test("says of each request who sent it and whether its signature holds, and marks duplicates", async () => {
    const target = await targetFor();
    const { bin, url } = await listenPlainly(["--forward", target.origin], { env });
    await send(url, PAID, stripe(PAID));
    await bin.prints(/#1 {2}stripe invoice\.paid {2}POST \/ {2}36 B {2}signed ✓ {2}→ 200 in /);
    await send(url, PAID, stripe(PAID, { ageSeconds: 600 }));
    await bin.prints(/#2 {2}stripe .* signature ✗ stale {2}2nd of evt_1 {2}→ 200/);
    await send(url, PAID, stripe(PAID, { secret: "whsec_2" }));
    await bin.prints(/#3 {2}stripe .* signature ✗ mismatch {2}3rd of evt_1 {2}→ 200/);
    await send(url, "{}", { "x-shopify-topic": "orders/create", "x-shopify-hmac-sha256": `${"A".repeat(43)}=` });
    await bin.prints(/#4 {2}shopify orders\/create .* no secret {2}→ 200/);
    await send(url, "{}", { "x-slack-request-timestamp": "1", "x-slack-retry-num": "1", "x-slack-signature": "v0=x" });
    await bin.prints(/#5 {2}slack .* signature ✗ malformed {2}attempt 2 {2}→ 200/);
    await send(url, "hello", {});
    await bin.prints(/#6 {2}POST \/ {2}5 B {2}→ 200/);
    bin.signal("SIGINT");
    expect((await bin.ended()).out).toMatch(/6 requests: 6 delivered, 0 failed, 2 duplicates, 3 bad signatures\./);
    // What was forwarded is what came.
    expect(target.seen.map(({ body }) => body.toString()).slice(0, 3)).toEqual([PAID, PAID, PAID]);
  });

  test("keeps what it found: list, filters, show and JSON tell it later, and so does an export", async () => {
    const { bin, url } = await listenPlainly([], { env });
    await send(url, PAID, stripe(PAID));
    await send(url, PAID, stripe(PAID, { ageSeconds: 600 }));
    await send(url, "hello", {});
    bin.signal("SIGINT");
    await bin.ended();
    const hookcli = async (...args: readonly string[]) => (await runHere(args, { folder: bin.folder })).out;
    const [head = "", , second] = (await hookcli("list")).split("\n");
    expect(head).toMatch(/SIG +PROVIDER +EVENT$/);
    expect(second).toMatch(/#2 .* stale +stripe +invoice\.paid \(2nd\)$/);
    expect(await idsOf(hookcli("list", "sig:verified", "--json"))).toEqual([1]);
    expect(await idsOf(hookcli("list", "sig:failed", "provider:stripe", "--json"))).toEqual([2]);
    expect(await idsOf(hookcli("list", "is:duplicate", "--json"))).toEqual([2]);
    expect(await idsOf(hookcli("list", "--json", "--", "-provider:*"))).toEqual([3]);
    const shown = await hookcli("show", "2");
    expect(shown).toContain("provider  stripe  by header stripe-signature\n");
    expect(shown).toMatch(/signature holds, and came too late, 10 min.* old, under HOOKCLI_SECRET_STRIPE\n/);
    expect(shown).toContain("event     invoice.paid  evt_1  2nd of this event\n");
    expect(jsonLinesOf(await hookcli("show", "1", "--json"))[0]).toMatchObject({
      request: { provider: "stripe", scheme: "stripe", occurrence: 1, verdict: { kind: "verified" } },
      recognition: { provider: "stripe", confidence: "certain", reason: "header stripe-signature" },
    });
    const exported = await runHere(["export", "--format", "ndjson"], { folder: bin.folder });
    const imported = await runHere(["import", "-", "--db", "other.db"], { folder: bin.folder, input: exported.out });
    expect(imported.code).toBe(0);
    expect(await idsOf(hookcli("list", "--db", "other.db", "sig:stale", "is:duplicate", "--json"))).toHaveLength(1);
  });

  test("forwards with --verify only what holds, and stores the rest", async () => {
    const target = await targetFor();
    const { bin, url } = await listenPlainly(["--forward", target.origin, "--verify=403"], { env });
    expect((await send(url, PAID, stripe(PAID))).status).toBe(200);
    const forged = await send(url, PAID, stripe(PAID, { secret: "whsec_2" }));
    expect([forged.status, forged.headers.get("x-hookcli-reason")]).toEqual([403, "signature"]);
    expect(await forged.json()).toMatchObject({ code: "signature", error: "the signature does not verify: mismatch" });
    expect((await send(url, PAID, {})).status).toBe(403);
    expect(target.seen).toHaveLength(1);
    bin.signal("SIGINT");
    expect((await bin.ended()).out).toMatch(/3 requests: 1 delivered, 0 failed, 2 refused, .*1 bad signature/);
    expect(
      await idsOf(runHere(["list", "is:refused", "--json"], { folder: bin.folder }).then(({ out }) => out)),
    ).toEqual([3, 2]);
  });
});

describe("a handshake", () => {
  test("is answered where there is no target", async () => {
    const { bin, url } = await listenPlainly([], { env });
    const asked = '{"token":"a","challenge":"3eZbrw","type":"url_verification"}';
    const reply = await send(url, asked, slack(asked));
    expect([reply.status, await reply.text()]).toEqual([200, "3eZbrw"]);
    await bin.complains(/note: Slack /);
    await bin.prints(/#1 {2}slack .*signed ✓ {2}→ stored, replied 200/);
    const meta = await fetch(`${url}/?hub.mode=subscribe&hub.verify_token=a&hub.challenge=1158201444`);
    expect(await meta.text()).toBe("1158201444");
    const [first] = jsonLinesOf((await runHere(["show", "1", "--json"], { folder: bin.folder })).out);
    expect(first).toMatchObject({ request: { reply: { status: 200, note: "handshake: slack" } } });
  });

  test("with a verify token that is not the one that is known is refused, whoever the secret is for", async () => {
    const ask = async (url: string, token: string): Promise<readonly [number, string]> => {
      const query = `hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`;
      const reply = await fetch(`${url}/?${query}`);
      return [reply.status, await reply.text()];
    };
    for (const variable of ["HOOKCLI_SECRET", "HOOKCLI_SECRET_META"]) {
      const { bin, url } = await listenPlainly([], { env: { [variable]: "meatyhamhock" } });
      expect(await ask(url, "meatyhamhock")).toEqual([200, "1158201444"]);
      expect(await ask(url, "other")).toEqual([403, expect.not.stringContaining("1158201444")]);
      await bin.complains(/Meta's verify token is none of the secrets that count for meta/);
    }
  });

  test("is the target's, unless --handshake says otherwise", async () => {
    const target = await targetFor();
    const asked = '{"token":"a","challenge":"3eZbrw","type":"url_verification"}';
    const plain = await listenPlainly(["--forward", target.origin], { env });
    expect(await (await send(plain.url, asked, slack(asked))).text()).toBe("ok");
    const answering = await listenPlainly(["--forward", target.origin, "--handshake"], { env });
    expect(await (await send(answering.url, asked, slack(asked))).text()).toBe("3eZbrw");
    expect(target.seen).toHaveLength(1);
  });
});

test("a sender that nobody recognises is judged by the provider that --provider names", async () => {
  const bin = RunningBin.start(["listen", "--port", "0", "--json", "--provider", "github", "--secret", "s3cret"]);
  const [, url = ""] = await bin.prints(/"capture":"([^"]+)"/);
  const sig = createHmac("sha256", "s3cret").update("{}").digest("hex");
  await send(url, "{}", { "x-hub-signature-256": `sha256=${sig}` });
  await send(url, "{}", {});
  await bin.prints(/"id":2[^]*\n/);
  bin.signal("SIGINT");
  const lines = jsonLinesOf((await bin.ended()).out);
  expect(lines.filter(({ kind }) => kind === "request")).toMatchObject([
    { request: { provider: "github", verdict: { kind: "verified", secret: "--secret" } } },
    { request: { provider: "github", verdict: { kind: "missing-header" } } },
  ]);
  expect(lines.at(-1)).toMatchObject({ kind: "summary", failedSignatures: 1, duplicates: 0 });
});

test("a handler that answers later than its provider waits is marked", async () => {
  const folder = temporaryFolder();
  // It takes as long as a whole program does.
  const target = await targetFor((socket) => void runBin(["--version"], { folder }).then(() => socket.write(OK)));
  const signature = { headers: { "X-Shop-Signature": "{sig}" } };
  const shop = { signature, ackBudgetMs: 1 };
  writeFileSync(join(folder, "hookcli.config.json"), JSON.stringify({ schemes: { shop } }));
  const { bin, url } = await listenPlainly(["--forward", target.origin], { folder });
  await send(url, "{}", { "x-shop-signature": "0".repeat(64) });
  expect(await bin.prints(/#1 {2}shop .*→ 200 in .* {2}\(too slow: shop waits 1 ms\)/)).toBeDefined();
});

interface Signing {
  readonly ageSeconds?: number;
  readonly secret?: string;
}

function stripe(body: string, { ageSeconds = 0, secret = "whsec_1" }: Signing = {}): Record<string, string> {
  const seconds = Math.floor(Date.now() / 1000) - ageSeconds;
  const sig = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return { "stripe-signature": `t=${seconds},v1=${sig}` };
}

function slack(body: string): Record<string, string> {
  const seconds = String(Math.floor(Date.now() / 1000));
  const sig = createHmac("sha256", env.HOOKCLI_SECRET_SLACK).update(`v0:${seconds}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": seconds, "x-slack-signature": `v0=${sig}` };
}

async function send(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(url, { method: "POST", body, headers });
}

async function idsOf(out: Promise<string>): Promise<readonly unknown[]> {
  return jsonLinesOf(await out).map((line: JsonShapeLine) => (line["request"] as { readonly id: number }).id);
}
