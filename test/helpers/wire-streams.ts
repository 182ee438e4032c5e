import type { Random } from "../../src/core/model/seeded.ts";

/** What a sender writes, packet by packet, in latin-1. */
export interface WireStream {
  readonly packets: readonly string[];
  /** What it does then: closes its half, leaves, resets the connection, or waits for whatever comes. */
  readonly ending: "half-close" | "close" | "reset" | "wait";
  /** Nothing in it was changed: sound requests, however they are cut. */
  readonly isSound: boolean;
}

const HOST = "Host: a";
const GET = `GET /hidden HTTP/1.1\r\n${HOST}\r\n\r\n`;

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function oneOf<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[below(random, values.length)];
  if (value === undefined) throw new Error("nothing to choose from");
  return value;
}

/** Some pipelined requests, half of the time with something wrong or odd about them, cut anywhere. */
export function randomStream(random: Random): WireStream {
  const requests = Array.from({ length: 1 + below(random, 4) }, (_, at) => randomRequest(random, at));
  const isSound = random() < 0.3;
  if (!isSound) {
    const changed = below(random, requests.length);
    requests[changed] = oddRequest(random, changed);
  }
  let text = requests.join("");
  if (!isSound && random() < 0.4) text = spoilt(random, text);
  if (!isSound && random() < 0.15) text = text.slice(0, below(random, text.length + 1));
  return { packets: cut(random, text), ending: "half-close", isSound };
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "QUERY", "M-SEARCH"];
const BODIES = ["", "x", "body", GET, `${GET}${GET}`, "\r\n\r\n", "0\r\n\r\n", "\0\x01\xff", "4\r\nwiki\r\n0\r\n\r\n"];
const SOUND_HEADERS = [
  "X-A: b",
  "X-Empty:",
  "X-Blank: \t b \t",
  "Content-Type: text/plain",
  "X-High: \x80\xff",
  "Connection: keep-alive",
];

/** A request that is sound, and that another one may follow. */
function randomRequest(random: Random, at: number): string {
  const body = oneOf(random, BODIES);
  const headers = [HOST, ...(random() < 0.5 ? [oneOf(random, SOUND_HEADERS)] : [])];
  const line = `${oneOf(random, METHODS)} /${at}?${below(random, 1000)} HTTP/1.1`;
  const blank = random() < 0.05 ? "\r\n" : "";
  if (random() < 0.3)
    return `${blank}${headOf(line, [...headers, "Transfer-Encoding: chunked"])}${inChunks(random, body)}`;
  if (body === "" && random() < 0.7) return blank + headOf(line, headers);
  return `${blank}${headOf(line, [...headers, `Content-Length: ${body.length}`])}${body}`;
}

function headOf(line: string, headers: readonly string[]): string {
  return `${[line, ...headers].join("\r\n")}\r\n\r\n`;
}

function inChunks(random: Random, body: string): string {
  let text = "";
  for (let at = 0; at < body.length;) {
    const piece = body.slice(at, at + 1 + below(random, body.length));
    text += `${"0".repeat(below(random, 2))}${piece.length.toString(16)}\r\n${piece}\r\n`;
    at += piece.length;
  }
  return `${text}0\r\n${random() < 0.2 ? "X-Trailer: 1\r\n" : ""}\r\n`;
}

