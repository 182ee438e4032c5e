import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Finished, listenPlainly, post, RunningBin } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { OK, TargetServer } from "../helpers/target-server.ts";

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
  ofProvider: "canaryprovide13",
  written: "canarywritten14",
  variable: "canaryvariabl15",
  file: "canaryfilesou16",
  program: "canaryprogram17",
  programWord: "canaryprogwor18",
} as const;
/** Some forty programs one after the other, on a machine that may be busy with others. */
const MANY_PROGRAMS_MS = 180_000;
const CARD = "4242 4242 4242 4242";
const ANSWER = JSON.stringify({ error: "no", access_token: CANARIES.responseBody });

/** Every source that a secret can have beside flags and the environment. */
const CONFIG = {
  secrets: {
    stripe: ["env:OUR_SECRET", "file:secret.txt"],
    github: `cmd:sh -c 'echo ${CANARIES.program}' ${CANARIES.programWord}`,
    slack: CANARIES.written,
  },
};

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
  ["info", "--settings", "--json"],
  ["providers", "stripe"],
  ["verify", "1"],
  ["verify", "1", "--provider", "stripe", "--json"],
  ["send", "invoice.paid", "--provider", "stripe", "--dry-run", "--to", "1"],
  ["send", "invoice.paid", "--provider", "stripe", "--dry-run", "--to", "1", "--json"],
  ["send", "push", "--provider", "github", "--secret", "--to", "127.0.0.1:1"],
  ["providers", "github", "--json"],
  ["providers", "slack"],
  ["wait", "--include-stored", "--json"],
  ...["curl", "httpie", "fetch", "http", "har", "ndjson"].map((format) => ["export", "1..2", "--format", format]),
];

