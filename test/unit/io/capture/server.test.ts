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
    await expect.poll(() => server.silentConnections, { timeout: 5000 }).toBe(1);
    expect(client.received).toHaveLength(0);
    slow.open();
    expect((await client.replies(2)).map(({ status }) => status)).toEqual([200, 408]);
    expect(captured).toHaveLength(1);
  });
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

  test("beyond the limit are dropped, and taken again when there is room", async () => {
    const { port } = await startCapture({ limits: { maxConnections: 2 } });
    const [first, second] = [await RawClient.connect(port), await RawClient.connect(port)];
    await first.write(GET);
    await second.write(GET);
    await Promise.all([first.replies(1), second.replies(1)]);
    const third = await RawClient.connect(port);
    expect(await third.ended()).toHaveLength(0);
    first.close();
    await expect.poll(() => statusOf(port)).toBe(200);
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

describe("draining", () => {
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
