import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { bytesBody, EMPTY_BODY, readBody, type Body } from "../../../../src/core/model/body.ts";
import type { Outcome } from "../../../../src/core/model/delivery.ts";
import type { ConnectorOptions } from "../../../../src/io/delivery/connector.ts";
import { TargetClient } from "../../../../src/io/delivery/target-client.ts";
import { tempSinks } from "../../../helpers/capture.ts";
import { notBefore } from "../../../helpers/not-before.ts";
import { type Answer, OK, TargetServer } from "../../../helpers/target-server.ts";
import { turns } from "../../../helpers/turns.ts";

const MIB = 1024 * 1024;
const pem = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/tls/localhost.${name}.pem`, import.meta.url), "utf8");
const tls = { key: pem("key"), cert: pem("cert") };

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly string[];
  readonly body?: Body;
  readonly timeoutMs?: number;
}

describe("what a target does, and what becomes of it", () => {
  test("nobody listens: refused, and every address of localhost is named", async () => {
    const port = await freePort();
    const outcome = await attempt(clientFor(`http://localhost:${port}`));
    expect(outcome).toMatchObject({ kind: "no-response", reason: "refused" });
    expect(detailOf(outcome)).toContain(`127.0.0.1:${port}`);
    expect(detailOf(outcome)).toContain(`[::1]:${port}`);
  });

  test.each<[string, Answer, { reason: string; detail: RegExp }]>([
    ["it says nothing", () => undefined, { reason: "timeout", detail: /no whole response within 200 ms/ }],
    ["it hangs up at once", (socket) => void socket.end(), { reason: "reset", detail: /UND_ERR_SOCKET|ECONNRESET/ }],
    ["it resets at once", (socket) => void socket.resetAndDestroy(), { reason: "reset", detail: /ECONNRESET/ }],
    [
      "it resets in the body",
      async (socket) => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        await new Promise((resolve) => setImmediate(resolve));
        socket.resetAndDestroy();
      },
      { reason: "cut-off", detail: /ECONNRESET|UND_ERR_SOCKET/ },
    ],
    [
      "it ends in the body",
      (socket) => void socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
      { reason: "cut-off", detail: /UND_ERR_SOCKET|MISMATCH/ },
    ],
    [
      "it ends in a chunk",
      (socket) => void socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhalf"),
      { reason: "cut-off", detail: /UND_ERR_SOCKET/ },
    ],
    [
      "it speaks something else",
      "SSH-2.0-OpenSSH_9.9\r\n",
      { reason: "bad-response", detail: /does not match the HTTP/ },
    ],
    [
      "its headers have no end",
      `HTTP/1.1 200 OK\r\nX: ${"a".repeat(70_000)}\r\n\r\n`,
      { reason: "bad-response", detail: /UND_ERR_HEADERS_OVERFLOW/ },
    ],
    [
      "its headers are many",
      `HTTP/1.1 200 OK\r\n${"X-Header: abc\r\n".repeat(20_000)}\r\n`,
      { reason: "bad-response", detail: /UND_ERR_HEADERS_OVERFLOW/ },
    ],
    [
      "it gives two lengths",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!",
      { reason: "cut-off", detail: /UND_ERR_RES_CONTENT_LENGTH_MISMATCH/ },
    ],
    [
      "its chunks are broken",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      { reason: "bad-response", detail: /chunk size/ },
    ],
    [
      "it switches protocols unasked",
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
      { reason: "bad-response", detail: /bad upgrade/ },
    ],
    [
      "it asks for a body that it has been sent",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
      { reason: "bad-response", detail: /bad response/ },
    ],
  ])("%s", async (_what, answer, { reason, detail }) => {
    const target = await targetAnswering(answer);
    const outcome = await attempt(clientFor(target.origin), { timeoutMs: reason === "timeout" ? 200 : 60_000 });
    expect(outcome).toMatchObject({ kind: "no-response", reason });
    expect(detailOf(outcome)).toMatch(detail);
  });

  test("it drips: the whole exchange is limited, not the pause between two bytes", async () => {
    const target = await targetAnswering((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n");
      const drip = setInterval(() => socket.write("."), 20);
      socket.once("close", () => clearInterval(drip));
    });
    const outcome = await attempt(clientFor(target.origin), { timeoutMs: 250 });
    expect(outcome).toMatchObject({ kind: "no-response", reason: "timeout" });
  });

  test.each([
    [
      "a compressed body stays compressed",
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip, gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08",
      200,
      "\x1f\x8b\x08",
    ],
    [
      "a redirect is not followed",
      "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
      302,
      "",
    ],
    ["status 999 passes", "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", 999, ""],
    [
      "103 is not the answer",
      "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok",
      201,
      "ok",
    ],
    [
      "nor is 103 twice",
      "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
      200,
      "ok",
    ],
    ["204 has no body", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""],
  ])("%s", async (_what, answer, status, text) => {
    const outcome = await attempt(clientFor((await targetAnswering(answer)).origin));
    expect(outcome).toMatchObject({ kind: "response", response: { status, bodySizeBytes: text.length } });
    expect(await textOf(outcome)).toBe(text);
  });

  test("its headers come as they are: order, letter case, repeats, latin-1", async () => {
    const target = await targetAnswering(
      "HTTP/1.1 200 Fine\r\nX-B: 1\r\nset-COOKIE: a\r\nX-B: \xe9\x80\r\nContent-Length: 0\r\n\r\n",
    );
    const outcome = await attempt(clientFor(target.origin));
    expect(outcome).toMatchObject({
      response: {
        statusText: "Fine",
        headers: ["X-B", "1", "set-COOKIE", "a", "X-B", "\xe9\x80", "Content-Length", "0"],
      },
    });
  });

  test("it answers before it has read the body", async () => {
    const target = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nearly"));
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void target.close());
    await once(target, "listening");
    const client = clientFor(`http://127.0.0.1:${(target.address() as AddressInfo).port}`);
    const outcome = await attempt(client, { method: "POST", body: bytesBody(Buffer.alloc(100_000)) });
    expect(outcome).toMatchObject({ kind: "response", response: { status: 200 } });
  });

  test("an answer too many is not given to the next request", async () => {
    const target = await targetAnswering(OK + OK.replace("200 OK", "500 Extra"), OK.replace("200", "202"));
    const client = clientFor(target.origin);
    expect(await attempt(client)).toMatchObject({ response: { status: 200 } });
    expect(await attempt(client)).toMatchObject({ response: { status: 202 } });
  });

  test("it closes a connection that was kept: the next attempt gets a new one", async () => {
    const target = await targetAnswering((socket) => void socket.end(OK));
    const client = clientFor(target.origin);
    for (let count = 0; count < 3; count += 1)
      expect(await attempt(client)).toMatchObject({ response: { status: 200 } });
    expect(target.connections).toBe(3);
  });

  test("it takes its time, and there is no limit: 0 is none at all", async () => {
    const target = await targetAnswering(async (socket) => {
      // What is due at once is over by then.
      await turns(100);
      socket.write(OK);
    });
    expect(await attempt(clientFor(target.origin), { timeoutMs: 0 })).toMatchObject({ response: { status: 200 } });
  });
});

