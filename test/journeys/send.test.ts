import { createHmac, generateKeyPairSync, timingSafeEqual, verify } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { headerValue } from "../../src/core/model/headers.ts";
import { type Finished, jsonLinesOf, listenPlainly, RunningBin } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { root } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { type Answer, OK, type SeenRequest, TargetServer } from "../helpers/target-server.ts";

const REFUSED = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 13\r\n\r\nbad signature";

describe("an event", () => {
  test("is signed as its provider signs, and a handler takes it; changed or unsigned it does not", async () => {
    const app = await handler((request) => isStripes(request, "whsec_test"));
    const send = (...flags: string[]): Promise<Finished> =>
      runHere(["send", "invoice.paid", "--provider", "stripe", "--to", `${app.origin}/hooks`, ...flags]);
    const taken = await send("--secret", "whsec_test");
    expect([taken.code, taken.err]).toEqual([0, ""]);
    expect(taken.out).toMatch(
      /^evt_1\w{23} {2}stripe invoice\.paid {2}→ http:\/\/127\.0\.0\.1:\d+\/hooks {2}200 in \S+ ms\n$/,
    );
    for (const flags of [["--secret", "whsec_test", "--tamper"], ["--unsigned"], ["--secret", "whsec_other"]]) {
      const refused = await send(...flags);
      expect([flags, refused.code]).toEqual([flags, 1]);
      expect(refused.out).toMatch(/ 401 in \S+ ms.*\n {2}↳ bad signature\n$/);
    }
    expect(app.seen[0]).toMatchObject({ method: "POST", path: "/hooks" });
    expect(headerValue(app.seen[0]?.headers ?? [], "user-agent")).toMatch(/^Stripe\/1\.0/);
  });

  test("without a target goes to the listener of the folder, which knows it again", async () => {
    const env = { HOOKCLI_SECRET_STRIPE: "whsec_test" };
    const { bin } = await listenPlainly([], { env });
    const { code } = await runHere(["send", "invoice.paid", "--provider", "stripe", "--path", "/in"], {
      folder: bin.folder,
      env,
    });
    expect(code).toBe(0);
    await bin.prints(/#1 {2}stripe invoice\.paid {2}POST \/in .*signed ✓/);
  });

  test("has nowhere to go where nothing listens, and none is chosen of several listeners", async () => {
    const nowhere = await runHere(["trigger", "order.completed"]);
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining("hookcli send order.completed --to")]);
    const { bin, url } = await listenPlainly();
    const other = await listenPlainly([], { folder: bin.folder });
    const unclear = await runHere(["send", "order.completed"], { folder: bin.folder });
    expect(unclear.code).toBe(2);
    expect(unclear.err).toContain(url);
    expect(unclear.err).toContain(other.url);
  });

  test("of the default kind carries both signatures, id and type", async () => {
    const app = await target();
    await runHere(["send", "order.completed", "--secret", "s3cret-s3cret", "--to", app.origin]);
    const [{ headers, body }] = seen(app, 1);
    const payload = JSON.parse(body.toString()) as { id: string; type: string };
    expect(headerValue(headers, "x-event-id")).toBe(payload.id);
    expect([headerValue(headers, "x-event-type"), payload.type]).toEqual(["order.completed", "order.completed"]);
    expect(headerValue(headers, "x-signature-256")).toBe(`sha256=${hmac("s3cret-s3cret", body)}`);
    const timestamp = headerValue(headers, "x-webhook-timestamp") ?? "";
    const dated = hmac("s3cret-s3cret", Buffer.concat([Buffer.from(`${timestamp}.`), body]));
    expect(headerValue(headers, "x-webhook-signature")).toBe(`t=${timestamp},v1=${dated}`);
    expect(body.toString()).toBe(JSON.stringify(payload));
  });

  test("takes its body, values, headers, id, time and version from flags", async () => {
    const app = await target();
    const folder = temporaryFolder();
    writeFileSync(join(folder, "event.json"), '{ "amount" : 1.0 }\n');
    const send = (args: readonly string[], input?: string): Promise<Finished> =>
      runHere(["send", "order.completed", "--to", app.origin, ...args], { folder, ...(input ? { input } : {}) });
    await send(["--data", "@event.json"]);
    await send(["--data", "-"], '{"from":"stdin"}');
    await send(["--set", "data.status=lost", "--set-json", "data.items[1].quantity=9", "-H", "X-Env: dev"]);
    await send(["--id", "evt_7", "--timestamp", "2024-03-15T10:30:00Z", "--api-version", "v9", "--thin"]);
    const [file, stdin, edited, dated] = seen(app, 4);
    expect(file.body.toString()).toBe('{ "amount" : 1.0 }\n');
    expect(stdin.body.toString()).toBe('{"from":"stdin"}');
    expect(JSON.parse(edited.body.toString())).toMatchObject({
      data: { status: "lost", items: [{}, { quantity: 9 }] },
    });
    expect(headerValue(edited.headers, "x-env")).toBe("dev");
    expect(dated.body.toString()).toBe(
      '{"id":"evt_7","type":"order.completed","created_at":"2024-03-15T10:30:00Z","api_version":"v9"}',
    );
  });

  test("whose body has no place for the signature goes out without one, and that is said", async () => {
    const app = await target();
    const args = ["send", "AUTHORISATION", "--provider", "adyen", "--secret", "00ff", "--to", app.origin];
    const sent = await runHere([...args, "--data", "{}", "--count", "2"]);
    expect(sent.err).toBe("note: not signed: this body has no place for what Adyen signs (hookcli providers adyen)\n");
    expect(sent.out).toMatch(/\(unsigned\)\n[^\n]*\(unsigned\)\n/);
    const { out } = await runHere([...args, "--data", "{}", "--dry-run", "--json"]);
    expect(jsonLinesOf(out)).toMatchObject([{ signed: false }]);
  });

  test("signed with a private key comes with the public one for the handler", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const app = await target();
    const folder = temporaryFolder();
    writeFileSync(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
    const args = [
      "send",
      "APPLICATION_AUTHORIZED",
      "--provider",
      "discord",
      "--secret",
      "@key.pem",
      "--to",
      app.origin,
    ];
    const { err } = await runHere(args, { folder });
    const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("hex");
    expect(err).toBe(`note: your handler verifies with this public key: ${raw}\n`);
    const [{ headers, body }] = seen(app, 1);
    const content = Buffer.concat([Buffer.from(headerValue(headers, "x-signature-timestamp") ?? ""), body]);
    const signature = Buffer.from(headerValue(headers, "x-signature-ed25519") ?? "", "hex");
    expect(verify(null, content, publicKey, signature)).toBe(true);
  });

  test("of a scheme of one's own is in the form that the scheme reads", async () => {
    const app = await target();
    const folder = temporaryFolder();
    const shop = { signature: { headers: { "X-Shop-Signature": "sha256={sig}" } }, eventType: "b:event_type" };
    writeFileSync(join(folder, "hookcli.config.json"), JSON.stringify({ schemes: { shop } }));
    const args = ["send", "order.created", "--provider", "shop", "--secret", "s3cret-s3cret", "--to", app.origin];
    const { code, err } = await runHere(args, { folder });
    expect([code, err]).toEqual([0, ""]);
    const [{ headers, body }] = seen(app, 1);
    expect(JSON.parse(body.toString())).toMatchObject({ event_type: "order.created", data: {} });
    expect(headerValue(headers, "x-shop-signature")).toBe(`sha256=${hmac("s3cret-s3cret", body)}`);
  });

  test("of a scheme of one's own has its type and id where the scheme reads them", async () => {
    const app = await target();
    const folder = temporaryFolder();
    const signature = { headers: { "X-Shop-Signature": "sha256={sig}" } };
    const shop = { signature, eventId: "b:data.order_id", eventType: "b:what" };
    writeFileSync(join(folder, "hookcli.config.json"), JSON.stringify({ schemes: { shop } }));
    const args = ["send", "order.created", "--provider", "shop", "--id", "o-7", "--unsigned", "--to", app.origin];
    const { code, out } = await runHere(args, { folder });
    expect([code, out]).toEqual([0, expect.stringContaining("o-7  shop order.created")]);
    const [{ body }] = seen(app, 1);
    expect(JSON.parse(body.toString())).toMatchObject({ what: "order.created", data: { order_id: "o-7" } });
  });

  test("can be one of the examples of GitHub's own package, where the project has it", async () => {
    const app = await target();
    const args = ["send", "deployment_status.created", "--provider", "github", "--to", app.origin, "--unsigned"];
    const without = await runHere(args);
    expect([without.code, without.err]).toEqual([3, expect.stringContaining("no sample of deployment_status.created")]);
    const { code } = await runHere([...args, "--no-config"], { folder: root, env: { HOME: temporaryFolder() } });
    expect(code).toBe(0);
    const [{ headers, body }] = seen(app, 1);
    expect(headerValue(headers, "x-github-event")).toBe("deployment_status");
    expect(JSON.parse(body.toString())).toMatchObject({ action: "created", deployment_status: {} });
  });
});

