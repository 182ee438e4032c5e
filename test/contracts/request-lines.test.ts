import { METHODS } from "node:http";
import { describe, expect, test } from "vitest";
import { startCapture } from "../helpers/capture.ts";
import { RawClient } from "../helpers/raw-client.ts";

/** Methods of RTSP that Node's parser knows beside those that it tells of. */
const RTSP_METHODS = [
  "DESCRIBE",
  "ANNOUNCE",
  "SETUP",
  "PLAY",
  "PAUSE",
  "TEARDOWN",
  "GET_PARAMETER",
  "SET_PARAMETER",
  "REDIRECT",
  "RECORD",
  "FLUSH",
];
const EVERY_METHOD = [...new Set([...METHODS, ...RTSP_METHODS, "PRI"])].toSorted();
const PROTOCOLS = ["HTTP/1.1", "HTTP/1.0", "RTSP/1.0", "RTSP/1.1", "ICE/1.0", "ICE/1.1", "XTTP/1.1", "HTTPS/1.1"];
const HOST = "Host: capture.test\r\n";
const SOUND = `GET /sound HTTP/1.1\r\n${HOST}\r\n`;
const CHUNKED = `POST /sound HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`;

/** Lines as they stand on the wire, and what they get. */
const REFUSED: readonly (readonly [line: string, status: number])[] = [
  ["GET  /x HTTP/1.1", 400],
  ["GET   /x HTTP/1.1", 400],
  ["GET /x  HTTP/1.1", 400],
  ["GET  /x  HTTP/1.1", 400],
  [`GET${" ".repeat(1000)}/x HTTP/1.1`, 400],
  ["POST  /x HTTP/1.0", 400],
  ["OPTIONS  * HTTP/1.1", 400],
  ["GET\t/x HTTP/1.1", 400],
  ["GET /x\tHTTP/1.1", 400],
  ["GET /x\t HTTP/1.1", 400],
  ["GET\x0b/x HTTP/1.1", 400],
  [" GET /x HTTP/1.1", 400],
  ["\tGET /x HTTP/1.1", 400],
  ["\nGET /x HTTP/1.1", 400],
  ["\rGET /x HTTP/1.1", 400],
  ["\r\n\nGET /x HTTP/1.1", 400],
  ["\r\n GET /x HTTP/1.1", 400],
  ["GET /x HTTP/1.1 ", 400],
  ["GET /x HTTP/1.1\t", 400],
  ["GET /x HTTP/1.1\r", 400],
  ["GET /x HTTP/1.1\0", 400],
  ["GET /x HTTP/ 1.1", 400],
  ["GET /x HTTP /1.1", 400],
  ["GET /x HTTP/1.1\r\n X: y", 400],
  ["GET /x HTTP/1", 400],
  ["GET /x HTTP", 400],
  ["GET /x http/1.1", 400],
  ["GET /x Http/1.1", 400],
  ["GET /x\0 HTTP/1.1", 400],
  ["GET /x\x01 HTTP/1.1", 400],
  ["GET /x\x7f HTTP/1.1", 400],
  ["GET /x\x80 HTTP/1.1", 400],
  ["GET /a b HTTP/1.1", 400],
  ["GET *x HTTP/1.1", 400],
  ["GET *@evil.test/ HTTP/1.1", 400],
  ["GET # HTTP/1.1", 400],
  ["GET ?x HTTP/1.1", 400],
  ["GET x HTTP/1.1", 400],
  ["GET HTTP/1.1", 400],
  ["GET  HTTP/1.1", 400],
  ["GET /x", 400],
  ["GET  /x", 400],
  ["GET", 400],
  ["DESCRIBE /x RTSP/1.0", 505],
  ["OPTIONS * RTSP/1.0", 505],
  ["GET /x RTSP/1.0", 505],
  ["GET /x RTSP/1.1", 505],
  ["GET /x RTSP/2.0", 505],
  ["GET  /x RTSP/1.1", 505],
  ["POST /x RTSP/1.1", 505],
  ["GET /HTTP/1.1 RTSP/1.1", 505],
  ["SOURCE /x ICE/1.0", 505],
  ["SOURCE /x ICE/1.1", 505],
  ["GET /x HTTP/2.0", 505],
  ["GET /x HTTP/1.2", 505],
  ["GET /x HTTP/01.1", 505],
  ["GET /x HTTP/1.10", 505],
  ["PLAY /x HTTP/1.1", 501],
  ["PRI /x HTTP/1.1", 400],
  ["PRI * HTTP/1.1", 400],
];

