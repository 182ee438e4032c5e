import { createHash, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { RunningBin } from "../helpers/bin.ts";
import { type JsonLine, Listener } from "../helpers/listener.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { TargetServer } from "../helpers/target-server.ts";
import { describeWithTool, testWithTool } from "../helpers/tools.ts";

const BIG = randomBytes(3 * 1024 * 1024);
/** Five pieces, with pauses, so that the client sends chunks. */
const SLOW_PIECES =
  "import sys,time\nfor n in range(5):\n  sys.stdout.write('piece %d;' % n); sys.stdout.flush(); time.sleep(0.02)";

describeWithTool("curl", "curl", () => {
  test("posts JSON, and gets the app's reply", async () => {
    const { listener, app } = await listen();
    const { out } = await curl("-d", '{"hi":1}', "-H", "Content-Type: application/json", `${listener.url}/hooks`);
    expect(out).toBe("ok");
    expect(app.seen[0]).toMatchObject({ method: "POST", path: "/hooks" });
    expect(await onlyRequest(listener)).toMatchObject({
      method: "POST",
      target: "/hooks",
      size: 8,
      completeness: "complete",
    });
  });

  test("sends a large body after 100 Continue; every byte arrives at the app and in the store", async () => {
    const { listener, app } = await listen();
    const file = bigFile();
    const { err, out } = await curl("-v", "-H", "Expect: 100-continue", "--data-binary", `@${file}`, listener.url);
    expect(err).toContain("< HTTP/1.1 100 Continue");
    expect(out).toBe("ok");
    expect(digest((await app.requests(1))[0]?.body ?? Buffer.alloc(0))).toBe(digest(BIG));
    const { stdout } = await runHere(["show", "1", "--raw", "--db", listener.dbPath]);
    expect(digest(stdout)).toBe(digest(BIG));
  });

  test("is told 413 before it sends a body that is too large", async () => {
    const { listener } = await listen(["--max-body", "1MiB"]);
    const { err } = await curl("-v", "-H", "Expect: 100-continue", "--data-binary", `@${bigFile()}`, listener.url);
    expect(err).toContain("< HTTP/1.1 413");
    expect(err).not.toContain("100 Continue");
    expect(await onlyRequest(listener)).toMatchObject({
      completeness: "truncated",
      refusal: { code: "body-too-large" },
    });
  });

  testWithTool("python3", "uploads in chunks from a pipe; the app gets one body with its length", async () => {
    const { listener, app } = await listen();
    const command = `python3 -c "$PIECES" | curl -s -T - "$URL/upload"`;
    const shell = RunningBin.spawn(["sh", "-c", command], { env: { PIECES: SLOW_PIECES, URL: listener.url } });
    expect((await shell.ended()).out).toBe("ok");
    expect(app.seen[0]?.method).toBe("PUT");
    expect(app.seen[0]?.body.toString()).toBe("piece 0;piece 1;piece 2;piece 3;piece 4;");
    expect(app.seen[0]?.headers.map((part) => part.toLowerCase())).not.toContain("transfer-encoding");
    const { out } = await runHere(["show", "1", "--headers", "--db", listener.dbPath]);
    expect(out).toContain("Transfer-Encoding: chunked\n");
  });

  test("speaks HTTP/1.0, and the connection closes behind the reply", async () => {
    const { listener } = await listen();
    const { out } = await curl("-i", "--http1.0", "-d", "a=1", listener.url);
    expect(out).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*connection: close\r\n\r\nok$/i);
    expect(await onlyRequest(listener)).toMatchObject({ httpVersion: "1.0" });
  });

  test("sends two requests over one connection", async () => {
    const { listener } = await listen();
    const { err } = await curl(
      "-v",
      "-d",
      "1",
      `${listener.url}/a`,
      "--next",
      "-v",
      "-s",
      "-d",
      "2",
      `${listener.url}/b`,
    );
    expect(err).toContain("Re-using existing connection");
  });

  test("--http2-prior-knowledge is told what is spoken here, and is recorded", async () => {
    const { listener } = await listen();
    await curl("--http2-prior-knowledge", "-d", "1", listener.url);
    expect(await onlyRequest(listener)).toMatchObject({
      completeness: "malformed",
      refusal: { status: 505, code: "http2" },
    });
  });

  test("https is told that this port speaks plain HTTP, and is recorded", async () => {
    const { listener } = await listen();
    await curl("-k", listener.url.replace("http:", "https:"));
    expect(await onlyRequest(listener)).toMatchObject({
      completeness: "malformed",
      refusal: { status: 400, code: "tls" },
    });
  });
});