describe("--dry-run", () => {
  test("prints the message and a command that sends the very same bytes, and sends nothing", async () => {
    const app = await target();
    const args = ["send", "order.completed", "--secret", "it's-s3cret", "--to", `${app.origin}/hooks`, "--dry-run"];
    const { code, out, err } = await runHere([...args, "--set", "data.note=it's é"]);
    expect([code, err, app.seen.length]).toEqual([0, "nothing was sent (--dry-run)\n", 0]);
    expect(out).not.toContain("it's-s3cret");
    const curl = out.slice(out.indexOf("\ncurl "));
    expect((await RunningBin.spawn(["sh", "-c", curl]).ended()).code).toBe(0);
    const [{ headers, body }] = seen(app, 1);
    expect(headerValue(headers, "x-signature-256")).toBe(`sha256=${hmac("it's-s3cret", body)}`);
    const message = out.slice(out.indexOf("POST "), out.indexOf("\ncurl ")).trim();
    expect(message.endsWith(body.toString())).toBe(true);
  });

  test("never shows a token that is sent along", async () => {
    const args = ["send", "push", "--provider", "gitlab", "--secret", "glpat-token-1", "--to", "8000", "--dry-run"];
    for (const more of [[], ["--json"]]) {
      const { out, err } = await runHere([...args, ...more]);
      expect(out + err).not.toContain("glpat-token-1");
      expect(out).toMatch(/x-gitlab-token/i);
    }
  });

  test("--json has both in one object", async () => {
    const { out } = await runHere(["send", "order.completed", "--to", "8000/a", "--dry-run", "--json", "--unsigned"]);
    const [line] = jsonLinesOf(out);
    expect(line).toMatchObject({ kind: "would-send", signed: false, url: "http://localhost:8000/a" });
    expect(line?.["http"]).toMatch(/^POST \/a /);
  });
});

