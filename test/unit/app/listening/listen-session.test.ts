import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ListenSession, type ListenSessionOptions } from "../../../../src/app/listening/listen-session.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import type { FeedEntry } from "../../../../src/core/model/feed.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import { DEFAULT_LIMITS } from "../../../../src/io/capture/limits.ts";
import { foldLog, garblePages } from "../../../helpers/damage.ts";
import { idIn, post } from "../../../helpers/load.ts";
import { FORWARD } from "../../../helpers/session.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";
import { temporaryFolder, THIS_MACHINE } from "../../../helpers/surroundings.ts";
import { OK, TargetServer } from "../../../helpers/target-server.ts";

const here = { pid: process.pid, markOf: (pid: number) => (pid === process.pid ? "this test" : undefined) };

describe("a listening session", () => {
  test("takes requests from its start, stores them under itself, and forwards them", async () => {
    const target = await TargetServer.answering(OK);
    onTestFinished(() => target.close());
    const session = await start({ targets: [parseTarget(target.origin, "a target")] });
    const told = entriesOf(session);
    expect(session.captureUrl).toBe(`http://127.0.0.1:${session.port}`);
    expect(await post(`${session.captureUrl}/x`, "body")).toMatchObject({ status: 200, body: "ok" });
    await session.drain();
    expect(told.map(({ kind }) => kind)).toEqual(["request", "attempt", "settled"]);
    expect(session.runningCount).toBe(0);
    expect(session.trouble).toBeUndefined();
  });

  test("is known to others while it runs, and not after its end", async () => {
    const storePath = join(temporaryFolder(), "hooks.db");
    const session = await start({ storePath, targets: [parseTarget("8000/base?k=1", "a target")] });
    const other = openStore({ path: storePath });
    expect(other.read.unendedSessions()).toMatchObject([
      {
        command: "listen",
        pid: process.pid,
        processMark: "this test",
        captureUrl: session.captureUrl,
        targets: ["http://localhost:8000/base?k=1"],
        directory: "/projects/shop",
      },
    ]);
    await session.close();
    expect(other.read.unendedSessions()).toEqual([]);
  });

  test("counts what was stored before, and settles what a killed one left", async () => {
    const storePath = join(temporaryFolder(), "hooks.db");
    const killed = openStore({ path: storePath });
    const deadId = await killed.beginSession(sampleSession({ pid: 1_999_999_999 }));
    const { request } = await killed.insertRequest(capturedRequest(), {
      deliveries: [{ url: "http://a/", cause: "forward", attempt: { number: 1, startedAtMs: 5 } }],
    });
    const session = await start({ storePath });
    expect(session.storedBefore).toBe(1);
    expect(killed.read.unendedSessions().map(({ id }) => id)).not.toContain(deadId);
    expect(killed.read.deliveriesOf(request.id)).toMatchObject([{ status: "failed" }]);
  });

  test("keeps room for a full disk once it is warm", async () => {
    const storePath = join(temporaryFolder(), "hooks.db");
    const session = await start({ storePath });
    expect(existsSync(`${storePath}-ballast`)).toBe(false);
    await session.warmUp([]);
    expect(existsSync(`${storePath}-ballast`)).toBe(true);
  });

  test("that is cut leaves what was under way interrupted", async () => {
    const target = await TargetServer.answering(() => undefined);
    onTestFinished(() => target.close());
    const storePath = join(temporaryFolder(), "hooks.db");
    const session = await start({ storePath, targets: [parseTarget(target.origin, "a target")] });
    const answer = post(session.captureUrl, "x").catch(() => "cut");
    await target.requests(1);
    expect(session.runningCount).toBe(1);
    await session.close();
    await answer;
    expect(openStore({ path: storePath }).read.deliveriesOf(1)).toMatchObject([
      { status: "failed", attempts: [{ outcome: { kind: "interrupted" } }] },
    ]);
  });

  test("tells trouble with the store and what to do, and answers 503", async () => {
    const storePath = join(temporaryFolder(), "hooks.db");
    const session = await start({ storePath });
    const told = entriesOf(session);
    const { status, body } = await post(session.captureUrl, "x");
    expect([status, JSON.parse(body)]).toEqual([200, { status: "captured", id: 1 }]);
    foldLog(storePath);
    garblePages(storePath);
    expect(await post(session.captureUrl, "x")).toMatchObject({ status: 503 });
    expect(session.trouble).toMatchObject({ code: "STORE_CORRUPT" });
    expect(told.at(-1)).toMatchObject({
      kind: "notice",
      level: "error",
      code: "STORE_CORRUPT",
      text: expect.stringContaining("Move everything of it away") as string,
    });
  });
});

