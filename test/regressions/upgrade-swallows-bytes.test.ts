import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RawClient } from "../helpers/raw-client.ts";
import { type StartedSession, startSession } from "../helpers/session.ts";
import { TargetServer } from "../helpers/target-server.ts";

const HOST = "Host: a\r\n";
const SOUND = `GET /sound HTTP/1.1\r\n${HOST}\r\n`;
const HIDDEN = `POST /hidden HTTP/1.1\r\n${HOST}X-Forged: yes\r\nContent-Length: 0\r\n\r\n`;
const CARRIER = `POST /carrier HTTP/1.1\r\n${HOST}Content-Length: ${HIDDEN.length}\r\n\r\n`;
const upgrade = (headers: string, line = "POST /up HTTP/1.1"): string => `${line}\r\n${HOST}${headers}`;
const H2C = "Connection: Upgrade\r\nUpgrade: h2c\r\n";

/** Heads that ask for another protocol, in all the ways that a parser might count. */
const asking: readonly (readonly [what: string, head: string])[] = [
  ["h2c", upgrade(`${H2C}\r\n`)],
  [
    "h2c as curl asks for it",
    upgrade("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n\r\n"),
  ],
  ["TLS", upgrade("Upgrade: TLS/1.2\r\nConnection: Upgrade\r\n\r\n", "GET /up HTTP/1.1")],
  ["something unknown, in lower case", upgrade("connection: upgrade\r\nupgrade: x\r\n\r\n")],
  ["it in two Connection headers", upgrade("Connection: keep-alive\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n")],
  ["it with blanks around", upgrade("Connection: \t upgrade\t \r\nUpgrade: \t h2c \r\n\r\n")],
  ["it in two Upgrade headers", upgrade(`${H2C}Upgrade: TLS/1.2\r\n\r\n`)],
  ["it in HTTP/1.0", upgrade("Connection: keep-alive, upgrade\r\nUpgrade: h2c\r\n\r\n", "POST /up HTTP/1.0")],
  ["it without naming it in Connection", upgrade("Upgrade: h2c\r\n\r\n")],
  ["nothing by name", upgrade("Connection: upgrade\r\nUpgrade:\r\n\r\n")],
  ["h2c, with a length of 0", upgrade(`${H2C}Content-Length: 0\r\n\r\n`)],
  ["h2c, with a body", upgrade(`${H2C}Content-Length: 4\r\n\r\nbody`)],
  ["h2c, with a body in chunks", upgrade(`${H2C}Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\nX: y\r\n\r\n`)],
  ["h2c, with an expectation", upgrade(`${H2C}Expect: 100-continue\r\nContent-Length: 4\r\n\r\nbody`)],
];