describe("what cannot be sent as asked", () => {
  test.each<[string[], number, RegExp]>([
    [["send"], 2, /name an event type/],
    [["send", "--secret", "order.completed"], 2, /--secret has taken the word behind it/],
    [["send", "order.completed", "--secret"], 2, /there is no secret to sign for generic with/],
    [
      ["send", "invoice.piad", "--provider", "stripe"],
      3,
      /no sample of invoice\.piad for Stripe\n {2}Did you mean invoice\.paid\?/,
    ],
    [["send", "order.completed", "--provider", "strpe"], 2, /--provider stripe/],
    [["send", "invoice.paid", "--provider", "stripe", "--envelope", "001"], 2, /has a form of its own/],
    [["send", "order.completed", "--envelope", "005"], 2, /--envelope cannot be "005"/],
    [["send", "order.completed", "--unsigned", "--tamper"], 2, /nothing is/],
    [["send", "a.created", "b.created", "--id", "1"], 2, /--id names one event, and these are 2/],
    [["send", "order.completed", "--rate", "fast"], 2, /--rate cannot be "fast"/],
    [["send", "order.completed", "--timestamp", "-10x"], 2, /--timestamp cannot be/],
    [["send", "order.completed", "--data", "@nowhere.json"], 4, /cannot read .*nowhere\.json/],
    [["send", "order.completed", "--data", "no JSON", "--set", "a=1"], 2, /the body cannot be edited: it is not JSON/],
    [["send", "order\ncompleted"], 2, /an event type cannot be "order\\ncompleted"/],
    [["send", ""], 2, /an event type cannot be ""/],
    [["send", "order.completed", "--count", "0"], 2, /--count cannot be "0"/],
    [
      ["send", "PAYMENT.SALE.COMPLETED", "--provider", "paypal", "--data", "{}", "--secret", "x"],
      2,
      /cannot sign for PayPal/,
    ],
  ])("%j", async (args, code, says) => {
    const { code: exit, err, out } = await runHere([...args, "--to", "9"]);
    expect([exit, out]).toEqual([code, ""]);
    expect(err).toMatch(says);
  });

  test("exit 5 where the target gives no answer", async () => {
    const app = await target();
    const { origin } = app;
    await app.close();
    const { code, err } = await runHere(["send", "order.completed", "--unsigned", "--to", origin]);
    expect([code, err]).toEqual([5, expect.stringMatching(/gave no answer: refused .*\n {2}Start your server/)]);
  });

  test("--force sends a type that the provider does not have, and says what the object is", async () => {
    const app = await target();
    const args = ["send", "invoice.exploded", "--provider", "stripe", "--force", "--unsigned", "--to", app.origin];
    const { code, err } = await runHere(args);
    expect([code, err]).toEqual([0, expect.stringContaining("the object is that of invoice.")]);
    expect(JSON.parse(seen(app, 1)[0].body.toString())).toMatchObject({ type: "invoice.exploded", object: "event" });
  });
});

