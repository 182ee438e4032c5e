import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { bodySizeBytes } from "../../../../src/core/model/body.ts";
import { jsonReply } from "../../../../src/core/model/reply.ts";
import type { CapturedRequest } from "../../../../src/core/model/request.ts";
import { gate, startCapture } from "../../../helpers/capture.ts";
import { RawClient } from "../../../helpers/raw-client.ts";
import { testWithTool } from "../../../helpers/tools.ts";

const MIB = 1024 * 1024;
const GET = "GET /first HTTP/1.1\r\nHost: a\r\n\r\n";
const JUNK = "\x16\x03\x01 and more junk\r\n\r\n";

const statusFor = ({ refusal }: CapturedRequest): number => refusal?.status ?? 200;
const largePost = (bytes: number): string => `POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: ${bytes}\r\n\r\n`;

describe("a whole request with junk behind it", () => {
  test.each(["in one packet", "in two packets"])("is answered first, however slow the handler is (%s)", async (how) => {
    const slow = gate();
    const { port, handled } = await startCapture({
      handle: async (request) => {
        if (!request.refusal) await slow.opened;
        return jsonReply(statusFor(request), {});
      },
    });
    const client = await RawClient.connect(port);
    if (how === "in one packet") await client.write(GET + JUNK);
    else {
      await client.write(GET);
      await handled(1);
      await client.write(JUNK);
    }
    const captured = await handled(2);
    expect(client.received).toHaveLength(0);
    slow.open();
    expect((await client.replies(2)).map(({ status }) => status)).toEqual([200, 400]);
    await client.ended();
    expect(captured.map(({ target, completeness }) => [target, completeness])).toEqual([
      ["/first", "complete"],
      ["", "malformed"],
    ]);
    expect(captured[1]?.body).toEqual({ kind: "bytes", bytes: Buffer.from(JUNK, "latin1") });
  });

  test("is answered first where a head behind it never ends", async () => {
    const slow = gate();
    const { port, server, captured } = await startCapture({
      limits: { headTimeoutMs: 200 },
      handle: async (request) => {
        await slow.opened;
        return jsonReply(statusFor(request), {});
      },
    });
    const client = await RawClient.connect(port);
    await client.write(`${GET}GET /never HTTP/1.1\r\n`);
    await expect.poll(() => server.silentConnections).toBe(1);
    expect(client.received).toHaveLength(0);
    slow.open();
    expect((await client.replies(2)).map(({ status }) => status)).toEqual([200, 408]);
    expect(captured).toHaveLength(1);
  });
});

