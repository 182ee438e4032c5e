import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { listenOn } from "../../../../src/io/capture/bind.ts";

test("port 0 is any free port", async () => {
  const { address, port } = await bind(0, false);
  expect({ address, isPort: port > 0 }).toEqual({ address: "127.0.0.1", isPort: true });
});

test("a taken port is an error that names the next one", async () => {
  const { port } = await bind(0, false);
  await expect(bind(port, false)).rejects.toMatchObject({
    code: "PORT_IN_USE",
    details: { host: "127.0.0.1", port, next: port + 1 },
  });
});

test("a taken default is no error: the next free port is used", async () => {
  const { port } = await bind(0, false);
  const next = await bind(port, true);
  expect(next.port).toBeGreaterThan(port);
  expect(next.port).toBeLessThanOrEqual(port + 50);
});

test("an address of another machine cannot be bound", async () => {
  await expect(bind(0, true, "192.0.2.1")).rejects.toMatchObject({
    code: "CANNOT_BIND",
    details: { host: "192.0.2.1", port: 0, reason: "EADDRNOTAVAIL" },
  });
});

test("behind the last port there is none to go on to", async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  const isFree = await listenOn(server, "127.0.0.1", 65_535, false).then(
    () => true,
    () => false,
  );
  // Taken by us or by somebody else: either way it is taken now.
  await expect(bind(65_535, true)).rejects.toMatchObject({ code: "PORT_IN_USE", details: { port: 65_535 } });
  expect(isFree).toBeTypeOf("boolean");
});

async function bind(port: number, orNext: boolean, host = "127.0.0.1") {
  const server = createServer();
  onTestFinished(() => void server.close());
  return listenOn(server, host, port, orNext);
}
