import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runHookcli, spawnHookcli } from "./run-source.ts";

/** What a command really printed, with times, ports and process ids made equal from run to run. */
export interface Example {
  readonly command: string;
  readonly shape: unknown;
}

const BODY = '{"id":"evt_01HX4K9Z2M","type":"invoice.paid","amount":4900}';

const app: RequestListener = (request, response) => {
  response.sendDate = false;
  response.shouldKeepAlive = false;
  request.resume().on("end", () => {
    response.writeHead(500, { "content-type": "application/json" }).end('{"error":"no such order"}');
  });
};

/** Runs a listener, an app and the other commands, and keeps the first line of each shape. */
export async function jsonExamples(): Promise<ReadonlyMap<string, Example>> {
  const folder = mkdtempSync(join(tmpdir(), "hookcli-docs-"));
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await record(folder, (server.address() as AddressInfo).port);
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function record(folder: string, appPort: number): Promise<ReadonlyMap<string, Example>> {
  const env = { PATH: process.env["PATH"], HOME: folder };
  const examples = new Map<string, Example>();
  const steady = steadily(folder, appPort);
  const keep = (command: string, line: string): void => {
    const shape = JSON.parse(line, steady);
    if (!examples.has(shape.kind)) examples.set(shape.kind, { command: `\`${command}\``, shape });
  };
  const run = async (...args: string[]): Promise<string> => runHookcli([...args, "--json"], folder, env);

  await listenOnce(["--forward", `127.0.0.1:${appPort}`], { folder, env, appPort }, (line) =>
    keep("hookcli listen --forward localhost:8000 --json", line),
  );
  await listenOnce(["--ephemeral", "--fail", "503"], { folder, env, appPort }, (line) =>
    keep("hookcli listen --fail 503 --json", line),
  );
  keep("hookcli show latest --body --json", await run("show", "latest", "--body"));
  keep("hookcli show 42 --json", await run("show", "42"));
  keep("hookcli init --json", await run("init"));
  keep("hookcli providers stripe --json", await run("providers", "stripe"));
  keep("hookcli schedules slack --json", await run("schedules", "slack"));
  keep("hookcli retries latest --json", await run("retries", "latest"));
  keep("hookcli verify 1 --secret whsec_tour --json", await run("verify", "1", "--secret", "whsec_tour"));
  keep("hookcli faults --json", firstLineOf(await run("faults")));
  keep("hookcli completion fish --json", await run("completion", "fish"));
  keep("hookcli replay 1 --dry-run --json", lastLineOf(await run("replay", "1", "--dry-run")));
  keep("hookcli replay 1 --times 2 --json", lastLineOf(await run("replay", "1", "--times", "2")));
  const order = ["send", "order.completed", "--id", "evt_01HX4K9Z2M", "--to", `127.0.0.1:${appPort}`, "--unsigned"];
  const two = await run(...order, "--duplicate", "1");
  keep("hookcli send order.completed --duplicate 1 --to localhost:8000 --json", firstLineOf(two));
  keep("hookcli send order.completed --duplicate 1 --to localhost:8000 --json", lastLineOf(two));
  const bare = await run(...order, "--data", '{"total":4999}', "-H", "User-Agent:", "--dry-run");
  keep(`hookcli send order.completed --data '{"total":4999}' --to localhost:8000 --dry-run --json`, bare);
  await keepStoreExamples(keep, run, { folder, env, appPort });
  return examples;
}

function firstLineOf(printed: string): string {
  return printed.split("\n", 1)[0] ?? "";
}

/** Notes for people stand before it. */
function lastLineOf(printed: string): string {
  return printed.trimEnd().split("\n").at(-1) ?? "";
}

/** Looks after the store that the examples before have filled, after one more request. */
async function keepStoreExamples(
  keep: (command: string, line: string) => void,
  run: (...args: string[]) => Promise<string>,
  scene: Scene,
): Promise<void> {
  await listenOnce([], scene, () => undefined, BODY.replace("4900", "5900"));
  keep("hookcli diff latest~1 latest --json", await run("diff", "latest~1", "latest"));
  keep("hookcli info --check --json", await run("info", "--check"));
  const [setting = ""] = (await run("info", "--settings")).split("\n");
  keep("hookcli info --settings --json", setting);
  keep("hookcli info --recover saved.db --json", await run("info", "--recover", join(scene.folder, "saved.db")));
  const file = ["--output", "requests.ndjson"];
  keep("hookcli export --format ndjson -o requests.ndjson --json", await run("export", "--format", "ndjson", ...file));
  keep("hookcli import requests.ndjson --json", await run("import", "requests.ndjson"));
  keep("hookcli rm latest --dry-run --json", await run("rm", "latest", "--dry-run"));
  keep("hookcli prune --keep 1 --json", await run("prune", "--keep", "1"));
}

interface Scene {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly appPort: number;
}

/** A listener that takes one request and ends. */
async function listenOnce(
  args: readonly string[],
  { folder, env }: Scene,
  told: (line: string) => void,
  body = BODY,
): Promise<void> {
  const listener = spawnHookcli(["listen", "--port", "0", "--exit-after", "1", "--json", ...args], folder, env);
  if (!listener.stdout) throw new Error("the listener has no output");
  const ended = once(listener, "close");
  for await (const line of createInterface(listener.stdout)) {
    told(line);
    const { kind, capture } = JSON.parse(line);
    if (kind === "ready") await sendWebhook(capture, body);
  }
  await ended;
}

/** Asks, in its Connection header, to drop a header that handlers verify: the listener keeps it and says so. */
async function sendWebhook(captureUrl: string, body: string): Promise<void> {
  const { request } = await import("node:http");
  const headers = [
    ["Host", "localhost:4400"],
    ["Content-Type", "application/json"],
    ["Authorization", "Bearer a-secret"],
    ["X-Webhook-Signature", "t=1700000000,v1=5257a869e7ec"],
    ["Connection", "close, X-Webhook-Signature"],
    ["Content-Length", String(body.length)],
  ].flat();
  const sent = request(`${captureUrl}/hooks?source=billing`, { method: "POST", headers });
  sent.end(body);
  const [response] = await once(sent, "response");
  response.resume();
  await once(response, "close");
}

/** A reviver for JSON.parse that puts one value in place of each that differs from run to run. */
function steadily(folder: string, appPort: number): (key: string, value: unknown) => unknown {
  return (key, value) => {
    if (key === "pid") return 4242;
    if ((key === "durationMs" || key === "toldAfterMs") && typeof value === "number") return 3.284;
    if (typeof value !== "string") return value;
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return "2026-11-22T14:32:15.118Z";
    return value
      .replaceAll(`127.0.0.1:${appPort}`, "localhost:8000")
      .replaceAll(/127\.0\.0\.1:\d+/g, key === "capture" ? "127.0.0.1:4400" : "127.0.0.1:51234")
      .replaceAll(folder, "/home/me");
  };
}
