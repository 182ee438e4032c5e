import { request } from "node:http";
import { expect, test } from "vitest";
import { runBin, RunningBin } from "../helpers/bin.ts";
import { TargetServer } from "../helpers/target-server.ts";

/** Each is put where people and programs put secrets; none may be printed to anybody who did not ask for it. */
const CANARIES = {
  flag: "canaryflag0001",
  environment: "canaryenviron2",
  authorization: "canaryauthori3",
  apiKeyHeader: "canaryapikeyh4",
  cookie: "canarycookie05",
  query: "canaryqueryst6",
  jsonField: "canaryjsonfie7",
  formField: "canaryformfie8",
  stripeKey: "sk_live_canary0000000009",
  webhookSecret: "whsec_canary000000010",
  responseCookie: "canaryrespons11",
  responseBody: "canaryrespons12",
} as const;
const CARD = "4242 4242 4242 4242";
const ANSWER = JSON.stringify({ error: "no", access_token: CANARIES.responseBody });

const looks: readonly (readonly string[])[] = [
  ["list"],
  ["list", "--json"],
  ["show", "1"],
  ["show", "1", "--json"],
  ["show", "1", "--headers"],
  ["show", "2"],
  ["search", "customer"],
  ["search", "customer", "--json"],
  ["diff", "1", "2"],
  ["diff", "1", "2", "--json"],
  ["replay", "1"],
  ["replay", "1", "--json"],
  ["replay", "1", "--dry-run", "--header", `Authorization: Bearer ${CANARIES.flag}`],
  ["rm", "1", "--dry-run"],
  ["info"],
  ["info", "--settings"],
  ["wait", "--include-stored", "--json"],
  ...["curl", "httpie", "fetch", "http", "har", "ndjson"].map((format) => ["export", "1..2", "--format", format]),
];

test("no secret is printed: not by the listener, not by a command that looks, not by a replay; --reveal shows them", async () => {
  const target = await TargetServer.answering(
    `HTTP/1.1 500 Oops\r\nSet-Cookie: id=${CANARIES.responseCookie}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${ANSWER.length}\r\n\r\n${ANSWER}`,
  );
  const env = { HOOKCLI_FORWARD: target.origin, HOOKCLI_SECRET: CANARIES.environment };
  const header = ["--header", `Authorization: Bearer ${CANARIES.flag}`];
  const listener = RunningBin.start(["listen", "--port", "0", ...header], { env });
  const [, port] = await listener.prints(/Capture\s+http:\/\/127\.0\.0\.1:(\d+)/);
  await sendSecrets(Number(port));
  await listener.prints(/#2 [^]*replay 2/);
  const { folder } = listener;
  const printed = new Map<string, string>();
  for (const args of looks) {
    const { out, err } = await runBin(args, { folder, env });
    expect([args, out + err]).not.toEqual([args, ""]);
    expect([args, err]).not.toEqual([args, expect.stringMatching(/unknown (?:command|option)/)]);
    printed.set(args.join(" "), out + err);
  }
  listener.signal("SIGINT");
  const { out, err } = await listener.ended();
  printed.set("listen", out + err);
  await target.close();

  for (const [command, text] of printed) {
    const found = [...Object.values(CANARIES), CARD].filter((canary) => text.includes(canary));
    // A flag that a person has just typed may stand in what they typed it for, and nowhere else.
    expect([command, found]).toEqual([command, []]);
  }
  const revealed = await runBin(["show", "1", "--reveal"], { folder });
  for (const canary of [CANARIES.authorization, CANARIES.query, CANARIES.jsonField, CANARIES.stripeKey, CARD])
    expect(revealed.out).toContain(canary);
});

async function sendSecrets(port: number): Promise<void> {
  const headers = {
    "Content-Type": "application/json",
    Authorization: `Bearer ${CANARIES.authorization}`,
    "X-Api-Key": CANARIES.apiKeyHeader,
    Cookie: `session=${CANARIES.cookie}`,
  };
  const json = {
    customer: { password: CANARIES.jsonField, card: CARD, key: CANARIES.stripeKey },
    hook: CANARIES.webhookSecret,
  };
  await send(port, `/hooks?token=${CANARIES.query}`, headers, JSON.stringify(json));
  const form = { "Content-Type": "application/x-www-form-urlencoded" };
  await send(port, "/form", form, `customer=1&client_secret=${CANARIES.formField}`);
}

function send(port: number, path: string, headers: Readonly<Record<string, string>>, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method: "POST", path, headers }, (response) => {
      response.resume().on("end", resolve);
    });
    sent.on("error", reject).end(body);
  });
}