describe("a head that never becomes a request", () => {
  test.each([
    ["alone", "", [400]],
    ["behind a request that waits for its reply", GET, [200, 400]],
  ])("is answered where its sender closes its half right behind it: %s", async (_what, before, statuses) => {
    const slow = gate();
    const { port, handled } = await startCapture({
      handle: async (request) => {
        await slow.opened;
        return jsonReply(statusFor(request), {});
      },
    });
    const client = await RawClient.connect(port);
    await client.write(before + JUNK);
    client.endHalf();
    await handled(statuses.length);
    slow.open();
    expect((await client.replies(statuses.length)).map(({ status }) => status)).toEqual(statuses);
  });

  test.each([
    ["with a broken header", ["GET /a?b HTTP/1.1\r\nHo", "st: a\r\nX", " y: z\r\n\r\n"], 400, "GET", "/a?b"],
    ["of another version", ["PO", "ST /b HT", "TP/9.9\r\nHost: a\r\n\r\n"], 505, "POST", "/b"],
  ])("is stored whole where it comes first and in pieces: %s", async (_what, pieces, status, method, target) => {
    const { port, captured } = await startCapture();
    const client = await RawClient.connect(port);
    await writeApart(port, client, pieces);
    expect((await client.replies(1))[0]?.status).toBe(status);
    const [request] = malformedOf(captured);
    expect(request).toMatchObject({ method, target, remoteAddress: client.localAddress });
    expect(textOf(request)).toBe(pieces.join(""));
  });

  test("is stored whole where its sender closes in the middle of it", async () => {
    const { port, captured } = await startCapture();
    const client = await RawClient.connect(port);
    await writeApart(port, client, ["GET /cut HT", "TP/1.1\r\nHost: a"]);
    client.endHalf();
    expect((await client.replies(1))[0]?.status).toBe(400);
    expect(malformedOf(captured)).toMatchObject([{ target: "/cut", refusal: { code: "cut-short" } }]);
    expect(textOf(malformedOf(captured)[0])).toBe("GET /cut HTTP/1.1\r\nHost: a");
  });

  test("is stored whole behind a request whose own head came in pieces", async () => {
    const { port, captured } = await startCapture();
    const client = await RawClient.connect(port);
    await writeApart(port, client, [
      "GET /good HT",
      "TP/1.1\r\nHost: a\r\n\r\nGET /b",
      "ad HTTP/1.1\r\nX",
      " y: z\r\n\r\n",
    ]);
    expect((await client.replies(2)).map(({ status }) => status)).toEqual([200, 400]);
    expect(captured.map(({ target }) => target)).toContain("/good");
    expect(malformedOf(captured).map(textOf)).toEqual(["GET /bad HTTP/1.1\r\nX y: z\r\n\r\n"]);
  });

  test("shows method and target, and its first 64 KiB, where it is too large", async () => {
    const { port, captured } = await startCapture();
    const client = await RawClient.connect(port);
    const header = (at: number): string => `X-${at}: ${"x".repeat(10_000)}\r\n`;
    const pieces = [
      "DELETE /large?a=b HTTP/1.1\r\n",
      "Host: a\r\n",
      ...Array.from({ length: 7 }, (_none, at) => header(at)),
    ];
    await writeApart(port, client, pieces);
    expect((await client.replies(1))[0]?.status).toBe(431);
    const [request] = malformedOf(captured);
    expect(request).toMatchObject({ method: "DELETE", target: "/large?a=b", refusal: { code: "head-too-large" } });
    expect(textOf(request) === pieces.join("").slice(0, 65_536)).toBe(true);
  });
});

test.each([
  ["a request without a body", GET],
  ["a request in chunks", "POST /first HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: a\r\n\r\n2\r\nab\r\n0\r\n\r\n"],
])("junk behind the second request of a connection, %s, is stored as it came", async (_what, second) => {
  const { port, captured } = await startCapture();
  const client = await RawClient.connect(port);
  await client.write(GET);
  await client.replies(1);
  await client.write(second + JUNK);
  expect((await client.replies(3)).map(({ status }) => status)).toEqual([200, 200, 400]);
  expect(captured.map(({ completeness }) => completeness)).toEqual(["complete", "complete", "malformed"]);
  expect(textOf(captured[2])).toBe(JUNK);
});

