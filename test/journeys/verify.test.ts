import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type BinOptions, type Finished, jsonLinesOf, runBin } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

const SECRET = "s3cr3t_k3y_f0r_w3bh00k_s1gn4tur3";
const ORDER = '{"event_type": "order.created", "data": {"order_id": "ORD12345", "items": [{"sku": "SKU001"}]}}';
const PRETTY = JSON.stringify(JSON.parse(ORDER), null, 2);

describe("verify a captured request", () => {
  test("that is signed in one line and posted pretty-printed: the cause is named, exit 1", async () => {
    const verify = await captured(PRETTY, { "X-Ecomm-Signature": `sha256=${hmac(ORDER)}` });
    const { code, out, err } = await verify("latest", "--secret", SECRET);
    expect([code, err]).toEqual([1, ""]);
    expect(out).toMatch(/^#1 {2}POST \/orders {2}✗ The signature does not hold\n/);
    expect(out).toContain("The signature holds if the body is written as Python's json.dumps(body) does.");
    expect(out).toContain(`${ORDER.length} bytes were signed and ${PRETTY.length} came; they part at byte 1.`);
    expect(out).toContain("Hash the bytes as they are sent");
    expect(out).not.toContain(SECRET);
  });

  test("in each of the one-line forms", async () => {
    const compact = JSON.stringify(JSON.parse(ORDER));
    const verify = await captured(PRETTY, { "X-Ecomm-Signature": `sha256=${hmac(compact)}` });
    const [shape] = jsonLinesOf((await verify("1", "--secret", SECRET, "--json")).out);
    expect(shape).toMatchObject({ diagnosis: { causes: [{ name: "json-javascript" }] } });
  });

  test("that holds is exit 0, too old is exit 1, and --tolerance and --at decide what too old is", async () => {
    const signedAtS = Math.floor(Date.now() / 1000);
    const header = `t=${signedAtS},v1=${hmac(`${signedAtS}.${ORDER}`)}`;
    const verify = await captured(ORDER, { "Stripe-Signature": header });
    const env = { HOOKCLI_SECRET_STRIPE: SECRET };
    expect(await verify.with({ env }, "1")).toMatchObject({
      code: 0,
      out: expect.stringContaining("✓ The signature holds, under HOOKCLI_SECRET_STRIPE") as unknown,
    });
    const later = String(signedAtS + 600);
    expect(await verify.with({ env }, "1", "--at", later)).toMatchObject({
      code: 1,
      out: expect.stringContaining("too old") as unknown,
    });
    expect(await verify.with({ env }, "1", "--at", later, "--tolerance", "11m")).toMatchObject({ code: 0 });
    expect(await verify.with({ env }, "1", "--at", later, "--tolerance", "0")).toMatchObject({ code: 0 });
  });

  test("under another provider's secret names that one", async () => {
    const verify = await captured(ORDER, { "X-GitHub-Event": "push", "X-Hub-Signature-256": `sha256=${hmac(ORDER)}` });
    const env = { HOOKCLI_SECRET_GITHUB: "wrong_secret_1", HOOKCLI_SECRET_STRIPE: SECRET };
    const folder = temporaryFolder();
    writeFileSync(join(folder, "hookcli.config.json"), '{ "secrets": { "slack": "env:NOT_SET" } }');
    const found = await verify.with({ env, folder }, "1");
    expect(found.err).toContain("one secret less was tried: no secret came from secrets.slack");
    expect(found.out).toContain("The signature holds if the secret from HOOKCLI_SECRET_STRIPE is used.");
  });

  test("without a secret says where it stands; unsigned, what to do; both exit 1", async () => {
    const verify = await captured(ORDER, { "X-GitHub-Event": "push", "X-Hub-Signature-256": `sha256=${hmac(ORDER)}` });
    const without = await verify("1");
    expect([without.code, without.out]).toEqual([1, expect.stringContaining("HOOKCLI_SECRET_GITHUB") as unknown]);
    const plain = await captured(ORDER, {});
    expect(await plain("1")).toMatchObject({
      code: 1,
      out: expect.stringContaining("no signature that hookcli knows") as unknown,
    });
    expect(await plain("1", "--secret", SECRET)).toMatchObject({ code: 1 });
  });

  test("shows the expected signature with --reveal alone", async () => {
    const verify = await captured(ORDER, { "X-Hub-Signature-256": `sha256=${hmac("else")}`, "X-GitHub-Event": "push" });
    const hidden = await verify("1", "--secret", SECRET);
    expect(hidden.out + hidden.err).not.toContain(hmac(ORDER));
    expect((await verify("1", "--secret", SECRET, "--reveal")).out).toContain(`expected   ${hmac(ORDER)}`);
    expect((await verify("1", "--secret", SECRET, "--json")).out).not.toContain(hmac(ORDER));
  });

  test("of a signature under a header that nobody knows", async () => {
    const verify = await captured(ORDER, { "X-Shop-Hmac": hmac(ORDER) });
    const { code, out } = await verify("1", "--secret", SECRET);
    expect([code, out]).toEqual([1, expect.stringContaining("what stands around it in") as unknown]);
  });
});

describe("verify a message that is in no store", () => {
  test("from a file, with its headers", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "body.json"), PRETTY);
    const run = async (...args: readonly string[]): Promise<Finished> =>
      runBin(["verify", "--body-file", "body.json", ...args], { folder });
    const header = ["--header", `X-Ecomm-Signature: sha256=${hmac(ORDER)}`, "--secret", SECRET];
    expect((await run(...header)).out).toContain("Python's json.dumps(body)");
    const right = ["--header", `x-ecomm-signature: sha256=${hmac(PRETTY)}`, "--secret", SECRET];
    expect(await run(...right)).toMatchObject({ code: 0 });
    const [shape] = jsonLinesOf((await run(...right, "--json")).out);
    expect(shape).toMatchObject({
      kind: "verification",
      requestId: null,
      verdict: "verified",
      provider: "generic-ecomm",
    });
  });

  test("from standard input, with the address that is signed", async () => {
    const url = "https://shop.test/hooks?v=1";
    const sig = createHmac("sha256", SECRET)
      .update(url + ORDER)
      .digest("base64");
    const args = [
      "verify",
      "--body-file",
      "-",
      "--header",
      `x-square-hmacsha256-signature: ${sig}`,
      "--secret",
      SECRET,
    ];
    expect(await runHere([...args, "--url", url], { input: ORDER })).toMatchObject({ code: 0 });
    const { code, out } = await runHere([...args, "--url", url.replace("https", "http")], { input: ORDER });
    expect([code, out]).toEqual([1, expect.stringContaining(`--public-url ${url}`) as unknown]);
  });
});

