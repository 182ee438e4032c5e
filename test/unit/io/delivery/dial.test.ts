import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { Dial, DialFailure } from "../../../../src/io/delivery/dial.ts";
import { fullBacklog } from "../../../helpers/full-backlog.ts";
import { heldUpFor } from "../../../helpers/held-up.ts";
import { notBefore } from "../../../helpers/not-before.ts";
import { describeOnPlatform } from "../../../helpers/tools.ts";

const V4 = { address: "127.0.0.1", family: 4 };
const V6 = { address: "::1", family: 6 };
const LONG_MS = 30_000;

describe("a connection to one of several addresses", () => {
  test.each([
    ["the first answers", ["127.0.0.1"], [V4, V6], "127.0.0.1"],
    ["only the second answers", ["::1"], [V4, V6], "::1"],
    ["both answer: the first one wins", ["127.0.0.1", "::1"], [V6, V4], "::1"],
    ["there is one", ["127.0.0.1"], [V4], "127.0.0.1"],
  ])("%s", async (_what, hosts, addresses, winner) => {
    const port = await serve(hosts);
    const socket = await dial(addresses, port).connected;
    onTestFinished(() => void socket.destroy());
    expect(socket.remoteAddress).toBe(winner);
  });

  test("all refuse: each one is told of", async () => {
    const port = await freePort();
    const error = await failureOf(dial([V4, V6], port));
    expect(error.code).toBe("ECONNREFUSED");
    expect(error.errors.map(({ code }) => code)).toEqual(["ECONNREFUSED", "ECONNREFUSED"]);
  });

  test("one whose event loop was blocked for longer than the next address is waited for gets what is there", async () => {
    const port = await serve(["127.0.0.1"]);
    const dials = Array.from({ length: 40 }, () => dial([V4, V6], port));
    heldUpFor(400);
    const sockets = await Promise.all(dials.map(({ connected }) => connected));
    const reached = sockets.map(({ remoteAddress }) => remoteAddress);
    for (const socket of sockets) socket.destroy();
    expect(reached).toEqual(Array.from(dials, () => "127.0.0.1"));
  });

  test("one that is broken off rejects with the reason, once", async () => {
    const dialling = dial([V4], await freePort());
    dialling.cancel(new Error("not wanted"));
    dialling.cancel(new Error("not wanted twice"));
    await expect(dialling.connected).rejects.toThrow("not wanted");
  });
});

describeOnPlatform(["linux-x64", "linux-arm64"], "an app that is busy, with a full queue of connections", () => {
  test.each([
    ["on 127.0.0.1 alone", ["127.0.0.1"], [V4]],
    ["on ::1 alone", ["::1"], [V6]],
    ["on 127.0.0.1, nobody on ::1", ["127.0.0.1"], [V4, V6]],
    ["on ::1, nobody on 127.0.0.1", ["::1"], [V4, V6]],
    ["on both", ["127.0.0.1", "::1"], [V4, V6]],
  ])("is waited for: %s", async (_what, hosts, addresses) => {
    const { port, letGo } = await fullBacklog(...hosts);
    const dialling = dial(addresses, port);
    // Longer than an address had before it was given up for the next one.
    heldUpFor(400);
    letGo();
    const socket = await dialling.connected;
    expect(hosts).toContain(socket.remoteAddress);
    socket.destroy();
  });

  test("while the other address answers: that one wins", async () => {
    const { port } = await fullBacklog("127.0.0.1");
    const other = createServer().listen(port, "::1");
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const socket = await dial([V4, V6], port).connected;
    expect(socket.remoteAddress).toBe("::1");
    socket.destroy();
  });

  test("that never takes it: every address had the whole time, and it is said which", async () => {
    const { port } = await fullBacklog("127.0.0.1");
    const error = await notBefore(700, async () => failureOf(dial([V4, V6], port, 700)));
    expect(error.code).toBe("ETIMEDOUT");
    expect(error.errors).toMatchObject([
      { code: "ECONNREFUSED", address: "::1" },
      { code: "ETIMEDOUT", address: "127.0.0.1", port, afterMs: 700 },
    ]);
  });
});

function dial(addresses: readonly { address: string; family: number }[], port: number, timeoutMs = LONG_MS): Dial {
  return new Dial(addresses, port, timeoutMs);
}

async function failureOf(dialling: Dial): Promise<DialFailure> {
  const error: unknown = await dialling.connected.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof DialFailure)) throw new Error("it did not fail as it should");
  return error;
}

async function serve(hosts: readonly string[]): Promise<number> {
  let port = 0;
  for (const host of hosts) {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => sockets.add(socket.on("error", () => undefined))).listen(port, host);
    await once(server, "listening");
    ({ port } = server.address() as AddressInfo);
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
  }
  return port;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
