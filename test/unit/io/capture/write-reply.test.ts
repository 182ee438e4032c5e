import { once } from "node:events";
import { createServer, IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { jsonReply, type Reply, type ReplyBody } from "../../../../src/core/model/reply.ts";
import { eventOrClose, writeRawReply, writeReply } from "../../../../src/io/capture/write-reply.ts";
import { gate } from "../../../helpers/capture.ts";
import { RawClient } from "../../../helpers/raw-client.ts";
import { parseReplies } from "../../../helpers/wire-replies.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const bytes = (text: string): ReplyBody => ({ kind: "bytes", bytes: Buffer.from(text) });

describe("a reply", () => {
  test("goes out as it is: status, phrase, order, letter case, repeats, latin-1, body", async () => {
    const headers = ["X-B", "1", "x-a", "\xe9\x80", "X-B", "2", "Content-LENGTH", "2", "Date", "yesterday"];
    const raw = await exchange({ status: 299, statusText: "So So", headers, body: bytes("ok") });
    expect(raw).toBe(
      "HTTP/1.1 299 So So\r\nX-B: 1\r\nx-a: \xe9\x80\r\nX-B: 2\r\nContent-LENGTH: 2\r\nDate: yesterday\r\nconnection: close\r\n\r\nok",
    );
  });

  test("gets no date and no header that the target did not send, beside the framing", async () => {
    expect(await exchange({ status: 200, headers: [], body: bytes("ok") })).toBe(
      "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok",
    );
  });

  test("loses what belonged to the connection with the target, and a wrong length", async () => {
    const headers = [
      "Connection",
      "keep-alive",
      "Keep-Alive",
      "x",
      "Transfer-Encoding",
      "chunked",
      "TE",
      "x",
      "Upgrade",
      "x",
      "Content-Length",
      "9",
      "content-length",
      "8",
    ];
    expect(await exchange({ status: 200, headers, body: bytes("ok") })).toBe(
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nconnection: close\r\n\r\nok",
    );
  });

  test("of status 999 passes", async () => {
    expect(await exchange({ status: 999, headers: [], body: bytes("") })).toMatch(/^HTTP\/1\.1 999 \r\n/);
  });

  test.each([204, 304])("of status %i has no body", async (status) => {
    expect(await exchange({ status, headers: [], body: bytes("ignored") })).toMatch(/close\r\n\r\n$/);
  });

  test("to HEAD keeps the target's length and has no body", async () => {
    const reply: Reply = { status: 200, headers: ["Content-Length", "12345"], body: bytes("") };
    expect(await exchange(reply, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")).toBe(
      "HTTP/1.1 200 OK\r\nContent-Length: 12345\r\nconnection: close\r\n\r\n",
    );
  });

  test("that HTTP does not allow is an error, and its stream is given back", async () => {
    const { chunks, isAbandoned } = stream([]);
    const reply: Reply = { status: 200, statusText: "a\0b", headers: [], body: { kind: "stream", chunks } };
    let thrown: unknown;
    await exchange(reply, GET, (error) => (thrown = error));
    expect(thrown).toBeInstanceOf(TypeError);
    expect(isAbandoned()).toBe(true);
  });
});

describe("a streamed reply", () => {
  test("is passed on in chunks", async () => {
    const { chunks } = stream(["one, ", "two"]);
    const raw = await exchange({ status: 200, headers: ["X-A", "1"], body: { kind: "stream", chunks } });
    const [reply] = parseReplies(Buffer.from(raw, "latin1"), true);
    expect(reply?.body.toString()).toBe("one, two");
    expect(raw).toMatch(/transfer-encoding: chunked/i);
  });

  test("keeps its length where the target gave one", async () => {
    const { chunks } = stream(["one, ", "two"]);
    const headers = ["Content-Length", "8"];
    expect(await exchange({ status: 200, headers, body: { kind: "stream", chunks } })).toBe(
      "HTTP/1.1 200 OK\r\nContent-Length: 8\r\nconnection: close\r\n\r\none, two",
    );
  });

  test("that breaks off cuts the connection", async () => {
    const { chunks } = stream(["one, ", new Error("gone")]);
    const raw = await exchange({ status: 200, headers: [], body: { kind: "stream", chunks } });
    expect(raw).toMatch(/one, /);
    expect(parseReplies(Buffer.from(raw, "latin1"), true)).toEqual([]);
  });

  test("is given back where the sender is gone before it begins", async () => {
    const { chunks, isAbandoned } = stream(["never read"]);
    const left = gate();
    const written = gate();
    const { port } = await serve(async (request, response) => {
      request.socket.once("close", left.open);
      await left.opened;
      const reply: Reply = { status: 200, headers: [], body: { kind: "stream", chunks } };
      await writeReply(response, reply, { close: false, isHead: false, socket: request.socket });
      written.open();
    });
    const client = await RawClient.connect(port);
    await client.write(GET);
    client.reset();
    await written.opened;
    expect(isAbandoned()).toBe(true);
  });

  test("ends where the sender stops reading and leaves, even behind another reply", async () => {
    const { chunks, isAbandoned } = stream(Array<string>(64).fill("x".repeat(1024 * 1024)));
    const written = gate();
    let served = 0;
    const { port } = await serve(async (request, response) => {
      served += 1;
      // The first reply never comes, so the second one is never given its socket.
      if (served === 1) return;
      const reply: Reply = { status: 200, headers: [], body: { kind: "stream", chunks } };
      const writing = writeReply(response, reply, { close: false, isHead: false, socket: request.socket });
      client.reset();
      await writing;
      written.open();
    });
    const client = await RawClient.connect(port);
    await client.write(GET + GET);
    await written.opened;
    expect(isAbandoned()).toBe(true);
  });
});

test("a last word is a reply like any other, and closes", async () => {
  const server = createTcpServer((socket) => {
    writeRawReply(socket, jsonReply(400, { error: "no" }, ["X-Reason", "\xe9"]));
    socket.end();
    writeRawReply(socket, jsonReply(400, { error: "too late" }));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const client = await RawClient.connect((server.address() as AddressInfo).port);
  expect((await client.ended()).toString("latin1")).toBe(
    'HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\nX-Reason: \xe9\r\ncontent-length: 15\r\nconnection: close\r\n\r\n{"error":"no"}\n',
  );
  client.close();
});

/** What a sender gets where this reply is written and closes the connection. */
async function exchange(reply: Reply, request = GET, onError?: (error: unknown) => void): Promise<string> {
  const { port } = await serve(async (incoming, response) => {
    const { socket } = incoming;
    try {
      await writeReply(response, reply, { close: true, isHead: incoming.method === "HEAD", socket });
    } catch (error) {
      onError?.(error);
      socket.destroy();
    }
  });
  const client = await RawClient.connect(port);
  await client.write(request);
  const raw = await client.ended();
  client.close();
  return raw.toString("latin1");
}

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  const server = createServer((request, response) => void handle(request, response)).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port };
}

/** A stream that says whether it was given back before its end. */
function stream(pieces: readonly (string | Error)[]) {
  let isAbandoned = false;
  let at = 0;
  const iterator: AsyncIterator<Uint8Array, undefined> = {
    next: async () => {
      const piece = pieces[at];
      at += 1;
      // What was written leaves before that.
      await new Promise((resolve) => setImmediate(resolve));
      if (piece instanceof Error) throw piece;
      return piece === undefined ? { done: true, value: undefined } : { done: false, value: Buffer.from(piece) };
    },
    return: async () => {
      isAbandoned = true;
      return { done: true, value: undefined };
    },
  };
  return { chunks: { [Symbol.asyncIterator]: () => iterator }, isAbandoned: () => isAbandoned };
}

describe("waiting for a response", () => {
  test.each(["the event", "the end of the socket"])("%s ends the wait, and nobody listens after it", async (which) => {
    const socket = new Socket();
    const response = new ServerResponse(new IncomingMessage(socket));
    const before = [response.listenerCount("drain"), socket.listenerCount("close")];
    const waiting = eventOrClose(response, "drain", socket);
    if (which === "the event") response.emit("drain");
    else socket.destroy();
    await waiting;
    expect([response.listenerCount("drain"), socket.listenerCount("close")]).toEqual(before);
  });
});
