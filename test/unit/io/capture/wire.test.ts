import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { Wire } from "../../../../src/io/capture/wire.ts";
import { RawClient } from "../../../helpers/raw-client.ts";

const GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const FOUR = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n";
const CHUNKED = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
const ODD = "GET  /odd HTTP/1.1\r\nHost: a\r\n\r\n";

describe("beside Node's own parser, which nobody's listener slows down,", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["requests in packets of their own", [GET, ODD, GET], ["GET /a", "GET  /odd", "GET /a"]],
    ["requests in one packet", [GET, GET + ODD + GET], ["GET /a", "GET /a", "GET  /odd", "GET /a"]],
    ["a head in pieces", [GET, "GET  /o", "dd HTTP/1.1\r\nHo", "st: a\r\n\r\n"], ["GET /a", "GET  /odd"]],
    [
      "a head that begins in the packet of another",
      [GET, `${GET}GET  `, ODD.slice(5)],
      ["GET /a", "GET /a", "GET  /odd"],
    ],
    ["a head behind a body in pieces", [GET, `${FOUR}b`, "od", `y${ODD}`], ["GET /a", "POST /a", "GET  /odd"]],
    [
      "a head behind chunks in pieces",
      [`${CHUNKED}5`, "\r\nGET", " /\r\n0\r", `\n\r\n${ODD}`],
      ["POST /a", "GET  /odd"],
    ],
    ["one byte a packet", [GET, ...`${FOUR}body${ODD}`.split("")], ["GET /a", "POST /a", "GET  /odd"]],
  ])("it sees how %s began", async (_what, packets, begins) => {
    const { socket, lines } = await played(packets, begins.length);
    expect(lines()).toEqual(begins.map((line) => `${line} HTTP/1.1`));
    expect(socket.listenerCount("data")).toBe(1);
  });

  test("it holds the bytes that the parser refuses, also where they came in pieces", async () => {
    const { wire, client, refused } = await played([GET, GET], 2);
    await client.write("GET /b HTTP/1.1\r\nbro");
    await client.write("ken head\r\n\r\n");
    await refused;
    expect(wire.held()?.toString()).toMatch(/^GET \/b HTTP\/1\.1\r\nbroken head/);
  });

  test("it looks at nothing more once it is told to stop", async () => {
    const { wire, client, lines } = await played([GET], 1);
    wire.stop();
    await client.write(GET);
    await client.replies(2);
    expect(lines()).toEqual(["GET /a HTTP/1.1", undefined]);
  });
});

describe("where Node's parser cannot be asked", () => {
  test("it listens to the socket", async () => {
    const { wire, client, socket } = await unparsed();
    socket.resume();
    await client.write("GET  /a HTTP/1.1\r\n\r\njunk");
    await expect.poll(() => wire.held()?.toString()).toMatch(/junk$/);
    expect(wire.requestBegan({})).toMatchObject({ line: "GET  /a HTTP/1.1" });
    expect(wire.held()?.toString()).toBe("junk");
    wire.stop();
  });
});

test("where a packet went by unseen, it says so, and guesses nothing", async () => {
  const { socket, wire, client, asked } = await played([GET], 1);
  const timer = (socket as unknown as { _unrefTimer: () => void })._unrefTimer;
  Object.assign(socket, { _unrefTimer: () => undefined });
  await client.write("GET /b HT");
  await expect.poll(() => socket.bytesRead).toBe(GET.length + 9);
  Object.assign(socket, { _unrefTimer: timer });
  await client.write("TP/1.1\r\nHost: a\r\n\r\n");
  await client.replies(2);
  expect(asked.at(-1)).toBe("unseen");
  expect(wire.held()).toBeUndefined();
});

/** Real requests to a real parser, with what the wire said of each. */
async function played(packets: readonly string[], requests: number) {
  const asked: ReturnType<Wire["requestBegan"]>[] = [];
  let wire: Wire | undefined;
  let accepted: Socket | undefined;
  const server = createServer();
  const refused = once(server, "clientError");
  const [speakHttp] = server.listeners("connection") as ((socket: Socket) => void)[];
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    accepted = socket;
    socket.once("data", (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      speakHttp?.call(server, socket);
      wire = new Wire(socket, first, 64 * 1024);
      socket.resume();
    });
  });
  server.on("request", (request: IncomingMessage, response) => {
    asked.push(wire?.requestBegan(request.headers));
    request.resume();
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = await RawClient.connect((server.address() as AddressInfo).port);
  onTestFinished(() => {
    client.close();
    server.close();
  });
  for (const packet of packets) await client.write(packet);
  await client.replies(requests);
  if (!wire || !accepted) throw new Error("nothing came");
  return {
    wire,
    client,
    socket: accepted,
    asked,
    refused,
    lines: () => asked.map((head) => (typeof head === "object" ? head.line : head)),
  };
}

/** A connection that nobody parses. */
async function unparsed() {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection") as Promise<[Socket]>;
  const client = await RawClient.connect((server.address() as AddressInfo).port);
  const [socket] = await accepted;
  onTestFinished(() => {
    client.close();
    socket.destroy();
    server.close();
  });
  return { client, socket, wire: new Wire(socket, Buffer.alloc(0), 64 * 1024) };
}
