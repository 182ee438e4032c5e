import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { everyCommand } from "../../src/cli/flags/every-command.ts";
import { run } from "../../src/cli/run.ts";
import { exportFormats } from "../../src/core/formats/index.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import { Store } from "../../src/io/store/store.ts";
import { finish } from "../helpers/finish.ts";
import { capturedRequest, textBody } from "../helpers/samples.ts";
import { recordedSurroundings } from "../helpers/surroundings.ts";

/** Where a secret may come from that costs nothing to know. None has a form that tells it. */
const KNOWN = {
  environment: "canary-environ.01",
  ofProvider: "canary-provider.02",
  variable: "canary-variable.03",
  writtenOut: "canary-literal.04",
  file: "canary-file.05",
  flag: "canary-flag.06",
  prefixed: "whsec_Y2FuYXJ5LXByZWZpeGVkLTA3",
  begins: "canary-environ.01-and-its-tail.08",
  quoted: 'canary"quoted\\09',
  lines: "canary-first-line.10\ncanary-second-line.10",
} as const;

/** What a sender calls a credential; a handler says it again without its name. */
const TOLD = {
  authorization: "canary-bearer.11",
  basic: "canary-basic.12",
  cookie: "canary-cookie.13",
  query: "canary-query.14",
  jsonField: "canary-json.15",
  sentHeader: "canary-sent.16",
  setCookie: "canary-set-cookie.17",
} as const;

const CANARIES: readonly string[] = [...Object.values(KNOWN), ...Object.values(TOLD)];
const CONFIG = {
  secrets: {
    stripe: ["env:OUR_SECRET", "file:secret.txt", KNOWN.writtenOut, KNOWN.begins, KNOWN.quoted, KNOWN.lines],
    github: "cmd:touch program-ran",
    "*": KNOWN.prefixed,
  },
};
const env = { HOOKCLI_SECRET: KNOWN.environment, HOOKCLI_SECRET_STRIPE: KNOWN.ofProvider, OUR_SECRET: KNOWN.variable };
const FLAG = ["--secret", KNOWN.flag];

/** What each command is asked to print about requests that are full of canaries. */
const prints: Readonly<Record<string, readonly (readonly string[])[] | string>> = {
  list: [["--all"], ["--all", "--json"], ["canary"], ["canary", "--json"]],
  show: ["1", "2", "3"].flatMap((id) => [
    [id],
    [id, "--json"],
    [id, "--json", "--body"],
    [id, "--headers"],
    [id, "--body"],
  ]),
  search: [["canary"], ["canary", "--json"], ["none", `canary-none ${KNOWN.environment}`]],
  diff: [
    ["1", "2"],
    ["1", "2", "--json"],
    ["1", "3"],
    ["1", "1"],
  ],
  verify: [
    ["1"],
    ["1", "--json"],
    ["1", ...FLAG],
    ["1", "--provider", "stripe", "--json", ...FLAG],
    ["2", "--provider", "stripe", ...FLAG],
    ["no-such-file", "--body-file", "nowhere", ...FLAG],
  ],
  retries: [["1"], ["1", "--json"], ["--json"], []],
  rm: [
    ["1..3", "--dry-run"],
    ["1..3", "--dry-run", "--json"],
  ],
  wait: [["--include-stored"], ["--include-stored", "--json"]],
  replay: [
    ["1..3", "--dry-run", "--to", "127.0.0.1:1"],
    ["1..3", "--dry-run", "--to", "127.0.0.1:1", "--json"],
    ["1..3", "--to", "127.0.0.1:1"],
    ["1..3", "--to", "127.0.0.1:1", "--json"],
    ["1", "--dry-run", "--to", "127.0.0.1:1", "--set", `a=${KNOWN.environment}`, "--header", `X-A: ${KNOWN.file}`],
  ],
  send: [
    ["invoice.paid", "--provider", "stripe", "--dry-run", "--to", "127.0.0.1:1", ...FLAG],
    ["invoice.paid", "--provider", "stripe", "--dry-run", "--to", "127.0.0.1:1", "--json", ...FLAG],
    ["invoice.paid", "--provider", "stripe", "--to", "127.0.0.1:1", ...FLAG],
    ["push", "--provider", "gitlab", "--dry-run", "--to", "127.0.0.1:1", ...FLAG],
    ["push", "--provider", "gitlab", "--dry-run", "--to", "127.0.0.1:1", "--json", ...FLAG],
    ["order", "--dry-run", "--to", "127.0.0.1:1", "--data", `{"a":"${KNOWN.environment}","b":"${KNOWN.file}"}`],
    ["order", "--dry-run", "--to", "127.0.0.1:1", "--json", "--data", `{"a":"${KNOWN.environment}"}`],
  ],
  export: exportFormats.flatMap(({ name }) => [["1..3", "--format", name]]),
  info: [[], ["--json"], ["--settings"], ["--settings", "--json"]],
  providers: [["stripe"], ["stripe", "--json"], ["github"], [`no-such-${KNOWN.environment}`]],
  schedules: [[`1m,${KNOWN.environment}`], [`1m,${KNOWN.environment}`, "--json"]],
  import: [["canaries.ndjson"], ["canaries.ndjson", "--json"], [`${KNOWN.environment}.ndjson`]],
  prune: [
    ["--keep", "100"],
    ["--keep", KNOWN.environment],
  ],
  faults: [[], ["--json"]],
  init: "reads no secret and prints the path of its file",
  completion: "prints a script of its own",
  listen: "its lines are looked at in the journey of secrets, with a handler that says everything again",
};