test(
  "no secret is printed: not by the listener, not by a command that looks, not by a replay; --reveal shows them",
  async () => {
    const target = await TargetServer.answering(
      `HTTP/1.1 500 Oops\r\nSet-Cookie: id=${CANARIES.responseCookie}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${ANSWER.length}\r\n\r\n${ANSWER}`,
    );
    const env = {
      HOOKCLI_FORWARD: target.origin,
      HOOKCLI_SECRET: CANARIES.environment,
      HOOKCLI_SECRET_STRIPE: CANARIES.ofProvider,
      OUR_SECRET: CANARIES.variable,
    };
    const header = ["--header", `Authorization: Bearer ${CANARIES.flag}`];
    const listener = RunningBin.start(["listen", "--port", "0", ...header], { env, folder: folderWithSources() });
    const [, port] = await listener.prints(/Capture\s+http:\/\/127\.0\.0\.1:(\d+)/);
    await sendSecrets(Number(port));
    await listener.prints(/#2 [^]*replay 2/);
    const { folder } = listener;
    const printed = new Map<string, string>();
    for (const args of looks) {
      const { out, err } = await runHere(args, { folder, env });
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
    const revealed = await runHere(["show", "1", "--reveal"], { folder });
    for (const canary of [CANARIES.authorization, CANARIES.query, CANARIES.jsonField, CANARIES.stripeKey, CARD])
      expect(revealed.out).toContain(canary);
  },
  MANY_PROGRAMS_MS,
);

test("no secret is printed by what is wrong about it: a source that fails, a word that is no flag, a value that cannot be", async () => {
  const canary = CANARIES.program;
  const source = (stripe: unknown): string => folderWithSources({ secrets: { stripe } });
  const calls: readonly (readonly [readonly string[], string, number])[] = [
    [["listen"], source(`cmd:sh -c 'echo ${canary}; echo ${canary} >&2; exit 1'`), 4],
    [["listen"], source(`cmd:${canary.slice(0, 3)} ${canary}`), 4],
    [["listen"], source(`cmd:sh "${canary}`), 2],
    [["list"], source([canary, { canary }]), 2],
    [["list"], source({ secret: canary }), 2],
    [["list"], folderWithSources({ secrets: canary }), 2],
    [["list"], folderWithSources({ secrets: [canary] }), 2],
    [["list"], folderWithSources({ listen: { secret: canary } }), 2],
    [["list", `--secret=${canary}`], source("env:A"), 2],
    [["listen", "--secret", `$${canary}`], source("env:A"), 2],
    [["listen", "--secret", canary, "--verify", "1"], source("env:A"), 2],
    [["listen", "--secret", canary, "--provider", "strpe"], source("env:A"), 2],
    [["listen", "--secret", canary, "--db", "/dev/null/x"], source("env:A"), 4],
  ];
  for (const [args, folder, code] of calls) {
    for (const json of [[], ["--json"]]) {
      const env = { HOOKCLI_DEBUG: "1", [canary]: canary };
      const { out, err, code: ended } = await runHere([...args, ...json], { folder, env });
      expect([args, ended]).toEqual([args, code]);
      const printed = (out + err).replaceAll(`env:${canary}`, "");
      expect([args, printed.includes(canary) ? printed : ""]).toEqual([args, ""]);
    }
  }
});

test("a secret of Standard Webhooks whose base64 is none is refused before anything is sent; a plain text is taken", async () => {
  const target = await TargetServer.answering(OK);
  onTestFinished(async () => target.close());
  const send = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> =>
    runHere(["send", "order.completed", "--provider", "standardwebhooks", "--to", target.origin, ...args], { env });
  for (const refused of [
    await send(["--secret", "whsec_not base64"]),
    await send(["--secret", "whsec_not base64", "--dry-run"]),
    await send([], { HOOKCLI_SECRET: "whsec_not base64" }),
  ]) {
    expect([refused.code, refused.out]).toEqual([2, ""]);
    expect(refused.err).toMatch(
      /^error: the secret from (?:--secret|HOOKCLI_SECRET) cannot sign for standardwebhooks: what stands behind whsec_ is no base64\n/,
    );
  }
  expect(target.seen).toEqual([]);
  for (const text of ["whsec_dGVzdA==", "a-secret"]) expect((await send(["--secret", text])).code).toBe(0);
  expect(target.seen).toHaveLength(2);
});

test("what a request calls a credential is covered where a handler says it again: on the listener's lines and in each command", async () => {
  const told = ["canarybearer001", "canarycookie002", "canaryquery0003", "canaryfield0004", "canaryflag00005"] as const;
  const answer = `no: ${told.join(" ")} ${Buffer.from(`x:${told[0]}`).toString("base64")} ${CANARIES.environment}`;
  const target = await TargetServer.answering(
    `HTTP/1.1 400 Bad Request\r\nX-Says: ${answer}\r\nContent-Length: ${answer.length}\r\n\r\n${answer}`,
  );
  onTestFinished(async () => target.close());
  const env = { HOOKCLI_SECRET: CANARIES.environment, HOOKCLI_FORWARD: target.origin };
  const listener = RunningBin.start(["listen", "--port", "0", "--header", `X-Api-Key: ${told[4]}`], { env });
  const [, port] = await listener.prints(/Capture\s+http:\/\/127\.0\.0\.1:(\d+)/);
  const headers = { Authorization: `Bearer ${told[0]}`, Cookie: `a=${told[1]}` };
  await send(Number(port), `/?token=${told[2]}`, headers, JSON.stringify({ password: told[3] }));
  await listener.prints(/no: •••• •••• •••• •••• •••• /);
  const { folder } = listener;
  const printed: string[] = [];
  for (const args of [
    ["show", "1"],
    ["show", "1", "--json"],
    ["show", "1", "--json", "--body"],
    ["export", "1", "--format", "har"],
  ]) {
    const { out, err } = await runHere(args, { folder, env });
    printed.push(
      out + err,
      ...[...out.matchAll(/"bodyBase64":"([^"]*)"/g)].map(([, body = ""]) => Buffer.from(body, "base64").toString()),
    );
  }
  listener.signal("SIGINT");
  const { out, err } = await listener.ended();
  for (const text of [out, err, ...printed])
    expect([...told, CANARIES.environment].filter((canary) => text.includes(canary))).toEqual([]);
});

test("a secret that a handler says in its answer is covered on the listener's lines", async () => {
  const answer = `no: expected a signature by ${CANARIES.file}`;
  const target = await TargetServer.answering(
    `HTTP/1.1 400 Bad Request\r\nContent-Length: ${answer.length}\r\n\r\n${answer}`,
  );
  const folder = folderWithSources({ secrets: { "*": "file:secret.txt" } });
  const { bin, url } = await listenPlainly(["--forward", target.origin], { folder });
  await post(url);
  await bin.prints(/no: expected a signature by ••••/);
  bin.signal("SIGINT");
  expect((await bin.ended()).out).not.toContain(CANARIES.file);
  await target.close();
});

function folderWithSources(config: object = CONFIG): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "hookcli.config.json"), JSON.stringify(config));
  writeFileSync(join(folder, "secret.txt"), `${CANARIES.file}\n`);
  return folder;
}

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