const LINES = [
  "GET  /odd HTTP/1.1",
  "GET /odd  HTTP/1.1",
  "GET\t/odd HTTP/1.1",
  " GET /odd HTTP/1.1",
  "GET /odd HTTP/1.1 ",
  "GET /o dd HTTP/1.1",
  "GET /odd HTTP/1.0",
  "GET /odd HTTP/0.9",
  "GET /odd HTTP/2.0",
  "GET /odd HTTP/1.2",
  "GET /odd HTTP/11",
  "GET /odd http/1.1",
  "GET /odd",
  "GET /odd RTSP/1.0",
  "POST /odd RTSP/1.1",
  "DESCRIBE /odd RTSP/1.0",
  "SOURCE /odd ICE/1.0",
  "PRI * HTTP/2.0",
  "GET /odd FTP/1.1",
  "CONNECT a:1 HTTP/1.1",
  "TRACE /odd HTTP/1.1",
  "FOO /odd HTTP/1.1",
  "get /odd HTTP/1.1",
  "OPTIONS * HTTP/1.1",
  "GET http://b/odd HTTP/1.1",
  "GET //odd HTTP/1.1",
  "GET /odd#x HTTP/1.1",
  "GET /o\x80dd HTTP/1.1",
  "GET /o\0dd HTTP/1.1",
  "GET odd HTTP/1.1",
  "GET *odd HTTP/1.1",
  "GET * HTTP/1.1",
  "\nGET /odd HTTP/1.1",
  "\r\n\r\nGET /odd HTTP/1.1",
  "\rGET /odd HTTP/1.1",
  "GET /odd HTTP/1.1\r",
  "GET /odd HTTP/1.1\nX: y",
  "POST /odd HTTP/1.1",
  "POST /odd HTTP/1.0",
  "POST http://b HTTP/1.1",
  "GET ftp://b/ HTTP/1.1",
  "GET /odd HTTP/1.1\r\n ",
  "GET /odd HTTP/1.01",
];
const UPGRADES = [
  "Upgrade: h2c",
  "Upgrade: TLS/1.2",
  "Upgrade: websocket",
  "Upgrade:",
  "upgrade: x, y",
  "Upgrade: h2c\r\nUpgrade: z",
];
const CONNECTIONS = [
  "Connection: upgrade",
  "Connection: Upgrade, HTTP2-Settings",
  "Connection: keep-alive\r\nConnection: UPGRADE",
  "connection: \t upgrade \t",
  "Connection: upgradex",
  "Connection: close",
  "Connection: Close, upgrade",
  "Connection: keep-alive",
  "Connection: keep-alive, close",
  "Connection: close\r\nConnection: keep-alive",
  "Connection: x",
  "Connection:",
  "Connection: close,",
  "Connection: ,close",
  "Connection: close ;x",
  'Connection: "close"',
  "Connection: closed",
  "Proxy-Connection: close",
  "Connection: close close",
  "Connection: close\t",
];
const LENGTHS = [
  "Content-Length: 4",
  "Content-Length: 0",
  "Content-Length: 4\r\nContent-Length: 4",
  "Content-Length: 4\r\nContent-Length: 5",
  "Content-Length: 4, 4",
  "Content-Length: +4",
  "Content-Length: -4",
  "Content-Length: 0x4",
  "Content-Length: 4 ",
  "Content-Length: 04",
  "Content-Length:",
  "Content-Length: 4;",
  "Content-Length: 4 4",
  "Content-Length: 99999999999999999999",
  "Content-Length: 18446744073709551620",
  "Content-Length: 9007199254740993",
  "Content-Length : 4",
  "Content-Length\t: 4",
  " Content-Length: 4",
  "Content_Length: 4",
  "Content-Length: \t4\t",
  "Content-Length: 4\r\n\t",
  "content-length: 40",
  "Content-Length: \x004",
];
const CODINGS = [
  "Transfer-Encoding: chunked",
  "transfer-encoding: Chunked",
  "Transfer-Encoding: gzip, chunked",
  "Transfer-Encoding: chunked, gzip",
  "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
  "Transfer-Encoding: chunked, chunked",
  "Transfer-Encoding: identity",
  "Transfer-Encoding:",
  "Transfer-Encoding: xchunked",
  "Transfer-Encoding: chunkedx",
  "Transfer-Encoding: \tchunked\t",
  "Transfer-Encoding: chunked;q=1",
  'Transfer-Encoding: "chunked"',
  "Transfer-Encoding : chunked",
  "Transfer-Encoding: chunked\x0b",
  "Transfer-Encoding:\r\n chunked",
  "Transfer-Encoding: ,chunked",
  "Transfer-Encoding: chunked,",
  "Transfer_Encoding: chunked",
  "Transfer-Encoding: chunked\r\nContent-Length: 4",
  "Content-Length: 4\r\nTransfer-Encoding: chunked",
  "TE: chunked",
  "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
];
const OTHERS = [
  "Host: b",
  "host: a",
  "X-Fold: a\r\n b",
  "X-Bare: a\nX-B: c",
  "X-Cr: a\rb",
  "X-Nul: a\0b",
  "X-Del: a\x7fb",
  "X-Esc: \x1b[1m",
  ": empty",
  "X y: z",
  "X",
  "X:",
  "__proto__: 1",
  "Expect: 100-continue",
  "Expect: x",
  "X-(: 1",
  "\t",
  "X-A: b\r",
  "X-\x80: b",
  `X-Long: ${"a ".repeat(500)}`,
  `X-Blank:${" ".repeat(2000)}b`,
  "Trailer: X",
  "Keep-Alive: timeout=1",
];
const CHUNKS = [
  "0\r\n\r\n",
  "4\r\nwiki\r\n0\r\n\r\n",
  "4;a=b\r\nwiki\r\n0;c\r\n\r\n",
  "4 ;a\r\nwiki\r\n0\r\n\r\n",
  '4;a="b;c"\r\nwiki\r\n0\r\n\r\n',
  "4;;\r\nwiki\r\n0\r\n\r\n",
  "4; a = b\r\nwiki\r\n0\r\n\r\n",
  "4;a=b=c\r\nwiki\r\n0\r\n\r\n",
  "4;\r\nwiki\r\n0\r\n\r\n",
  "4\nwiki\r\n0\r\n\r\n",
  "4\rwiki\r\n0\r\n\r\n",
  "4\r\nwiki0\r\n\r\n",
  "4\r\nwikipedia\r\n0\r\n\r\n",
  "-4\r\nwiki\r\n0\r\n\r\n",
  "+4\r\nwiki\r\n0\r\n\r\n",
  "0x4\r\nwiki\r\n0\r\n\r\n",
  " 4\r\nwiki\r\n0\r\n\r\n",
  "4 \r\nwiki\r\n0\r\n\r\n",
  "004\r\nwiki\r\n00\r\n\r\n",
  "fffffffffffffffff\r\nwiki\r\n0\r\n\r\n",
  "10000000000000004\r\nwiki\r\n0\r\n\r\n",
  "7fffffffffffffff\r\nwiki",
  "\r\n4\r\nwiki\r\n0\r\n\r\n",
  "4\r\nwiki\r\n\r\n0\r\n\r\n",
  "4\r\nwiki\n0\r\n\r\n",
  "4\r\nwiki\r\n0\r\n\n",
  "4\r\nwiki\r\n0\n\r\n",
  "0\r\nX: y\r\n\r\n",
  "0\r\nX : y\r\n\r\n",
  "0\r\n X: y\r\n\r\n",
  "0\r\nContent-Length: 9\r\n\r\n",
  "0\r\nTransfer-Encoding: chunked\r\n\r\n",
  "0\r\nConnection: close\r\n\r\n",
  "0\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
  "0\r\nHost: b\r\n\r\n",
  "0\r\nX: y\n\r\n",
  "4\r\nwiki\r\n",
  "4;a=\x01\r\nwiki\r\n0\r\n\r\n",
  "4;a=\x80\r\nwiki\r\n0\r\n\r\n",
  "4;\ta\r\nwiki\r\n0\r\n\r\n",
  "G\r\nwiki\r\n0\r\n\r\n",
  "4\0\r\nwiki\r\n0\r\n\r\n",
  "4;a\nb\r\nwiki\r\n0\r\n\r\n",
  "4;a\rb\r\nwiki\r\n0\r\n\r\n",
  "1_0\r\nwiki\r\n0\r\n\r\n",
  "4.0\r\nwiki\r\n0\r\n\r\n",
];