describeWithTool("python3", "Python's http.client", () => {
  test("keeps one connection for three requests, and header names in its own case", async () => {
    const { listener, app } = await listen();
    const program = `
import http.client, sys
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
for n in range(3):
    connection.request("POST", "/n%d" % n, body=b"\\xff" * n, headers={"x-MiXeD": "caf\\u00e9"})
    reply = connection.getresponse()
    print(reply.status, reply.read().decode())
connection.request("POST", "/chunks", body=iter([b"one", b"two"]), encode_chunked=True)
print(connection.getresponse().status)
`;
    const run = RunningBin.spawn(["python3", "-c", program, String(listener.port)]);
    const { out, err } = await run.ended();
    expect([out, err]).toEqual(["200 ok\n200 ok\n200 ok\n200\n", ""]);
    expect(app.seen.map(({ path, body }) => [path, body.toString("latin1")])).toEqual([
      ["/n0", ""],
      ["/n1", "ÿ"],
      ["/n2", "ÿÿ"],
      ["/chunks", "onetwo"],
    ]);
    const { headers = [] } = app.seen[1] ?? {};
    expect(headers[headers.indexOf("x-MiXeD") + 1]).toBe("café");
  });
});

describe("a sender of bare bytes", () => {
  test("trickles a request in byte by byte", async () => {
    const { listener, app } = await listen();
    const sender = await RawClient.connect(listener.port);
    await sender.writeByteByByte("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
    expect((await sender.replies(1))[0]).toMatchObject({ status: 200 });
    expect(app.seen[0]?.body.toString()).toBe("abc");
    sender.close();
  });

  test("closes its half after the request and still gets the reply", async () => {
    const { listener } = await listen();
    const sender = await RawClient.connect(listener.port);
    await sender.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
    sender.endHalf();
    expect((await sender.ended()).toString("latin1")).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test("sends two requests at once and gets two replies in order", async () => {
    const { listener, app } = await listen();
    const sender = await RawClient.connect(listener.port);
    const request = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
    await sender.write(request("/one") + request("/two"));
    expect((await sender.replies(2)).map(({ status }) => status)).toEqual([200, 200]);
    expect(app.seen.map(({ path }) => path).sort()).toEqual(["/one", "/two"]);
    sender.close();
  });

  test("leaves in the middle of a body: what came is stored as partial and goes nowhere", async () => {
    const { listener, app } = await listen();
    const sender = await RawClient.connect(listener.port);
    await sender.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf of it");
    sender.reset();
    expect(await onlyRequest(listener)).toMatchObject({
      completeness: "partial",
      size: 10,
      refusal: { code: "sender-left" },
    });
    expect(app.seen).toEqual([]);
  });
});

async function listen(
  flags: readonly string[] = [],
): Promise<{ readonly listener: Listener; readonly app: TargetServer }> {
  const app = await TargetServer.answering();
  onTestFinished(async () => app.close());
  const listener = await Listener.start(["--forward", app.origin, ...flags]);
  onTestFinished(async () => listener.kill());
  return { listener, app };
}

async function curl(...args: readonly string[]): Promise<{ readonly out: string; readonly err: string }> {
  return RunningBin.spawn(["curl", "-s", "--max-time", "90", ...args]).ended();
}

async function onlyRequest(listener: Listener): Promise<unknown> {
  const { request } = await listener.line(({ kind }: JsonLine) => kind === "request");
  return request;
}

function bigFile(): string {
  const file = join(temporaryFolder(), "big.bin");
  writeFileSync(file, BIG);
  return file;
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