describe("a session does not start", () => {
  test("on a port that is taken, and lets go of the store", async () => {
    const first = await start();
    const storePath = join(temporaryFolder(), "hooks.db");
    await expect(start({ storePath, port: first.port })).rejects.toMatchObject({ code: "PORT_IN_USE" });
    expect(existsSync(`${storePath}-wal`)).toBe(false);
    expect(openStore({ path: storePath }).read.unendedSessions()).toEqual([]);
  });

  test("that would forward to itself, under whatever name", async () => {
    const port = await freePort();
    const names = ["localhost", "127.0.0.1", "[::1]", "0.0.0.0", "[::]", "127.0.0.9", "a.localhost", "[::ffff:7f00:1]"];
    for (const name of [...names, "192.0.2.10", "workshop", "2130706433"]) {
      const asked = { port, targets: [parseTarget(`${name}:${port}/x`, "a target")] };
      await expect(start(asked)).rejects.toMatchObject({ code: "TARGET_IS_CAPTURE" });
    }
  });

  test("that would forward to a listener of its store that forwards to it", async () => {
    const [port, storePath] = [await freePort(), join(temporaryFolder(), "hooks.db")];
    const first = await start({ storePath, targets: [parseTarget(`localhost:${port}`, "a target")] });
    const asked = { storePath, port, targets: [parseTarget(`127.0.0.2:${first.port}`, "a target")] };
    await expect(start(asked)).rejects.toMatchObject({ code: "TARGET_LEADS_BACK" });
    expect(openStore({ path: storePath }).read.unendedSessions()).toHaveLength(1);
    // Without the way back it is a chain, and that is fine.
    expect((await start({ ...asked, port: 0 })).isLoopback).toBe(true);
  });

  test("on a store that was damaged when the one before was killed", async () => {
    const storePath = join(temporaryFolder(), "hooks.db");
    const killed = openStore({ path: storePath });
    await killed.beginSession(sampleSession({ pid: 1_999_999_999 }));
    await Promise.all(Array.from({ length: 200 }, () => killed.insertRequest(capturedRequest())));
    foldLog(storePath);
    garblePages(storePath);
    await expect(start({ storePath })).rejects.toMatchObject({ code: "STORE_CORRUPT" });
  });
});

test("two sessions share a store, and each id is given once", async () => {
  const storePath = join(temporaryFolder(), "hooks.db");
  const sessions = [await start({ storePath }), await start({ storePath })];
  const replies = await Promise.all(
    Array.from({ length: 60 }, (_, index) => post(sessions[index % 2]?.captureUrl ?? "", `${index}`)),
  );
  expect(new Set(replies.map(idIn)).size).toBe(60);
});

async function start(changes: Partial<ListenSessionOptions> = {}): Promise<ListenSession> {
  const session = await ListenSession.start({
    storePath: join(temporaryFolder(), "hooks.db"),
    clock: systemClock,
    processes: here,
    machine: () => THIS_MACHINE,
    directory: "/projects/shop",
    host: "127.0.0.1",
    port: 0,
    orNextPort: false,
    limits: DEFAULT_LIMITS,
    targets: [],
    routes: [],
    pathPrefix: "",
    filter: [],
    respond: { status: 200 },
    onError: "502",
    forward: FORWARD,
    ...changes,
  });
  onTestFinished(() => session.close());
  return session;
}

function entriesOf(session: ListenSession): readonly FeedEntry[] {
  const entries: FeedEntry[] = [];
  session.feed.subscribe((entry) => entries.push(entry));
  return entries;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = await TargetServer.answering();
  const { port } = server;
  await server.close();
  return port;
}