describe("a body over the limit", () => {
  test("is kept up to the limit, and a sender that reads nothing before it has sent everything sees the 413", async () => {
    const { port, captured } = await startCapture({ limits: { maxBodyBytes: MIB } });
    const client = await RawClient.connect(port);
    client.pause();
    await client.write(largePost(16 * MIB));
    await client.write(Buffer.alloc(16 * MIB, "x"));
    client.resume();
    const [reply] = await client.replies(1);
    await client.ended();
    expect({ status: reply?.status, error: client.errorCode }).toEqual({ status: 413, error: undefined });
    const [request] = captured;
    expect(request).toMatchObject({ completeness: "truncated", refusal: { code: "body-too-large" } });
    expect(request && bodySizeBytes(request.body)).toBe(MIB);
  });

  testWithTool("python3", "is a readable 413 for Python's http.client", async () => {
    const { port } = await startCapture({ limits: { maxBodyBytes: MIB } });
    const script = `
import http.client
connection = http.client.HTTPConnection("127.0.0.1", ${port})
connection.request("POST", "/large", b"x" * ${24 * MIB})
print(connection.getresponse().status)`;
    const { stdout } = await promisify(execFile)("python3", ["-c", script]);
    expect(stdout.trim()).toBe("413");
  });

  test("is refused before it is sent where the sender asks", async () => {
    const { port, captured } = await startCapture({ limits: { maxBodyBytes: 10 } });
    const client = await RawClient.connect(port);
    await client.write("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
    expect((await client.replies(1))[0]?.status).toBe(413);
    expect(captured[0]).toMatchObject({ completeness: "truncated", body: { bytes: new Uint8Array(0) } });
  });
});

describe("connections", () => {
  test("carry one request after the other", async () => {
    const { port, captured } = await startCapture();
    const client = await RawClient.connect(port);
    for (let count = 1; count <= 3; count += 1) {
      await client.write(GET);
      expect(await client.replies(count)).toHaveLength(count);
    }
    client.close();
    expect(captured.map(({ remoteAddress }) => remoteAddress)).toEqual(Array(3).fill(client.localAddress));
  });

  test("beyond the limit cost the slowest one its place, and a line says so once", async () => {
    const notices: string[] = [];
    const { port } = await startCapture({
      limits: { maxConnections: 2 },
      onNotice: (code) => notices.push(code),
    });
    const [silent, second] = [await RawClient.connect(port), await RawClient.connect(port)];
    await second.write(GET);
    await second.replies(1);
    expect(await statusOf(port)).toBe(200);
    expect((await silent.replies(1)).map(({ status }) => status)).toEqual([503]);
    await silent.ended();
    for (let count = 0; count < 5; count += 1) expect(await statusOf(port)).toBe(200);
    expect(notices).toEqual(["PORT_FULL"]);
    second.close();
  });

  test("that end while the handler works tell it so, and nothing breaks", async () => {
    const slow = gate();
    const told: boolean[] = [];
    const { port, handled } = await startCapture({
      handle: async (_request, sender) => {
        await slow.opened;
        told.push(sender.isGone());
        return jsonReply(200, {});
      },
    });
    const client = await RawClient.connect(port);
    await client.write(GET);
    await handled(1);
    client.reset();
    const witness = await RawClient.connect(port);
    await witness.write(GET);
    await handled(2);
    slow.open();
    expect((await witness.replies(1))[0]?.status).toBe(200);
    expect(told).toEqual([true, false]);
    witness.close();
  });

  test("that the sender half-closes still get their reply", async () => {
    const slow = gate();
    const { port, handled } = await startCapture({
      handle: async () => {
        await slow.opened;
        return jsonReply(200, {});
      },
    });
    const client = await RawClient.connect(port);
    await client.write(GET);
    client.endHalf();
    await handled(1);
    slow.open();
    expect((await client.replies(1))[0]?.status).toBe(200);
  });
});

describe("a connection that says nothing", () => {
  test("is hung up on with a 408 when the time for its head is over: counted, not stored", async () => {
    const { port, server, captured } = await startCapture({ limits: { headTimeoutMs: 200 } });
    const client = await RawClient.connect(port);
    const [reply] = await client.replies(1);
    expect(reply?.status).toBe(408);
    expect(reply?.headers).toEqual(expect.arrayContaining(["x-hookcli-reason", "head-timeout", "connection", "close"]));
    await client.ended();
    expect([server.silentConnections, captured]).toEqual([1, []]);
  });

  test("is not listened to any more after that", async () => {
    const { port, server, captured } = await startCapture({ limits: { headTimeoutMs: 200 } });
    const client = await RawClient.connect(port);
    await client.ended();
    await client.write("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
    expect(await statusOf(port)).toBe(200);
    client.endHalf();
    expect(await statusOf(port)).toBe(200);
    expect(captured.map(({ target }) => target)).toEqual(["/first", "/first"]);
    expect(await client.replies(1)).toHaveLength(1);
    expect(server.silentConnections).toBe(1);
  });

  test("is not counted where its sender leaves in time", async () => {
    const { port, server } = await startCapture({ limits: { headTimeoutMs: 200 } });
    const [silent, leaving] = [await RawClient.connect(port), await RawClient.connect(port)];
    leaving.endHalf();
    expect(await leaving.ended()).toHaveLength(0);
    await silent.ended();
    expect(server.silentConnections).toBe(1);
  });
});

describe("draining", () => {
  test("closes connections that never said anything, and those whose requests all have their replies", async () => {
    const { port, server } = await startCapture();
    const [silent, answered] = [await RawClient.connect(port), await RawClient.connect(port)];
    for (let count = 1; count <= 2; count += 1) {
      await answered.write(GET);
      await answered.replies(count);
    }
    await server.drain();
    expect(await silent.ended()).toHaveLength(0);
    await answered.ended();
    expect(await answered.replies(3)).toHaveLength(2);
  });

  test("waits for requests that are being handled, closes their connections, and takes no new ones", async () => {
    const slow = gate();
    const { port, server, handled } = await startCapture({
      handle: async () => {
        await slow.opened;
        return jsonReply(200, {});
      },
    });
    const [client, idle] = [await RawClient.connect(port), await RawClient.connect(port)];
    await client.write(GET);
    await handled(1);
    let isDrained = false;
    const drained = server.drain().then(() => (isDrained = true));
    await expect(RawClient.connect(port)).rejects.toThrow("ECONNREFUSED");
    expect(isDrained).toBe(false);
    slow.open();
    await drained;
    const [reply] = await client.replies(1);
    expect(reply?.headers.slice(-2)).toEqual(["connection", "close"]);
    server.close();
    await Promise.all([client.ended(), idle.ended()]);
  });

  test("waits until a large reply has left, however slowly it is read", async () => {
    const bytes = Buffer.alloc(32 * MIB, "r");
    const { port, server, handled } = await startCapture({
      handle: () => ({ status: 200, headers: [], body: { kind: "bytes", bytes } }),
    });
    const client = await RawClient.connect(port);
    client.pause();
    await client.write(GET);
    await handled(1);
    const drained = server.drain().then(() => server.close());
    client.resume();
    await drained;
    await client.ended();
    expect((await client.replies(1))[0]?.body).toHaveLength(bytes.length);
  });

  test("is over at once where nothing is under way", async () => {
    const { port, server } = await startCapture();
    expect(await statusOf(port)).toBe(200);
    await expect(server.drain()).resolves.toBeUndefined();
  });
});

test("closing cuts everything that is open, a refused CONNECT included", async () => {
  const { port, server } = await startCapture();
  const tunnel = await RawClient.connect(port);
  await tunnel.write("CONNECT a.test:1 HTTP/1.1\r\nHost: a\r\n\r\n");
  expect((await tunnel.replies(1))[0]?.status).toBe(405);
  const silent = await RawClient.connect(port);
  await silent.write("GET");
  server.close();
  await Promise.all([silent.ended(), tunnel.ended()]);
  await expect(RawClient.connect(port)).rejects.toThrow("ECONNREFUSED");
});

async function statusOf(port: number): Promise<number | undefined> {
  const client = await RawClient.connect(port);
  await client.write(GET);
  const [reply] = await client.replies(1);
  client.close();
  return reply?.status;
}

/** Writes the pieces so that the server reads each by itself: it has answered another connection in between. */
async function writeApart(port: number, client: RawClient, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    await client.write(piece);
    await statusOf(port);
  }
}

function malformedOf(captured: readonly CapturedRequest[]): readonly CapturedRequest[] {
  return captured.filter(({ completeness }) => completeness === "malformed");
}

function textOf(request: CapturedRequest | undefined): string | undefined {
  return request?.body.kind === "bytes" ? Buffer.from(request.body.bytes).toString("latin1") : undefined;
}