describe("a connection that nobody uses is closed by us, before the server does it:", () => {
  test.each([
    ["soon where nothing is said", "", 24],
    ["a second before the time that the server names", "Keep-Alive: timeout=2\r\n", 999],
    ["at once where that is no time at all", "Keep-Alive: timeout=1\r\n", 0],
    ["at once where the server closes in any case", "Connection: close\r\n", 0],
    ["a while after, however long the server would wait", "Keep-Alive: timeout=86400, max=100\r\n", 3999],
  ])("%s", async (_what, header, leastMs) => {
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    const target = await targetAnswering((socket) => {
      socket.once("end", close);
      socket.write(OK.replace("\r\n", `\r\n${header}`));
    });
    const client = clientFor(target.origin);
    await notBefore(leastMs, async () => {
      expect(await attempt(client)).toMatchObject({ response: { status: 200 } });
      await closed;
    });
  });
});

describe("what goes out", () => {
  test("is exactly what was given: order, letter case, repeats, latin-1 bytes, the path verbatim", async () => {
    const target = await targetAnswering(OK);
    const headers = [
      "host",
      "a.test",
      "X-B",
      "1",
      "x-a",
      "\xe9\x80\t~",
      "X-B",
      "",
      "__proto__",
      "2",
      "content-length",
      "3",
    ];
    const path = '/a/../b?x=%2F%00&y=[1]|"<>';
    await attempt(clientFor(target.origin), {
      method: "POST",
      path,
      headers,
      body: bytesBody(Buffer.from([0, 255, 10])),
    });
    expect(target.seen[0]?.raw.toString("latin1")).toBe(
      `POST ${path} HTTP/1.1\r\nhost: a.test\r\nconnection: keep-alive\r\nX-B: 1\r\nx-a: \xe9\x80\t~\r\nX-B: \r\n__proto__: 2\r\ncontent-length: 3\r\n\r\n\0\xff\n`,
    );
  });

  test.each(["GET", "HEAD", "PUT", "DELETE", "PURGE", "QUERY", "FOO", "M-SEARCH", "x!#$%&'*+-.^_`|~1"])(
    "may have any method: %s",
    async (method) => {
      const answer = method === "HEAD" ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" : OK;
      const target = await targetAnswering(answer);
      expect(await attempt(clientFor(target.origin), { method })).toMatchObject({ response: { status: 200 } });
      expect(target.seen[0]?.method).toBe(method);
    },
  );

  test("may be a body in a file, and the length says so", async () => {
    const target = await targetAnswering(OK);
    const bytes = Buffer.alloc(3 * MIB, "0123456789");
    const body = await spooled(bytes);
    await attempt(clientFor(target.origin), { method: "POST", headers: withLength(bytes.length), body });
    expect(target.seen[0]?.body.equals(bytes)).toBe(true);
    expect(target.seen[0]?.headers).not.toContain("transfer-encoding");
  });

  test("may be a body of GET", async () => {
    const target = await targetAnswering(OK);
    await attempt(clientFor(target.origin), { headers: withLength(2), body: bytesBody(Buffer.from("hi")) });
    expect(target.seen[0]).toMatchObject({ method: "GET", body: Buffer.from("hi") });
  });

  test("never goes out where it cannot be sent", async () => {
    const target = await targetAnswering(OK);
    const client = clientFor(target.origin);
    const body: Body = {
      kind: "file",
      name: undefined,
      sizeBytes: 3,
      // oxlint-disable-next-line require-yield -- the file is gone
      async *read() {
        throw Object.assign(new Error("gone"), { code: "BODY_FILE_MISSING" });
      },
    };
    const attempts = [
      await attempt(client, { path: "/a b" }),
      await attempt(client, { method: "A B" }),
      await attempt(client, { headers: ["host", "a", "x", "a\r\nb"] }),
      await attempt(client, { method: "POST", headers: withLength(9), body: bytesBody(Buffer.from("four")) }),
      await attempt(client, { method: "POST", headers: withLength(3), body }),
    ];
    expect(attempts.map((outcome) => outcome.kind === "no-response" && outcome.reason)).toEqual(
      Array(5).fill("unsendable"),
    );
    expect(target.seen).toHaveLength(0);
  });
});

