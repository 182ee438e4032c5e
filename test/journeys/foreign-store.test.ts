import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import Sqlite from "better-sqlite3";
import { systemClock } from "../../src/core/model/clock.ts";
import { Store } from "../../src/io/store/store.ts";
import { finish } from "../helpers/finish.ts";
import { type Finished } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { answered, capturedRequest } from "../helpers/samples.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { TargetServer } from "../helpers/target-server.ts";

const SECRET = "do-not-print-me-4711";
/** What a store that somebody sent may say of where a body is. */
const NAMES = ["../secretfile", "secretfile", "../bodies/../secretfile", "LINK"];
const LINK = "1.1-1.body";
const SESSION = `INSERT INTO sessions (command, pid, process_mark, started_at_ms, seen_at_ms, first_delivery_id, capture_url,
  targets, directory) VALUES`;
const LOOKING = [
  ["list"],
  ["list", "--json"],
  ["show", "1", "--json"],
  ["export", "--format", "har"],
  ["info", "--check"],
];

describe.each(NAMES)("a store whose body is said to be in %s:", (named) => {
  test.each([
    ["show", "1", "--raw"],
    ["show", "1", "--body"],
    ["export", "1", "--format", "http", "--reveal"],
    ["export", "1", "--format", "ndjson", "--reveal"],
    ["diff", "1", "2"],
    ["diff", "1", "2", "--raw"],
    ["replay", "1", "--to", "TARGET"],
    ["replay", "1", "--to", "TARGET", "--dry-run"],
    ["replay", "1", "--to", "TARGET", "--set", "a=1"],
    ["verify", "1", "--provider", "github", "--secret", "x"],
    ["list"],
    ["list", "--json"],
    ["search", SECRET.slice(0, 12)],
    ["show", "1"],
    ["show", "1", "--json"],
    ["show", "1", "--response"],
    ["info", "--check"],
    ["retries", "1"],
  ])("%s %s %s prints nothing of that file, sends nothing of it, and is no bug", async (...words) => {
    const { run, target } = await foreignStore(named);
    const { code, out, err } = await run(...words);
    expect(`${out}${err}`).not.toContain(SECRET);
    expect(err).not.toMatch(/bug in hookcli|ERR_|at .*\.[jt]s:/);
    expect(code).toBeLessThan(10);
    for (const { body } of target.seen) expect(body.toString()).not.toContain(SECRET);
  });

  test("rm and prune remove the request, and leave that file", async () => {
    for (const words of [
      ["rm", "1"],
      ["prune", "--keep", "1"],
    ]) {
      const { run, files } = await foreignStore(named);
      const { code } = await run(...words);
      expect(code).toBe(0);
      for (const file of files) expect(readFileSync(file, "utf8")).toBe(SECRET);
      expect((await run("show", "1")).code).toBe(3);
    }
  });

  test("recovering it copies nothing of that file", async () => {
    const { run, db, files } = await foreignStore(named);
    const saved = join(dirname(db), "saved.db");
    const { code } = await run("info", "--recover", saved);
    expect(code).toBe(0);
    for (const name of [LINK, "secretfile"]) expect(existsSync(join(`${saved}-bodies`, name))).toBe(false);
    for (const file of files) expect(readFileSync(file, "utf8")).toBe(SECRET);
  });
});

test("what is not read says so, and which name it was", async () => {
  const { run } = await foreignStore("../secretfile");
  const { code, err } = await run("show", "1", "--raw");
  expect([code, err]).toEqual([
    3,
    'error: this body is not read: the store says that it is in a file "../secretfile", and no file of hookcli\'s own is called so\n  Somebody else made this store, or changed it. The rest is still there: hookcli show <request> --headers\n',
  ]);
  const check = await run("info", "--check");
  expect([check.code, check.out]).toEqual([1, expect.stringContaining("body file lost: ../secretfile\n")]);
});

