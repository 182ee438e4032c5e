import { createHmac } from "node:crypto";
import { METHODS } from "node:http";
import octokitExamples from "@octokit/webhooks-examples" with { type: "json" };
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Forwarder } from "../../src/app/delivering/forwarder.ts";
import { replay, type StartedReplay } from "../../src/app/replaying/replay.ts";
import { readBody } from "../../src/core/model/body.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import { headerFields, headerValue } from "../../src/core/model/headers.ts";
import { parseTarget } from "../../src/core/model/target.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { rounds } from "../helpers/rounds.ts";
import { FORWARD, type StartedSession, startSession } from "../helpers/session.ts";
import { type SeenRequest, TargetServer } from "../helpers/target-server.ts";

const RUNS = rounds(100);
/** Its types describe the payloads one by one, and not the list. */
const webhooks = octokitExamples as unknown as readonly {
  readonly name: string;
  readonly examples: readonly unknown[];
}[];
const SECRET = "It's a Secret to Everybody";

/** Documented: what belongs to the connection is not sent on, and host and length are hookcli's own. */
const NOT_SENT_ON = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

interface Sent {
  readonly method: string;
  readonly target: string;
  /** With host and framing. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly isChunked: boolean;
}

let target: TargetServer;
let started: StartedSession;
let forwarder: Forwarder;

beforeAll(async () => {
  target = await TargetServer.answering("HTTP/1.1 204 No Content\r\n\r\n");
  started = await startSession({ targets: [target.origin] });
  forwarder = new Forwarder(
    FORWARD,
    async () => started.store.openSink(),
    () => undefined,
  );
  await started.store.beginSession({
    command: "replay",
    pid: process.pid,
    processMark: "",
    startedAtMs: 0,
    targets: [],
    directory: "/",
  });
});

afterAll(async () => {
  await forwarder.close();
  await started.end();
  await target.close();
});

describe("what is sent is what is stored, forwarded and replayed", () => {
  test(`for ${RUNS} requests of any shape`, { timeout: 120_000 + RUNS * 100 }, async () => {
    const property = fc.asyncProperty(anyRequest(), async (request) => void (await passesUnchanged(request)));
    await fc.assert(property, { numRuns: RUNS });
    await allDelivered();
  });

  test.each([false, true])("for a body of 3 MiB (in chunks: %s)", async (isChunked) => {
    const body = Buffer.alloc(
      3 * 1024 * 1024,
      Uint8Array.from({ length: 257 }, (_, at) => at % 256),
    );
    await passesUnchanged(sent("PUT", "/large", [], body, isChunked));
    await allDelivered();
  });

  const payloads = webhooks.flatMap(({ name, examples }) => examples.map((example) => ({ name, example })));

  test(`for ${payloads.length} recorded payloads of GitHub, with signatures that still hold`, async () => {
    expect(payloads).toHaveLength(329);
    for (const { name, example } of payloads) {
      const body = Buffer.from(JSON.stringify(example));
      const headers = ["X-GitHub-Event", name, "Content-Type", "application/json", "X-Hub-Signature-256", sign(body)];
      const { forwarded, replayed } = await passesUnchanged(sent("POST", "/webhooks/github", headers, body, false));
      for (const seen of [forwarded, replayed]) {
        expect(headerValue(seen.headers, "x-hub-signature-256")).toBe(sign(seen.body));
      }
    }
    await allDelivered();
  });
});

/** What becomes of an attempt is written with the next commit, and that is the next request's: nobody waits for one of its own. */
const settling: StartedReplay["settled"][] = [];

async function allDelivered(): Promise<void> {
  const ended = await Promise.all(settling.splice(0));
  expect(ended.length).toBeGreaterThan(0);
  for (const { delivery } of ended) expect(delivery.status).toBe("delivered");
}

/** Sends, and holds against each other what was sent, stored, forwarded and replayed. */
async function passesUnchanged(request: Sent): Promise<{ forwarded: SeenRequest; replayed: SeenRequest }> {
  const { method, target: path, headers, body } = request;
  const seenBefore = target.seen.length;
  const client = await RawClient.connect(started.session.port);
  await client.write(onTheWire(request));
  const [reply] = await client.replies(1);
  client.close();
  expect(reply?.status).toBe(204);

  const stored = started.store.read.findRequest({ kind: "latest", back: 0 });
  if (!stored) throw new Error("nothing is stored");
  const storedBody: Uint8Array[] = [];
  for await (const chunk of readBody(stored.body)) storedBody.push(chunk);
  expect(stored).toMatchObject({ method, target: path, headers, completeness: "complete" });
  expect(Buffer.concat(storedBody).equals(body)).toBe(true);

  const route = forwarder.route(stored, parseTarget(target.origin, "the target"));
  const { settled } = await replay(stored, route, { store: started.store, clock: systemClock, forwarder });
  settling.push(settled);
  await Promise.race([target.requests(seenBefore + 2), settled]);

  const [forwarded, replayed] = target.seen.slice(seenBefore);
  if (!forwarded || !replayed) throw new Error("the target was not reached twice");
  expect({ method: forwarded.method, path: forwarded.path }).toEqual({ method, path });
  expect(endToEnd(forwarded.headers)).toEqual(endToEnd(headers));
  expect(headerValue(forwarded.headers, "host")).toBe(new URL(target.origin).host);
  expect(forwarded.body.equals(body)).toBe(true);
  expect(replayed.raw.equals(forwarded.raw)).toBe(true);
  return { forwarded, replayed };
}

function anyRequest(): fc.Arbitrary<Sent> {
  const method = fc.constantFrom(...METHODS.filter((name) => name !== "CONNECT" && name !== "TRACE"));
  const path = bytesAs(fc.integer({ min: 0x21, max: 0x7e }), 60).map((rest) => `/${rest}`);
  const body = fc.oneof(fc.constant(new Uint8Array(0)), fc.uint8Array({ maxLength: 3000 }));
  const headers = fc.array(fc.tuple(headerName(), headerValueBytes()), { maxLength: 20 });
  return fc
    .tuple(method, path, headers, body, fc.boolean())
    .map(([name, target, fields, bytes, isChunked]) =>
      sent(name, target, fields.flat(), Buffer.from(bytes), isChunked && bytes.length > 0),
    );
}

function headerName(): fc.Arbitrary<string> {
  const tokenCharacters = Array.from("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  const token = fc.string({ unit: fc.constantFrom(...tokenCharacters), minLength: 1, maxLength: 30 });
  const odd = fc.constantFrom(
    "__proto__",
    "constructor",
    "X-Signature",
    "Set-Cookie",
    "Content-Type",
    "Content-Encoding",
  );
  const hopByHop = fc.constantFrom("TE", "Keep-Alive", "Proxy-Authorization", "Trailer");
  // What frames the message or changes its meaning is not any header.
  const isAny = (name: string): boolean =>
    !/^(?:host|connection|content-length|transfer-encoding|upgrade|expect)$/i.test(name);
  return fc.oneof({ arbitrary: token.filter(isAny), weight: 8 }, odd, hopByHop);
}

function headerValueBytes(): fc.Arbitrary<string> {
  const byte = fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff }), fc.constant(0x09));
  return bytesAs(byte, 80).map((value) => value.replaceAll(/^[ \t]+|[ \t]+$/g, ""));
}