test.each<[string[], RegExp]>([
  [
    ["order.changed"],
    /^note: "order\.changed" does not say what changed.*\nnote: not signed: no secret for generic is known/,
  ],
  [
    ["order.completed", "--timestamp", "-1h", "--provider", "github", "--secret", "s3cret-s3cret", "--force"],
    /signs no time/,
  ],
  [
    ["order.paid", "--data", '{"type":"order.lost"}', "--unsigned"],
    /^note: the body says "order\.lost", and goes out as it stands\n$/,
  ],
  [["meeting.started", "--provider", "zoom", "--id", "1", "--unsigned"], /requests of Zoom carry no id/],
])("what was perhaps not meant is said once: %j", async (args, says) => {
  const app = await target();
  const { code, err } = await runHere(["send", ...args, "--duplicate", "2", "--to", app.origin]);
  expect([code, err]).toEqual([0, expect.stringMatching(says)]);
  const lines = err.trim().split("\n");
  expect(lines).toEqual([...new Set(lines)]);
});

function isStripes({ headers, body }: SeenRequest, secret: string): boolean {
  const [, timestamp = "", given = ""] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headerValue(headers, "stripe-signature") ?? "") ?? [];
  const expected = hmac(secret, Buffer.concat([Buffer.from(`${timestamp}.`), body]));
  return given !== "" && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

function hmac(secret: string, bytes: Uint8Array): string {
  return createHmac("sha256", secret).update(bytes).digest("hex");
}

async function handler(isGenuine: (request: SeenRequest) => boolean): Promise<TargetServer> {
  return target((socket, request) => void socket.write(isGenuine(request) ? OK : REFUSED));
}

async function target(...answers: readonly Answer[]): Promise<TargetServer> {
  const server = await TargetServer.scripted(...(answers.length > 0 ? answers : [OK]));
  let isClosed = false;
  const close = server.close.bind(server);
  server.close = async () => {
    if (!isClosed) await close();
    isClosed = true;
  };
  onTestFinished(async () => server.close());
  return server;
}

type Several = readonly [SeenRequest, SeenRequest, SeenRequest, SeenRequest];

/** All that came, which must be so many. */
function seen(app: TargetServer, count: number): Several {
  expect(app.seen).toHaveLength(count);
  return app.seen as unknown as Several;
}
