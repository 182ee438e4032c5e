import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { jsonLinesOf, post, RunningBin, runBin } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { lookInto } from "../helpers/stores.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { TargetServer } from "../helpers/target-server.ts";

const EACH = 40;

test("two listeners share a store: each shows its own requests, list shows all, and no lock is ever met", async () => {
  const folder = temporaryFolder();
  const dbPath = join(folder, "hooks.db");
  const [first, second] = await Promise.all([startIn(dbPath), startIn(dbPath)]);
  expect(first.url).not.toBe(second.url);
  expect([first, second].map(({ lines }) => lines[0])).toMatchObject([
    { kind: "ready", store: dbPath, pid: first.pid },
    { kind: "ready", store: dbPath, pid: second.pid },
  ]);

  const replies = await Promise.all(
    Array.from({ length: EACH }, (_, count) => [
      post(`${first.url}/a/${count}`),
      post(`${second.url}/b/${count}`),
    ]).flat(),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  const summaries = [await first.stop(), await second.stop()];
  expect(summaries).toMatchObject([
    { received: EACH, delivered: EACH },
    { received: EACH, delivered: EACH },
  ]);

  expect(new Set(pathsOn(first))).toEqual(new Set(numbered("/a")));
  expect(new Set(pathsOn(second))).toEqual(new Set(numbered("/b")));
  for (const { lines, stderr } of [first, second]) {
    expect(lines.filter(({ kind }) => kind === "notice")).toEqual([]);
    expect(stderr).toMatch(/^(?:waiting for \d+ deliver[^\n]*\n)?$/);
  }

  const { out } = await runBin(["list", "--limit", "1000", "--json", "--db", dbPath]);
  const listed = jsonLinesOf(out).map(({ request }) => request as { readonly id: number; readonly target: string });
  expect(listed.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 2 * EACH }, (_, at) => at + 1),
  );
  expect(new Set(listed.map(({ target }) => target))).toEqual(new Set([...numbered("/a"), ...numbered("/b")]));
  // Rows know whose they are.
  const owners = lookInto(dbPath).prepare("SELECT DISTINCT session_id, substr(target, 1, 2) AS path FROM requests");
  expect(owners.all()).toHaveLength(2);
});

test("a replay appears on the screens of both", async () => {
  const dbPath = join(temporaryFolder(), "hooks.db");
  const [first, second] = await Promise.all([startIn(dbPath), startIn(dbPath)]);
  await post(`${first.url}/a`);
  await first.line(({ kind }) => kind === "delivery");
  const { code } = await runBin(["replay", "1", "--to", await target(), "--db", dbPath]);
  expect(code).toBe(0);
  for (const listener of [first, second]) {
    const line = await listener.line(({ kind, elsewhere }) => kind === "delivery" && elsewhere === true);
    expect(line).toMatchObject({ request: { id: 1 }, delivery: { cause: "replay" } });
  }
});

test("a listener that is killed beside another one: the next command settles what it left, the other goes on", async () => {
  const dbPath = join(temporaryFolder(), "hooks.db");
  const silent = await TargetServer.answering(() => undefined);
  onTestFinished(async () => silent.close());
  const [doomed, other] = [await startIn(dbPath, silent.origin), await startIn(dbPath)];
  const lost = post(`${doomed.url}/a`).catch(() => undefined);
  await silent.requests(1);
  await doomed.kill();
  await lost;
  const waited = await RunningBin.start(["wait", "is:failed", "--after", "0", "--json", "--db", dbPath]).ended();
  expect(jsonLinesOf(waited.out)).toMatchObject([{ delivery: { attempts: [{ outcome: { kind: "interrupted" } }] } }]);
  expect((await post(`${other.url}/b`)).status).toBe(200);
  expect(await other.stop()).toMatchObject({ received: 1 });
});

async function startIn(dbPath: string, origin?: string): Promise<Listener> {
  const listener = await Listener.start(["--forward", origin ?? (await target())], dbPath);
  onTestFinished(() => listener.kill());
  return listener;
}

async function target(): Promise<string> {
  const server = await TargetServer.answering();
  onTestFinished(async () => server.close());
  return server.origin;
}

function pathsOn({ lines }: Listener): readonly string[] {
  return lines.flatMap(({ kind, request }) => (kind === "request" ? [(request as { target: string }).target] : []));
}

function numbered(path: string): readonly string[] {
  return Array.from({ length: EACH }, (_, count) => `${path}/${count}`);
}