describe("a command line that makes no sense", () => {
  test.each([
    [["verify"], 2, "say which request"],
    [["verify", "1", "2"], 2, "too many arguments"],
    [["verify", "1", "--body-file", "x"], 2, "give one"],
    [["verify", "1", "--header", "A: b"], 2, "--header goes with --body-file"],
    [["verify", "1"], 3, "there is no request 1"],
    [["verify", "newest"], 2, "newest"],
    [["verify", "--body-file", "missing.json"], 4, "missing.json"],
    [["verify", "--body-file", "-", "--header", "no header"], 2, "it is not a header"],
    [["verify", "--body-file", "-", "--at", "soon"], 2, "it is not a time"],
    [["verify", "--body-file", "-", "--tolerance", "long"], 2, "it is not a duration"],
    [["verify", "--body-file", "-", "--provider", "strip"], 2, "--provider stripe"],
    [["verify", "--body-file", "-", "--url", "ftp://a"], 2, "ftp"],
  ])("%j is exit %d", async (args, code, says) => {
    expect(await runHere(args, { input: "{}" })).toMatchObject({
      code,
      out: "",
      err: expect.stringContaining(says) as unknown,
    });
  });
});

function hmac(text: string): string {
  return createHmac("sha256", SECRET).update(text).digest("hex");
}

type Verify = ((...args: readonly string[]) => Promise<Finished>) & {
  readonly with: (options: BinOptions, ...args: readonly string[]) => Promise<Finished>;
};

/** Request 1 of a fresh store, taken by a real listener. */
async function captured(body: string, headers: Record<string, string>): Promise<Verify> {
  const listener = await Listener.start();
  onTestFinished(async () => listener.kill());
  await fetch(`${listener.url}/orders`.replace(/(?<!:)\/\/orders/, "/orders"), { method: "POST", body, headers });
  const run = async (options: BinOptions, ...args: readonly string[]): Promise<Finished> =>
    runHere(["verify", ...args, "--db", listener.dbPath], options);
  return Object.assign(async (...args: readonly string[]) => run({}, ...args), { with: run });
}
