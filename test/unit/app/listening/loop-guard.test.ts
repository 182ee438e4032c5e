import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { LoopGuard } from "../../../../src/app/listening/loop-guard.ts";
import type { Clock } from "../../../../src/core/model/clock.ts";
import type { Ends } from "../../../../src/io/capture/sender.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { gate } from "../../../helpers/capture.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

describe("a connection to the own port", () => {
  test("is recognised where it comes in, and what comes over it is refused", async () => {
    const { guard, sessionId } = await guardOf();
    const { outgoing, ends, port } = await connection();
    guard.begin(port);
    await guard.introduce(outgoing, []);
    const request = guard.mark(capturedRequest(), ends);
    expect(request.refusal).toMatchObject({ status: 508, code: "loop" });
    expect(sessionId).toBeGreaterThan(0);
  });

  test("is recognised also when another store is open by now, in which the session has another number", async () => {
    const { guard, store, sessionId } = await guardOf();
    const { outgoing, ends, port } = await connection();
    guard.begin(port);
    await guard.introduce(outgoing, []);
    guard.mark(capturedRequest(), ends);
    await store.beginSession(sampleSession());
    expect(store.sessionId).not.toBe(sessionId);
    guard.renumber();
    expect(guard.mark(capturedRequest(), ends)).toMatchObject({ refusal: { status: 508, code: "loop" } });
  });

  test("is told from every other connection, also from the same port to another one", async () => {
    const { guard } = await guardOf();
    const { outgoing, port } = await connection();
    const other = await connection();
    guard.begin(port);
    await guard.introduce(outgoing, []);
    expect(guard.mark(capturedRequest(), other.ends)).not.toHaveProperty("refusal.code", "loop");
  });

  test("is forgotten some time after it was closed, since another one may get its port", async () => {
    const waited = gate();
    const clock = { wait: async () => waited.opened };
    const { guard } = await guardOf({ clock });
    const { outgoing, ends, port } = await connection();
    guard.begin(port);
    await guard.introduce(outgoing, []);
    outgoing.destroy();
    await once(outgoing, "close");
    expect(guard.mark(capturedRequest(), { ...ends }).refusal?.code).toBe("loop");
    waited.open();
    await new Promise((resolve) => setImmediate(resolve));
    expect(guard.mark(capturedRequest(), { ...ends }).refusal).toBeUndefined();
  });
});

describe("a connection to another listener of the store", () => {
  test("carries its trail there, and a request that has been there is refused", async () => {
    const path = join(temporaryFolder(), "hooks.db");
    const { outgoing, ends, port } = await connection();
    const first = await guardOf({ path });
    const second = await guardOf({ path, port });
    await first.guard.introduce(outgoing, []);
    expect(second.guard.mark(capturedRequest(), ends)).toMatchObject({ trail: [first.sessionId] });

    const back = await connection();
    const third = await guardOf({ path, port: back.port });
    await first.guard.introduce(back.outgoing, [second.sessionId, third.sessionId]);
    expect(third.guard.mark(capturedRequest(), back.ends)).toMatchObject({ refusal: { status: 508, code: "loop" } });
  });

  test("to which nobody of the store listens is no row", async () => {
    const path = join(temporaryFolder(), "hooks.db");
    const { guard, store } = await guardOf({ path });
    const { outgoing, ends } = await connection();
    expect(guard.introduce(outgoing, [])).toBeUndefined();
    expect(guard.mark(capturedRequest(), ends)).toEqual(capturedRequest());
    expect(store.read.trailOf(`${ends.remoteAddress}>${ends.localAddress}`)).toBeUndefined();
  });

  test("that is over leaves no row", async () => {
    const path = join(temporaryFolder(), "hooks.db");
    const { outgoing, ends, port } = await connection();
    const clock = { wait: async () => undefined };
    const [first, second] = [await guardOf({ path, clock }), await guardOf({ path, port })];
    await first.guard.introduce(outgoing, []);
    const name = `${ends.remoteAddress}>${ends.localAddress}`;
    expect(second.store.read.trailOf(name)).toEqual([first.sessionId]);
    outgoing.destroy();
    await once(outgoing, "close");
    while (second.store.read.trailOf(name)) await new Promise((resolve) => setImmediate(resolve));
    expect(second.guard.mark(capturedRequest(), ends).trail).toBeUndefined();
  });

  test("of a session that ended leaves none either", async () => {
    const path = join(temporaryFolder(), "hooks.db");
    const { outgoing, ends, port } = await connection();
    const [first, second] = [await guardOf({ path }), await guardOf({ path, port })];
    await first.guard.introduce(outgoing, []);
    first.store.close();
    expect(second.guard.mark(capturedRequest(), ends).trail).toBeUndefined();
  });
});

describe("where it may come back over the Internet", () => {
  test.each([
    ["its own name", ["x-hookcli-hop", "other, mine"], "loop"],
    ["its own name in a second header", ["X-Hookcli-Hop", "other", "x-HOOKCLI-hop", "mine"], "loop"],
    ["others' names", ["X-Hookcli-Hop", "other, mine2"], undefined],
    ["no name", ["Content-Type", "text/plain"], undefined],
  ])("a request with %s is judged by it", async (_what, headers, code) => {
    const { guard } = await guardOf({ hop: "mine" });
    const { ends } = await connection();
    expect(guard.mark(capturedRequest({ headers }), ends).refusal?.code).toBe(code);
  });

  test("nothing else is, and what was refused before keeps its reason", async () => {
    const headers = ["X-Hookcli-Hop", "mine"];
    const { ends } = await connection();
    expect((await guardOf()).guard.mark(capturedRequest({ headers }), ends).refusal).toBeUndefined();
    const refusal = { status: 400, code: "malformed", reason: "no HTTP" };
    const { guard } = await guardOf({ hop: "mine" });
    expect(guard.mark(capturedRequest({ headers, refusal }), ends).refusal).toEqual(refusal);
  });
});

interface Wanted {
  readonly path?: string;
  readonly clock?: Pick<Clock, "wait">;
  readonly hop?: string;
  /** Where its session says that it listens. */
  readonly port?: number;
}

async function guardOf(wanted: Wanted = {}): Promise<{ guard: LoopGuard; store: Store; sessionId: number }> {
  const { path = join(temporaryFolder(), "hooks.db"), port } = wanted;
  const store = openStore({ path });
  const sessionId = await store.beginSession(
    sampleSession({ captureUrl: port === undefined ? undefined : `http://127.0.0.1:${port}` }),
  );
  const clock: Clock = { nowMs: () => 0, monotonicMs: () => 0, wait: async () => undefined, ...wanted.clock };
  return { guard: new LoopGuard({ store, clock, hop: wanted.hop }), store, sessionId };
}

/** A connection over the loopback, and its ends as who takes it sees them. */
async function connection(): Promise<{ outgoing: Socket; ends: Ends; port: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const outgoing = connect(port, "127.0.0.1");
  outgoing.on("error", () => undefined);
  const [incoming] = (await once(server, "connection")) as [Socket];
  onTestFinished(() => {
    outgoing.destroy();
    incoming.destroy();
    server.close();
  });
  if (outgoing.connecting) await once(outgoing, "connect");
  const remoteAddress = `${incoming.remoteAddress ?? ""}:${incoming.remotePort ?? 0}`;
  return { outgoing, port, ends: { remoteAddress, localAddress: `127.0.0.1:${port}` } };
}