describe("localhost", () => {
  test("is either loopback address", async () => {
    const server = createServer((socket) => void socket.on("error", () => undefined).end(OK)).listen(0, "::1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect(await attempt(clientFor(`http://localhost:${port}`))).toMatchObject({ response: { status: 200 } });
  });
});

describe("a target with a certificate of its own", () => {
  test.each<[string, Partial<ConnectorOptions>, string]>([
    ["is not trusted", {}, "tls"],
    ["is trusted where any certificate is", { insecure: true }, "response"],
    ["is trusted where its certificate is given", { ca: tls.cert }, "response"],
  ])("%s", async (_what, options, expected) => {
    const target = await TargetServer.answering(OK, tls);
    onTestFinished(async () => target.close());
    const outcome = await attempt(clientFor(`https://localhost:${target.port}`, options));
    expect(outcome.kind === "no-response" ? outcome.reason : outcome.kind).toBe(expected);
    expect(detailOf(outcome)).toMatch(expected === "tls" ? /DEPTH_ZERO_SELF_SIGNED_CERT/ : /^$/);
  });

  test("is a TLS failure where it speaks plain HTTP", async () => {
    const target = await targetAnswering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const outcome = await attempt(clientFor(`https://127.0.0.1:${(server.address() as AddressInfo).port}`));
    expect(outcome).toMatchObject({ kind: "no-response", reason: "tls" });
    expect(target.seen).toEqual([]);
  });
});

test("closing interrupts what runs: the target is not to blame", async () => {
  const target = await targetAnswering(() => undefined);
  const client = new TargetClient({ origin: target.origin, insecure: false });
  const outcome = attempt(client, { timeoutMs: 0 });
  await target.requests(1);
  await client.close();
  expect(await outcome).toEqual({ kind: "interrupted" });
});

function clientFor(origin: string, options: Partial<ConnectorOptions> = {}): TargetClient {
  const client = new TargetClient({ origin, insecure: false, ...options });
  onTestFinished(async () => client.close());
  return client;
}

async function attempt(client: TargetClient, asked: Asked = {}): Promise<Outcome> {
  const { method = "GET", path = "/", headers = ["host", "a.test"], body = EMPTY_BODY, timeoutMs = 5000 } = asked;
  const exchange = client.send({ method, path, headers, body }, { timeoutMs, isRelayed: false, openSink: tempSinks() });
  return (await exchange.ended).outcome;
}

async function targetAnswering(...answers: readonly Answer[]): Promise<TargetServer> {
  const target = await TargetServer.scripted(...answers);
  onTestFinished(async () => target.close());
  return target;
}

function withLength(sizeBytes: number): readonly string[] {
  return ["host", "a.test", "content-length", String(sizeBytes)];
}

async function spooled(bytes: Buffer): Promise<Body> {
  const sink = await tempSinks()();
  await sink.write(bytes);
  return sink.finish();
}

function detailOf(outcome: Outcome): string {
  return outcome.kind === "no-response" ? outcome.detail : "";
}

async function textOf(outcome: Outcome): Promise<string> {
  if (outcome.kind !== "response") return "";
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBody(outcome.response.body)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("latin1");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
