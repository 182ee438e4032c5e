import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { FirstBytes } from "../../../../src/io/capture/first-bytes.ts";
import { RawClient } from "../../../helpers/raw-client.ts";
import { stillClock } from "../../../helpers/samples.ts";

const SILENT_FOR_MS = 100;

describe("the first bytes of a connection", () => {
  test("are handed on once, and seen again by those who listen from then on", async () => {
    const { connect, taken } = await waiting();
    const { client } = await connect();
    await client.write("hello");
    await expect.poll(() => taken[0]?.seen()).toBe("hello");
    expect(taken.map(({ first }) => first)).toEqual(["hello"]);
  });

  test("are followed by all that comes after them", async () => {
    const { connect, taken } = await waiting();
    const { client } = await connect();
    const all = Array.from({ length: 300 }, (_none, at) => `${at} ${"x".repeat(5000)}\n`);
    await Promise.all(all.map((piece) => client.write(piece)));
    await expect.poll(() => taken[0]?.seen().length).toBe(all.join("").length);
    expect(taken[0]?.seen() === all.join("")).toBe(true);
    expect(taken).toHaveLength(1);
  });

  test("are not lost where the sender closes its half right behind them, and the connection stays", async () => {
    const { connect, taken } = await waiting();
    const { client, socket } = await connect();
    await client.write("last words");
    client.endHalf();
    await expect.poll(() => socket.readableEnded).toBe(true);
    expect(taken[0]?.seen()).toBe("last words");
    expect(socket.destroyed).toBe(false);
    socket.end("the reply");
    expect((await client.ended()).toString()).toBe("the reply");
  });
});

describe("a connection that says nothing", () => {
  test("is reported when it was silent for long enough, and once", async () => {
    const { connect, firstBytes, moveTo, silent } = await waiting();
    const { socket } = await connect();
    firstBytes.sweep();
    moveTo(SILENT_FOR_MS - 1);
    firstBytes.sweep();
    expect(silent).toEqual([]);
    moveTo(SILENT_FOR_MS);
    firstBytes.sweep();
    expect(silent).toEqual([socket]);
    moveTo(10 * SILENT_FOR_MS);
    firstBytes.sweep();
    expect(silent).toEqual([socket]);
    expect(socket.destroyed).toBe(false);
  });

  test("is measured by its own age", async () => {
    const { connect, firstBytes, moveTo, silent } = await waiting();
    const [older, old] = [await connect(), await connect()];
    moveTo(50);
    const young = await connect();
    moveTo(SILENT_FOR_MS + 20);
    firstBytes.sweep();
    expect(silent).toEqual([older.socket, old.socket]);
    moveTo(SILENT_FOR_MS + 50);
    firstBytes.sweep();
    expect(silent.slice(2)).toEqual([young.socket]);
  });

  test("is not one that has said something, however long ago", async () => {
    const { connect, firstBytes, moveTo, silent, taken } = await waiting();
    const { client } = await connect();
    await client.write("G");
    await expect.poll(() => taken).toHaveLength(1);
    moveTo(10 * SILENT_FOR_MS);
    firstBytes.sweep();
    expect(silent).toEqual([]);
  });

  test("is let go where its sender closes without a word, and never reported", async () => {
    const { connect, firstBytes, moveTo, silent, taken } = await waiting();
    const { client, closed } = await connect();
    client.endHalf();
    await closed;
    expect(await client.ended()).toHaveLength(0);
    moveTo(10 * SILENT_FOR_MS);
    firstBytes.sweep();
    expect([silent, taken]).toEqual([[], []]);
  });

  test("may be reset: nothing ends but the connection", async () => {
    const { connect, firstBytes, moveTo, silent, taken } = await waiting();
    const { client, socket, closed } = await connect();
    client.reset();
    await closed;
    expect(socket.errored).toMatchObject({ code: "ECONNRESET" });
    moveTo(10 * SILENT_FOR_MS);
    firstBytes.sweep();
    expect([silent, taken]).toEqual([[], []]);
  });
});

/** A listener on a port of its own whose connections wait for their first bytes, and a clock that is moved by hand. */
async function waiting() {
  let nowMs = 0;
  const taken: { readonly first: string; readonly seen: () => string }[] = [];
  const silent: Socket[] = [];
  const firstBytes = new FirstBytes({
    clock: { ...stillClock, monotonicMs: () => nowMs },
    silentForMs: SILENT_FOR_MS,
    isBusy: () => false,
    onFirst: (socket, first) => {
      let seen = "";
      socket.on("data", (chunk: Buffer) => (seen += chunk.toString("latin1")));
      taken.push({ first: first.toString("latin1"), seen: () => seen });
    },
    onSilent: (socket) => silent.push(socket),
  });
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const connect = async () => {
    const accepted = once(server, "connection") as Promise<[Socket]>;
    const client = await RawClient.connect((server.address() as AddressInfo).port);
    const [socket] = await accepted;
    onTestFinished(() => {
      client.close();
      socket.destroy();
    });
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    firstBytes.waitFor(socket);
    return { client, socket, closed };
  };
  return { connect, firstBytes, taken, silent, moveTo: (toMs: number) => (nowMs = toMs) };
}