/** A protocol that the parser itself refuses, at its first letter: what it is called is there to be read, or not. */
const NAMED_OR_NOT = ["GET /x FTP/1.0", "GET /x HTTPS/1.1", "PUT /x RTSP/1.0", "GET /x ICE/1.0", "GET /x SIP/2.0"];

const TAKEN = [
  "\r\nGET /x HTTP/1.1",
  "\r\n\r\nGET /x HTTP/1.1",
  "GET /x HTTP/1.0",
  "GET /x#y HTTP/1.1",
  "M-SEARCH * HTTP/1.1",
];

/** Where a line stands: packets, made of those before and its own. */
const places: readonly (readonly [
  where: string,
  before: readonly string[],
  packets: (head: string) => readonly string[],
])[] = [
  ["first", [], (head) => [head]],
  ["first, one byte a packet", [], (head) => head.split("")],
  ["later", [SOUND], (head) => [head]],
  ["later, one byte a packet", [SOUND], (head) => head.split("")],
  ["later, in the packet of another", [SOUND], (head) => [SOUND + head]],
  ["later, begun in the packet of another", [SOUND], (head) => [SOUND + head.slice(0, 5), head.slice(5)]],
  ["first, begun in the packet of another", [], (head) => [SOUND + head.slice(0, 5), head.slice(5)]],
  ["behind a body in pieces", [SOUND], (head) => [`${CHUNKED}3\r\nGET`, "\r\n0\r\n", `\r\n${head}`]],
  [
    "behind its sound twin in a body",
    [SOUND],
    (head) => [
      `POST /sound HTTP/1.1\r\n${HOST}Content-Length: 39\r\n\r\nGET /x HTTP/1.1\r\nHost: capture.test\r\n\r\n${head}`,
    ],
  ],
];

describe.each(places)("%s,", (_where, before, packets) => {
  test.each(REFUSED)("%j is refused with %i, and what stands behind it is not read", async (line, status) => {
    const { statuses, forwarded } = await played(before, packets(headOf(line)), SOUND);
    expect(statuses.at(-1)).toBe(status);
    expect(statuses.slice(0, -1).every((other) => other === 200)).toBe(true);
    expect(forwarded.filter((path) => path !== "/sound")).toEqual([]);
    expect(forwarded).toHaveLength(statuses.length - 1);
  });

  test.each(NAMED_OR_NOT)("%j is refused", async (line) => {
    const { statuses, forwarded } = await played(before, packets(headOf(line)), SOUND);
    expect([400, 505]).toContain(statuses.at(-1));
    expect(forwarded).toHaveLength(statuses.length - 1);
  });

  test.each(TAKEN)("%j is taken", async (line) => {
    const { statuses, forwarded } = await played(before, packets(headOf(line)));
    expect(statuses.every((status) => status === 200)).toBe(true);
    expect(forwarded).toHaveLength(statuses.length);
  });
});

describe("every method that the parser knows", () => {
  test.each(EVERY_METHOD)("%s reaches the target in HTTP alone, with one space in each place", async (method) => {
    const isTaken = METHODS.includes(method) && method !== "CONNECT" && method !== "TRACE";
    const lines = PROTOCOLS.flatMap((protocol) => [
      `${method} /x ${protocol}`,
      `${method}  /x ${protocol}`,
      `${method} /x  ${protocol}`,
    ]);
    for (const line of lines) {
      const isAnswered = isTaken && line.startsWith(`${method} /x HTTP/`);
      const { statuses, forwarded } = await played([SOUND], [headOf(line)]);
      expect([line, forwarded]).toEqual([line, isAnswered ? ["/sound", "/x"] : ["/sound"]]);
      expect([line, statuses.length, statuses.at(-1) === 200]).toEqual([line, 2, isAnswered]);
    }
  });
});

function headOf(line: string): string {
  return `${line}\r\n${HOST}\r\n`;
}

/** Sends packets, each of `before` when the one before it was answered, then waits for the end of what they set off. */
async function played(before: readonly string[], packets: readonly string[], behind = "") {
  const { port, server, captured } = await startCapture();
  const client = await RawClient.connect(port);
  for (const [at, packet] of before.entries()) {
    await client.write(packet);
    await client.replies(at + 1);
  }
  for (const packet of packets) await client.write(packet);
  await client.write(behind);
  client.endHalf();
  const received = (await client.ended()).toString("latin1");
  client.close();
  server.close();
  return {
    statuses: [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)),
    forwarded: captured.filter(({ refusal }) => !refusal).map(({ target }) => target),
  };
}