let folder = "";
const shared = (): string => join(folder, "hooks.db");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hookcli-masking-"));
  writeFileSync(join(folder, "hookcli.config.json"), JSON.stringify(CONFIG));
  writeFileSync(join(folder, "secret.txt"), `${KNOWN.file}\n`);
  writeFileSync(
    join(folder, "canaries.ndjson"),
    `{"method":"POST","target":"/${KNOWN.environment}","status":1e99,"v":"x"}`,
  );
  const store = new Store({ path: shared(), clock: systemClock, pid: process.pid, busyTimeoutMs: 1000 });
  for (const at of [0, 1, 2]) await insert(store, at);
  store.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every command says what it prints, or why it prints nothing of a secret", () => {
  const called = everyCommand(commands).filter(({ command }) => command.load);
  const names = called.map(({ path }) => path.map(({ name }) => name).join(" "));
  expect(Object.keys(prints).toSorted()).toEqual(names.toSorted());
});

describe.each(Object.entries(prints).filter(([, asked]) => typeof asked !== "string"))("hookcli %s", (name, asked) => {
  test.each((asked as readonly (readonly string[])[]).map((args) => [args]))(
    "%j prints no secret that costs nothing to know, in no form, and none that a sender told",
    async (args) => {
      const { out, err } = await printedBy([...name.split(" "), ...args]);
      expect(out + err).not.toBe("");
      const isFlagKnown = args.includes(KNOWN.flag);
      expect(leaksIn(out, isFlagKnown)).toEqual([]);
      expect(leaksIn(err, isFlagKnown)).toEqual([]);
      if (args.includes("--json")) for (const line of out.trim().split("\n")) if (line !== "") JSON.parse(line);
    },
  );
});

test("--reveal shows them, and --raw is exact", async () => {
  const revealed = await printedBy(["show", "1", "--reveal", "--json", "--body"]);
  const { bodyBase64 } = JSON.parse(revealed.out) as { readonly bodyBase64: string };
  const raw = await printedBy(["show", "1", "--raw"]);
  expect(Buffer.from(bodyBase64, "base64").toString()).toBe(raw.out);
  for (const canary of Object.values(KNOWN).filter((each) => !each.includes('"') && !each.includes("\n")))
    expect(raw.out).toContain(canary);
  const exported = await printedBy(["export", "1", "--format", "http", "--reveal"]);
  expect(exported.out).toContain(TOLD.authorization);
  expect((await printedBy(["show", "1", "--body", "--reveal"])).out).toContain(KNOWN.environment);
});

test("a masked body says that it is, in JSON", async () => {
  const masked = JSON.parse((await printedBy(["show", "1", "--json", "--body"])).out) as object;
  const exact = JSON.parse((await printedBy(["show", "1", "--json", "--body", "--reveal"])).out) as object;
  expect([masked, exact]).toMatchObject([{ bodyMasked: true }, { bodyMasked: false }]);
});

test("no program is run to know what to cover", async () => {
  rmSync(join(folder, "program-ran"), { force: true });
  for (const args of [["list"], ["show", "1"], ["export", "1"], ["search", "canary"], ["replay", "1", "--dry-run"]])
    await printedBy(args);
  expect(() => readFileSync(join(folder, "program-ran"))).toThrow("ENOENT");
});