/** Latin-1 text of such bytes. */
function bytesAs(byte: fc.Arbitrary<number>, maxLength: number): fc.Arbitrary<string> {
  return fc.array(byte, { maxLength }).map((bytes) => Buffer.from(bytes).toString("latin1"));
}

function sent(method: string, path: string, fields: readonly string[], body: Buffer, isChunked: boolean): Sent {
  const framing = isChunked ? ["Transfer-Encoding", "chunked"] : ["Content-LENGTH", String(body.length)];
  return { method, target: path, headers: ["HOST", "capture.test", ...fields, ...framing], body, isChunked };
}

function onTheWire({ method, target: path, headers, body, isChunked }: Sent): Buffer {
  let head = `${method} ${path} HTTP/1.1\r\n`;
  for (const [name, value] of headerFields(headers)) head += `${name}: ${value}\r\n`;
  const start = Buffer.from(`${head}\r\n`, "latin1");
  if (!isChunked) return Buffer.concat([start, body]);
  const middle = Math.ceil(body.length / 2);
  const pieces = [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length > 0);
  const chunks = pieces.flatMap((piece) => [`${piece.length.toString(16)}\r\n`, piece, "\r\n"]);
  return Buffer.concat([start, ...chunks.map((part) => Buffer.from(part)), Buffer.from("0\r\n\r\n")]);
}

function endToEnd(headers: readonly string[]): readonly (readonly [string, string])[] {
  return [...headerFields(headers)].filter(([name]) => !NOT_SENT_ON.has(name.toLowerCase()));
}

function sign(body: Uint8Array): string {
  return `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
}
