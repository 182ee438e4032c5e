import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { jsonLinesOf, listenPlainly, post } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { OK, TargetServer } from "../helpers/target-server.ts";

const SECRET = "s3cr3t_k3y_f0r_w3bh00k_s1gn4tur3";
const CONFIG = {
  schemes: {
    ecomm: {
      title: "Our shop",
      signature: {
        algorithm: "hmac-sha256",
        encoding: "hex",
        key: "utf8",
        content: "{body}",
        headers: { "X-Ecomm-Signature": "sha256={sig}" },
      },
      eventId: "b:data.order_id",
      eventType: "b:event_type",
    },
  },
  secrets: { ecomm: "env:ECOMM_SECRET" },
};
const ORDER = '{"event_type": "order.created", "data": {"order_id": "ORD12345"}}';

function shopFolder(config: object = CONFIG): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "hookcli.config.json"), JSON.stringify(config, null, 2));
  return folder;
}

function signed(body: string, secret = SECRET): Record<string, string> {
  return { "X-Ecomm-Signature": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` };
}

describe("hookcli providers", () => {
  test("lists everybody, one a line, and as JSON with all that is known", async () => {
    const { code, out, err } = await runHere(["providers"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^NAME .*\n(?:.*\n)*stripe +Stripe +HMAC-SHA256 over \{ts\}\.\{body\} /);
    const json = jsonLinesOf((await runHere(["providers", "--json"])).out);
    expect(json).toHaveLength(out.trimEnd().split("\n").length - 1);
    expect(json.length).toBeGreaterThan(55);
  });

  test("tells about one, in any letter case, and where its secret comes from", async () => {
    const env = { HOOKCLI_SECRET_STRIPE: "whsec_canary000001" };
    const { code, out } = await runHere(["providers", "Stripe"], { env });
    expect(code).toBe(0);
    expect(out).toMatch(/^stripe {2}Stripe\n[^]*\nstands in +Stripe-Signature: t=\{ts\},v1=\{sig\}\n/);
    expect(out).toMatch(/\nsecrets +HOOKCLI_SECRET_STRIPE\n$/);
    expect(out).not.toContain("canary");
  });

  test("does not know a name that is none, and says what was meant", async () => {
    expect(await runHere(["providers", "strpe"])).toMatchObject({
      code: 3,
      out: "",
      err: 'error: there is no provider "strpe"\n  Did you mean stripe?\n',
    });
    expect((await runHere(["providers", "stripe", "github"])).code).toBe(2);
  });
});

describe("a scheme of one's own", () => {
  test("is among the providers, with what hookcli understood of it", async () => {
    const folder = shopFolder();
    const { out } = await runHere(["providers", "ecomm"], { folder });
    expect(out).toMatch(/^ecomm {2}Our shop {2}\(your own\)\n/);
    expect(out).toContain("\nstands in     X-Ecomm-Signature: sha256={sig}\n");
    expect(out).toContain("\nevent id      body data.order_id\n");
    expect(out).toContain("\nsecrets       secrets.ecomm in hookcli.config.json\n");
    expect((await runHere(["providers"], { folder })).out.split("\n")[1]).toMatch(/^ecomm +Our shop /);
  });

  test("recognises, names and judges what arrives; --verify lets only what holds through", async () => {
    const app = await TargetServer.answering(OK);
    const folder = shopFolder();
    const env = { ECOMM_SECRET: SECRET };
    const { bin, url } = await listenPlainly(["--forward", app.origin, "--verify", "403"], { folder, env });
    expect((await post(url, ORDER, signed(ORDER))).status).toBe(200);
    // Signed as one line, posted with line breaks: what the shop's own documentation does.
    expect((await post(url, ORDER.replaceAll(", ", ",\n"), signed(ORDER))).status).toBe(403);
    await bin.prints(/#2[^]*403/);
    bin.signal("SIGINT");
    const { out } = await bin.ended();
    await app.close();
    expect(app.seen).toHaveLength(1);
    expect(out).toMatch(/#1 .*ecomm.* order\.created .*/);
    const [first] = jsonLinesOf((await runHere(["show", "1", "--json"], { folder })).out);
    expect(first?.["request"]).toMatchObject({ eventId: "ORD12345", eventType: "order.created" });
  });

  test("that cannot be one is refused with its place and what was meant", async () => {
    const { signature, ...rest } = CONFIG.schemes.ecomm;
    const broken = { ...rest, signature: { ...signature, algoritm: "x" } };
    const { code, err } = await runHere(["list"], { folder: shopFolder({ schemes: { ecomm: broken } }) });
    expect(code).toBe(2);
    expect(err).toMatch(
      /hookcli\.config\.json:15:9: schemes\.ecomm\.signature\.algoritm is unknown; did you mean algorithm\?\n/,
    );
  });
});