test.each([
  "completeness",
  "delivered",
  "request",
  "complete",
  "no-response",
  "bodyBase64",
  "headers",
  "null",
  "target",
])("a secret that is a word of our own changes nothing of what is ours: HOOKCLI_SECRET=%s", async (secret) => {
  const plain = await printedBy(["list", "--all", "--json", "--no-config"], {});
  const covered = await printedBy(["list", "--all", "--json", "--no-config"], { HOOKCLI_SECRET: secret });
  expect(covered.out).toBe(plain.out);
  const shown = await printedBy(["show", "3", "--json"], { HOOKCLI_SECRET: secret });
  expect(Object.keys(JSON.parse(shown.out) as object)).toContain("headers");
});

async function printedBy(args: readonly string[], given: Readonly<Record<string, string>> = env) {
  const recorded = await recordedSurroundings({ env: given });
  await run([...args, "--db", shared()], { ...recorded.at, directory: folder }, "0.0.0");
  return { out: await recorded.out(), err: await recorded.err() };
}

/** Canaries that can be read in what was printed: as they are, by pieces, encoded, or behind base64 of ours. */
function leaksIn(printed: string, isFlagKnown: boolean): readonly string[] {
  const decoded = [...printed.matchAll(/[\w+/=-]{16,}/g)].flatMap(([run]) => [
    Buffer.from(run, "base64").toString("latin1"),
    Buffer.from(run, "hex").toString("latin1"),
  ]);
  const unescaped = printed.replaceAll(/%[0-9A-Fa-f]{2}/g, (escape) =>
    String.fromCharCode(Number.parseInt(escape.slice(1), 16)),
  );
  const all = [printed, unescaped, ...decoded].join("\n");
  return CANARIES.filter((canary) => isFlagKnown || canary !== KNOWN.flag)
    .flatMap((canary) => [canary, ...canary.split("\n"), canary.slice(-12)])
    .filter((piece) => all.includes(piece));
}

/** Every canary wherever a sender, a handler or the network can put one, in every form that programs write. */
async function insert(store: Store, at: number): Promise<void> {
  const said = CANARIES.flatMap((canary) => [
    canary,
    encodeURIComponent(canary),
    Buffer.from(canary).toString("base64"),
    Buffer.from(`u:${canary}`).toString("base64url"),
    Buffer.from(canary).toString("hex"),
  ]);
  const known = Object.values(KNOWN);
  const json = JSON.stringify({
    at,
    password: TOLD.jsonField,
    says: known,
    deep: JSON.stringify(known),
    lines: "x\ny",
  });
  const text = `${known.join("\n")}\npassword: ${TOLD.jsonField}\n`;
  const headers = [
    "Authorization", `Bearer ${TOLD.authorization}`,
    "Proxy-Authorization", `Basic ${Buffer.from(`user:${TOLD.basic}`).toString("base64")}`,
    "Cookie", `a=${TOLD.cookie}; b=c`,
    "X-Says", known.join(" ").replaceAll("\n", " "),
    "Content-Type", at === 2 ? "text/plain" : "application/json",
    "Stripe-Signature", `t=1,v1=${KNOWN.environment}`,
  ]; // prettier-ignore
  const target = `/${KNOWN.environment}?token=${TOLD.query}&x=${encodeURIComponent(KNOWN.quoted)}&at=${at}`;
  const body = textBody(at === 2 ? text : json);
  const inserted = await store.insertRequest(capturedRequest({ target, headers, body }), {
    event: { eventId: `evt_${KNOWN.variable}`, eventType: `type.${KNOWN.writtenOut}`, provider: "stripe" },
    deliveries: [
      {
        url: `http://127.0.0.1:1/${KNOWN.file}?token=${TOLD.query}`,
        cause: "forward",
        attempt: { number: 1, startedAtMs: 0 },
      },
    ],
  });
  const ended = { deliveryId: inserted.deliveryIds[0] ?? 0, number: 1, startedAtMs: 0, durationMs: 1 };
  const sentHeaders = [...headers, "X-Api-Key", TOLD.sentHeader];
  const response = {
    status: 500,
    statusText: `No ${KNOWN.environment}`,
    headers: ["Set-Cookie", `id=${TOLD.setCookie}; Path=/`, "X-Says", known.join(" ").replaceAll("\n", " ")],
    body: textBody(`${" ".repeat(100)}${said.join(" | ")} ${JSON.stringify(said)}`),
    bodySizeBytes: 9,
  };
  const detail = `connect to ${KNOWN.environment} and ${KNOWN.begins} failed`;
  const outcome =
    at === 1
      ? ({ kind: "no-response", reason: "refused", detail } as const)
      : ({ kind: "response", response } as const);
  await finish(store, { ...ended, sentHeaders, outcome });
}
