import { once } from "node:events";
import * as http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  afterEachRead,
  closePatiently,
  createServer,
  deafen,
  STATUS_CODES,
} from "../../../../src/io/capture/node-http.ts";
import { RawClient } from "../../../helpers/raw-client.ts";

test("it is Node's own server and its own list of phrases", () => {
  expect([createServer, STATUS_CODES]).toEqual([http.createServer, http.STATUS_CODES]);
  expect(STATUS_CODES[431]).toBe("Request Header Fields Too Large");
});

describe("looking beside the parser", () => {
  test("tells of bytes that only Node's parser reads, in the middle of a head", async () => {
    const read: number[] = [];
    const server = createServer((request, response) => {
      request.resume();
      response.end("ok");
    }).listen(0, "127.0.0.1");
    server.on("connection", (socket) => afterEachRead(socket, () => read.push(socket.bytesRead)));
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const client = await RawClient.connect((server.address() as AddressInfo).port);
    const whole = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    await client.write(whole);
    await client.replies(1);
    await client.write("GET / HTTP/1.1\r\nX-Half: ");
    await expect.poll(() => read.at(-1)).toBe(whole.length + 24);
    client.close();
  });

  test("every byte that is read is told of once, and what is written is not", async () => {
    const server = createTcpServer().listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const theirs = connect((server.address() as AddressInfo).port, "127.0.0.1");
    onTestFinished(() => void theirs.destroy());
    const [ours] = (await once(server, "connection")) as [Socket];
    onTestFinished(() => void ours.destroy());
    const told: number[] = [];
    afterEachRead(ours, (bytes) => told.push(bytes));
    ours.write("an answer");
    for (const piece of ["one", "four"]) {
      theirs.write(piece);
      await once(ours, "data");
    }
    expect(told).toEqual([3, 4]);
  });

  test("a socket that has no such timer is left as it is", () => {
    const socket = Object.assign(new Socket(), { _unrefTimer: undefined });
    expect(() => afterEachRead(socket, () => undefined)).not.toThrow();
    socket.destroy();
  });
});

describe("a deaf socket", () => {
  const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  test("requests behind the one at which it happens are dropped in the middle of their packet, bodies and all", async () => {
    const { client, seen } = await serving((_request, _response, socket) => deafen(socket));
    await client.write(`${GET}POST /lost HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc${GET.repeat(1000)}`);
    await client.write(`POST /later HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n${"x".repeat(200_000)}`);
    await client.write(GET.repeat(1000));
    expect((await client.replies(1)).map(({ status }) => status)).toEqual([200]);
    expect(seen).toEqual(["/"]);
  });

  test("a socket without a parser is none the worse for it", async () => {
    const { client, sockets } = await serving();
    await client.write(GET);
    await client.replies(1);
    const [socket] = sockets;
    client.close();
    if (socket && !socket.destroyed) await once(socket, "close");
    expect(() => socket && deafen(socket)).not.toThrow();
  });

  async function serving(onRequest?: (request: IncomingMessage, response: ServerResponse, socket: Socket) => void) {
    const seen: (string | undefined)[] = [];
    const sockets: Socket[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url);
      sockets.push(request.socket);
      onRequest?.(request, response, request.socket);
      request.resume();
      response.end("ok");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const client = await RawClient.connect((server.address() as AddressInfo).port);
    onTestFinished(() => {
      client.close();
      server.close();
    });
    return { client, seen, sockets };
  }
});

describe("closing patiently", () => {
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
    const server = createTcpServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
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
});
