import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { closePatiently } from "../../../../src/io/capture/close-patiently.ts";
import { RawClient } from "../../../helpers/raw-client.ts";

test("our half is closed at once, and what the sender still sends is read before the rest is", async () => {
  const { client, socket } = await connected();
  let closings = 0;
  closePatiently(socket, () => (closings += 1));
  socket.write("the reply");
  socket.destroySoon();
  socket.destroySoon();
  expect((await client.ended()).toString()).toBe("the reply");
  await client.write(Buffer.alloc(1024 * 1024));
  expect([client.errorCode, socket.destroyed, closings]).toEqual([undefined, false, 1]);
  client.endHalf();
  await once(socket, "close");
});

test("a sender that stays and says nothing is cut", async () => {
  const { client, socket } = await connected();
  closePatiently(socket, () => undefined);
  socket.destroySoon();
  await client.ended();
  await once(socket, "close");
  expect(socket.destroyed).toBe(true);
});

async function connected() {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection") as Promise<[Socket]>;
  const client = await RawClient.connect((server.address() as AddressInfo).port);
  const [socket] = await accepted;
  socket.on("error", () => undefined);
  onTestFinished(() => {
    client.close();
    socket.destroy();
    server.close();
  });
  return { client, socket };
}
