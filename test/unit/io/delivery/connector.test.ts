import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import type { LookUp } from "../../../../src/io/delivery/addresses.ts";
import { Connector, type ConnectorOptions } from "../../../../src/io/delivery/connector.ts";
import { gate } from "../../../helpers/capture.ts";
import { TargetServer } from "../../../helpers/target-server.ts";

const pem = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/tls/localhost.${name}.pem`, import.meta.url), "utf8");
const here: LookUp = async () => [{ address: "127.0.0.1", family: 4 }];

describe("a connection", () => {
  test("goes to any address of a name", async () => {
    const target = await plainTarget();
    const socket = await connect({ origin: `http://shop.test:${target.port}` }, async () => [
      { address: "::1", family: 6 },
      { address: "127.0.0.1", family: 4 },
    ]);
    expect(socket.remoteAddress).toBe("127.0.0.1");
  });

  test("with TLS is held against the name of the target", async () => {
    const target = await TargetServer.answering("", { key: pem("key"), cert: pem("cert") });
    onTestFinished(() => target.close());
    const ca = pem("cert");
    const socket = await connect({ origin: `https://localhost:${target.port}`, ca });
    expect(socket).toBeInstanceOf(TLSSocket);
    await expect(connect({ origin: `https://shop.test:${target.port}`, ca }, here)).rejects.toMatchObject({
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
  });

  test("is introduced before it is used, and given up where that fails", async () => {
    const target = await plainTarget();
    const known = gate();
    const seen: Socket[] = [];
    const introduce = async (socket: Socket) => {
      seen.push(socket);
      await known.opened;
    };
    const connecting = connect({ origin: target.origin, introduce });
    while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    known.open();
    expect(await connecting).toBe(seen[0]);
    const failing = async () => Promise.reject(new Error("the store is full"));
    await expect(connect({ origin: target.origin, introduce: failing })).rejects.toThrow("the store is full");
  });
});

describe("what does not come in time", () => {
  test.each([
    ["an address", "http://shop.test:80", async () => new Promise<never>(() => undefined), "DNS_TIMEOUT"],
    ["TLS", "https://shop.test:PORT", here, "ETIMEDOUT"],
  ])("is given up: %s", async (_what, origin, lookUp, code) => {
    const silent = await silentServer();
    const asked = connect({ origin: origin.replace("PORT", String(silent)) }, lookUp, 50);
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringContaining("within 50 ms") as string });
  });

  test("is broken off when nobody wants it any more", async () => {
    const silent = await silentServer();
    for (const [origin, lookUp] of [
      ["http://shop.test", async () => new Promise<never>(() => undefined)],
      [`https://shop.test:${silent}`, here],
    ] as const) {
      const connector = new Connector({ origin, insecure: true }, lookUp);
      const connecting = socketOf(connector, origin);
      await new Promise((resolve) => setImmediate(resolve));
      connector.close();
      await expect(connecting).rejects.toThrow("not wanted any more");
    }
  });
});

async function connect(options: Partial<ConnectorOptions>, lookUp?: LookUp, timeoutMs?: number): Promise<Socket> {
  const { origin = "" } = options;
  const connector = new Connector({ insecure: false, ...options, origin }, lookUp, timeoutMs);
  const socket = await socketOf(connector, origin);
  onTestFinished(() => void socket.destroy());
  return socket;
}

async function socketOf(connector: Connector, origin: string): Promise<Socket> {
  const { hostname, protocol, port } = new URL(origin);
  return new Promise((resolve, reject) =>
    connector.connect({ hostname, protocol, port }, (error, socket) => {
      if (socket) resolve(socket);
      else reject(error);
    }),
  );
}

async function plainTarget(): Promise<TargetServer> {
  const target = await TargetServer.answering();
  onTestFinished(() => target.close());
  return target;
}

/** Takes connections, and says nothing. */
async function silentServer(): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on("error", () => undefined))).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