/** What comes behind: in the packet of the head, and in packets of its own. */
const behind: readonly (readonly [what: string, packets: readonly string[]])[] = [
  ["a request in the same packet", [SOUND]],
  ["a head in the same packet, its body in the next", [CARRIER, HIDDEN]],
  ["a request in the next packet", ["", SOUND]],
  ["half a head, then a whole request", ["POST /hidden HT", SOUND]],
  ["an upgrade, then a request", [upgrade(`${H2C}\r\n`), SOUND]],
  ["CONNECT, then a request", [`CONNECT a:1 HTTP/1.1\r\n${HOST}\r\n`, SOUND]],
  ["junk", ["\x16\x03\x01\r\n\r\n", "more"]],
  ["what HTTP/2 would say", ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\0\0\0\x04\0\0\0\0\0"]],
];

let target: TargetServer;
let started: StartedSession;

beforeAll(async () => {
  target = await TargetServer.answering();
  started = await startSession({ targets: [target.origin] });
});

afterAll(async () => {
  await started.end();
  await target.close();
});

describe.each(asking)("a request that asks for %s", (_what, head) => {
  test.each(behind)("is the last on its connection: nothing of %s becomes a request", async (_behind, packets) => {
    const [first = "", ...others] = packets;
    for (const sent of [
      [head + first, ...others],
      [SOUND, head + first, ...others],
      [SOUND + head + first, ...others],
      [head.slice(0, 9), head.slice(9) + first, ...others],
      [...head.split(""), first, ...others],
    ]) {
      const asked = sent[0]?.startsWith("GET /sound") ? ["/sound", "/up"] : ["/up"];
      const { statuses, seen, lastReply } = await played(sent);
      expect(seen).toEqual(asked);
      expect(statuses).toEqual(asked.map(() => 200));
      expect(lastReply).toMatch(/^connection: close\r$/im);
    }
  });

  test("is forwarded with its whole body, however that comes", async () => {
    const bodyAt = head.indexOf("\r\n\r\n") + 4;
    const before = target.seen.length;
    await played([head.slice(0, bodyAt), ...head.slice(bodyAt).split("")]);
    expect(target.seen.slice(before).map(({ body }) => body.toString())).toEqual([bodyAt < head.length ? "body" : ""]);
  });
});

/** Where a request asks for another protocol, Node's parser keeps it to itself that the rest of it is broken. */
describe("a broken body of a request that asks for h2c", () => {
  test.each([
    ["that ends too soon", `${H2C}Content-Length: 40\r\n\r\nbody`],
    ["whose chunks end too soon", `${H2C}Transfer-Encoding: chunked\r\n\r\n4\r\nbo`],
    ["whose chunks are none", `${H2C}Transfer-Encoding: chunked\r\n\r\nzz\r\n${SOUND}`],
    [
      "whose chunk is longer than its size",
      `${H2C}Transfer-Encoding: chunked\r\n\r\n4\r\nwikipedia\r\n0\r\n\r\n${SOUND}`,
    ],
    ["whose coding hides a tab", `${H2C}Transfer-Encoding: chunked\t\r\n\r\n4\r\nbody\r\n0\r\n\r\n${SOUND}`],
    ["whose coding nobody knows", `${H2C}Transfer-Encoding: chunkedx\r\n\r\n4\r\nbody\r\n0\r\n\r\n${SOUND}`],
  ])("%s is not forwarded as whole", async (_what, rest) => {
    for (const packets of [[upgrade(rest)], upgrade(rest).split("")]) {
      const { statuses, seen } = await played(packets);
      expect(seen).toEqual([]);
      expect(statuses).toHaveLength(1);
      expect([400, 501]).toContain(statuses[0]);
    }
  });
});

test("behind HTTP/2's own method in HTTP/0.9 form, which cuts the connection in Node, replies that are owed still come", async () => {
  const { statuses, seen } = await played([`${SOUND}PRI /x\r\n${H2C}\r\n`, SOUND]);
  expect([statuses, seen]).toEqual([[200, 400], ["/sound"]]);
});

test("close wins over keep-alive in HTTP/1.0 too", async () => {
  const both = `GET /both HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n`;
  const { seen, lastReply } = await played([both + SOUND]);
  expect(seen).toEqual(["/both"]);
  expect(lastReply).toMatch(/^connection: close\r$/im);
});

test("replies before the last one do not say that the connection ends", async () => {
  const { text } = await played([SOUND + SOUND + upgrade(`${H2C}\r\n`)]);
  expect(text.split(/(?=HTTP\/1\.1 )/).map((reply) => /connection: close/i.test(reply))).toEqual([false, false, true]);
});

test("a WebSocket is answered 426, and what comes behind it is not read", async () => {
  const head = upgrade("Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n", "GET /ws HTTP/1.1");
  const { statuses, seen } = await played([head + CARRIER, HIDDEN]);
  expect([statuses, seen]).toEqual([[426], []]);
});

/** Sends packets, the end behind them, and waits for the listener's end. */
async function played(packets: readonly string[]) {
  const before = target.seen.length;
  const newest = started.store.read.listRequests({ limit: 1, includeMalformed: true })[0]?.request.id ?? 0;
  const client = await RawClient.connect(started.session.port);
  for (const packet of packets) await client.write(packet);
  client.endHalf();
  const text = (await client.ended()).toString("latin1");
  client.close();
  const stored = started.store.read.listRequests({ limit: 50, includeMalformed: true });
  const replies = text.split(/(?=HTTP\/1\.1 [2-5])/).filter((reply) => !reply.startsWith("HTTP/1.1 1"));
  const seen = stored
    .filter(({ request }) => request.id > newest && !request.refusal)
    .map(({ request }) => request.target)
    .toReversed();
  // Requests of one packet go to the target at once, and may come there in any order.
  const forwarded = target.seen.slice(before).map(({ path }) => path);
  expect(forwarded.toSorted()).toEqual(seen.toSorted());
  return { text, seen, statuses: replies.map((reply) => Number(reply.slice(9, 12))), lastReply: replies.at(-1) ?? "" };
}