describe("a store whose rows say what no command has written is read without a bug:", () => {
  test.each([
    ["UPDATE requests SET received_at_ms = 9007199254740993, occurred_at_ms = -9007199254740993"],
    [
      "UPDATE requests SET signed_at_ms = 9223372036854775807, verdict = 'stale', provider = 'stripe', scheme = 'stripe'",
    ],
    ["UPDATE deliveries SET created_at_ms = 9e18, running_number = 2, running_since_ms = 9e18"],
    ["UPDATE attempts SET started_at_ms = -9e18, duration_ms = 1e308, sent_headers = x'00ff3a'"],
    ["UPDATE requests SET headers = x'3a200d0a3a200d0a', trailers = x'00', method = char(0), target = char(27)"],
    ["UPDATE requests SET origin = 'x', completeness = 'x', verdict = 'x', refusal_status = -1, reply_status = 9e15"],
    ["UPDATE deliveries SET cause = 'x', status = 'x', url = 'http://[::1'"],
    ["UPDATE attempts SET outcome = 'x', reason = 'x', status = -1, response_headers = x'00'"],
    [`${SESSION} ('listen', 1, 'x', 9e18, 1, 1, 'http://[::1', char(0), '/')`],
    [`${SESSION} ('listen', ${process.pid}, 'x', 1, 1, 1, char(27), '[1,{},"http://[::1"]', char(10))`],
  ])("%s", async (sql) => {
    const { run, db } = await foreignStore("none.body");
    const rows = new Sqlite(db);
    rows.exec("UPDATE requests SET body_file = NULL; UPDATE attempts SET response_file = NULL");
    rows.exec(sql);
    rows.close();
    for (const words of LOOKING) {
      const { code, err } = await run(...words);
      const isBug = code === null || code >= 10 || /bug in hookcli|ERR_|at .*\.js:/.test(err);
      expect({ words, err, isBug }).toEqual({ words, err, isBug: false });
    }
  });
});

interface Foreign {
  readonly db: string;
  readonly files: readonly string[];
  readonly target: TargetServer;
  readonly run: (...words: readonly string[]) => Promise<Finished>;
}

let target: TargetServer;
beforeAll(async () => {
  target = await TargetServer.answering();
  return async () => target.close();
});

/** Two requests; the body of the first, and the response to it, are said to be in a file that is none of the store's. */
async function foreignStore(named: string): Promise<Foreign> {
  const folder = temporaryFolder();
  const db = join(folder, "hooks.db");
  const store = new Store({ path: db, clock: systemClock, pid: process.pid, busyTimeoutMs: 1000 });
  for (let count = 0; count < 2; count += 1) {
    const delivery = {
      url: "http://localhost:8000/",
      cause: "forward",
      attempt: { number: 1, startedAtMs: 20 },
    } as const;
    const { deliveryIds } = await store.insertRequest(capturedRequest(), { deliveries: [delivery] });
    const attempt = { number: 1, startedAtMs: 20, durationMs: 1, sentHeaders: [], outcome: answered(200, "fine") };
    await finish(store, { deliveryId: deliveryIds[0] ?? 0, ...attempt });
  }
  store.close();
  mkdirSync(`${db}-bodies`, { mode: 0o700 });
  const files = [join(folder, "secretfile"), join(`${db}-bodies`, "secretfile")];
  for (const file of files) writeFileSync(file, SECRET);
  symlinkSync(join(folder, "secretfile"), join(`${db}-bodies`, LINK));
  const rows = new Sqlite(db);
  const name = named === "LINK" ? LINK : named;
  rows.prepare("UPDATE requests SET body_file = ?, body_size = ? WHERE id = 1").run(name, SECRET.length);
  rows
    .prepare("UPDATE attempts SET response_file = ?, response_body = NULL, response_stored = ? WHERE delivery_id = 1")
    .run(name, SECRET.length);
  rows.close();
  const run = (...words: readonly string[]): Promise<Finished> =>
    runHere([...words.map((word) => word.replace("TARGET", target.origin)), "--db", db], { folder });
  return { db, files, target, run };
}