/** A request with something that is wrong, or that readers have disagreed about. */
function oddRequest(random: Random, at: number): string {
  const line = random() < 0.4 ? oneOf(random, LINES) : `${oneOf(random, ["GET", "POST"])} /${at} HTTP/1.1`;
  const headers = random() < 0.95 ? [HOST] : [];
  const addTo = (chance: number, lines: readonly string[]): void => {
    if (random() < chance) headers.splice(below(random, headers.length + 1), 0, oneOf(random, lines));
  };
  addTo(0.3, UPGRADES);
  addTo(0.4, CONNECTIONS);
  addTo(0.15, LENGTHS);
  addTo(0.15, CODINGS);
  addTo(0.2, OTHERS);
  const kind = random();
  if (kind < 0.25) return headOf(line, [...headers, "Transfer-Encoding: chunked"]) + oneOf(random, CHUNKS);
  if (kind < 0.5) {
    const body = oneOf(random, BODIES);
    return headOf(line, [...headers, `Content-Length: ${body.length}`]) + body;
  }
  return headOf(line, headers) + (random() < 0.3 ? oneOf(random, [...BODIES, ...CHUNKS]) : "");
}

const BYTES = [
  "\r",
  "\n",
  "\r\n",
  " ",
  "\t",
  "\0",
  ":",
  "0",
  "a",
  "\x7f",
  "\x80",
  "\xff",
  ",",
  ";",
  "HTTP/1.1",
  "GET /",
  "/",
  "\r\n\r\n",
];

/** One or two bytes put in, taken out, changed or repeated somewhere. */
export function spoilt(random: Random, text: string): string {
  let result = text;
  for (let count = 1 + below(random, 2); count > 0; count -= 1) {
    const at = below(random, result.length + 1);
    const length = 1 + below(random, random() < 0.8 ? 2 : 30);
    const kind = below(random, 4);
    if (kind === 0) result = result.slice(0, at) + oneOf(random, BYTES) + result.slice(at);
    else if (kind === 1) result = result.slice(0, at) + result.slice(at + length);
    else if (kind === 2) result = result.slice(0, at) + oneOf(random, BYTES) + result.slice(at + length);
    else result = result.slice(0, at + length) + result.slice(at);
  }
  return result;
}

/** Packets: one, a few with cuts at any byte, or a run of single bytes somewhere. */
export function cut(random: Random, text: string): readonly string[] {
  const kind = random();
  if (kind < 0.25 || text.length < 2) return [text];
  const cuts = new Set<number>();
  if (kind < 0.9)
    for (let count = 1 + below(random, 4); count > 0; count -= 1) cuts.add(1 + below(random, text.length - 1));
  else {
    const from = 1 + below(random, text.length - 1);
    for (let at = from; at < Math.min(from + 12, text.length); at += 1) cuts.add(at);
  }
  const places = [0, ...[...cuts].toSorted((one, other) => one - other), text.length];
  return places.slice(1).map((place, at) => text.slice(places[at], place));
}
