import { describe, expect, test } from "vitest";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { jsonReply } from "../../../../src/core/model/reply.ts";
import { gate, startCapture, tempSinks } from "../../../helpers/capture.ts";
import { RawClient } from "../../../helpers/raw-client.ts";

const MIB = 1024 * 1024;
const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;

describe("pipelined requests", () => {
  test("are handed on in their order, also where a larger body is whole later", async () => {
    const openSink = tempSinks();
    const slow = gate();
    const { port, captured } = await startCapture({
      openSink: async () => {
        await slow.opened;
        return openSink();
      },
    });
    const client = await RawClient.connect(port);
    await client.write(`POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: ${2 * MIB}\r\n\r\n`);
    await client.write(Buffer.alloc(2 * MIB));
    await client.write(get("/small"));
    slow.open();
    expect(await client.replies(2)).toHaveLength(2);
    expect(captured.map(({ target }) => target)).toEqual(["/large", "/small"]);
    client.close();
  });

  test("are answered in their order, whichever is handled first", async () => {
    const slow = gate();
    const { port } = await startCapture({
      handle: async ({ target }) => {
        if (target === "/slow") await slow.opened;
        else slow.open();
        return jsonReply(200, { target });
      },
    });
    const client = await RawClient.connect(port);
    await client.write(get("/slow") + get("/fast"));
    const replies = await client.replies(2);
    expect(replies.map(({ body }) => JSON.parse(body.toString()) as unknown)).toEqual([
      { target: "/slow" },
      { target: "/fast" },
    ]);
    client.close();
  });
});

describe("a handler that waits", () => {
  test("hears of a sender that leaves, and of the end of the server", async () => {
    const told: string[] = [];
    const { server, port, handled } = await startCapture({
      handle: async ({ target }, sender) => {
        const heard = target === "/left" ? sender.left() : sender.ending;
        await new Promise((resolve) => heard.addEventListener("abort", resolve));
        told.push(`${target} ${sender.ending.aborted}`);
        return jsonReply(200, {});
      },
    });
    const [leaving, staying] = [await RawClient.connect(port), await RawClient.connect(port)];
    await leaving.write(get("/left"));
    await staying.write(get("/ending"));
    await handled(2);
    leaving.reset();
    await expect.poll(() => told).toEqual(["/left false"]);
    await server.drain();
    expect(told).toEqual(["/left false", "/ending true"]);
    expect(await staying.replies(1)).toHaveLength(1);
    staying.close();
  });
});

describe("a body whose sender pauses", () => {
  test("is ended after the idle limit, kept as partial, and answered 408", async () => {
    let nowMs = 0;
    const { port, captured } = await startCapture({
      limits: { idleBodyTimeoutMs: 60_000 },
      clock: { ...systemClock, monotonicMs: () => nowMs },
    });
    const client = await RawClient.connect(port);
    await client.write("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
    await client.receivedMatching(/100 Continue/);
    nowMs = 60_001;
    const replies = await client.replies(2);
    expect(replies.map(({ status }) => status)).toEqual([100, 408]);
    expect(captured[0]).toMatchObject({ completeness: "partial", refusal: { code: "body-timeout" } });
    client.close();
  });

  test("is left alone as long as something comes", async () => {
    let nowMs = 0;
    const { port } = await startCapture({
      limits: { idleBodyTimeoutMs: 1000 },
      clock: { ...systemClock, monotonicMs: () => nowMs },
    });
    const client = await RawClient.connect(port);
    await client.write("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    await client.receivedMatching(/100 Continue/);
    nowMs = 1000;
    await client.write("ok");
    expect((await client.replies(2)).map(({ status }) => status)).toEqual([100, 200]);
    client.close();
  });
});

test("a body that cannot be spooled is answered, even to a sender that sends everything first", async () => {
  const { port, captured } = await startCapture({
    openSink: async () => {
      throw new Error("no space left");
    },
  });
  const client = await RawClient.connect(port);
  client.pause();
  await client.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${16 * MIB}\r\n\r\n`);
  await client.write(Buffer.alloc(16 * MIB));
  client.resume();
  const [reply] = await client.replies(1);
  expect({ status: reply?.status, text: reply?.body.toString() }).toEqual({
    status: 503,
    text: '{"error":"Error: no space left"}\n',
  });
  expect(captured).toEqual([]);
  client.close();
});

test("a reply that HTTP does not allow cuts the connection, and the next sender is served", async () => {
  const { port } = await startCapture({
    handle: ({ target }) => ({ ...jsonReply(200, {}), statusText: target === "/bad" ? "a\0b" : "OK" }),
  });
  const bad = await RawClient.connect(port);
  await bad.write(get("/bad"));
  expect(await bad.ended()).toHaveLength(0);
  const good = await RawClient.connect(port);
  await good.write(get("/good"));
  expect((await good.replies(1))[0]?.status).toBe(200);
  good.close();
});

test("a captured request is told whole", async () => {
  const { port, captured } = await startCapture({ clock: { ...systemClock, nowMs: () => 1234, monotonicMs: () => 5 } });
  const client = await RawClient.connect(port);
  await client.write(
    "POST /a?b HTTP/1.1\r\nHOST: a\r\nX-B: 1\r\nx-b:\t2 \r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 3\r\n\r\n",
  );
  await client.replies(1);
  expect(captured).toEqual([
    {
      method: "POST",
      target: "/a?b",
      httpVersion: "1.1",
      headers: ["HOST", "a", "X-B", "1", "x-b", "2", "Transfer-Encoding", "chunked"],
      trailers: ["X-Sum", "3"],
      body: { kind: "bytes", bytes: Buffer.from("hi") },
      receivedAtMs: 1234,
      receiveDurationMs: 0,
      remoteAddress: client.localAddress,
      origin: "capture",
      completeness: "complete",
      refusal: undefined,
    },
  ]);
  client.close();
});
