import type { Completeness } from "../../src/core/model/request.ts";

/** How one record of an input must look in `hookcli list --all --json`; what is left out may be anything. */
export interface ExpectedRecord {
  readonly status: number;
  readonly completeness: Completeness;
  readonly code?: string;
  readonly method?: string;
  readonly target?: string;
  readonly size?: number;
}

/** Bytes that a sender might write, and what must come of them. */
export interface NastyInput {
  readonly name: string;
  /** Latin-1 text or bytes; an object waits for a reply that matches before it writes. */
  readonly pieces: readonly Piece[];
  /** What the sender does when all is written; undefined: it waits. */
  readonly ending?: "half-close" | "close" | "reset";
  /** Statuses of the replies in order, 1xx included; undefined: nobody is there to read them. */
  readonly replies?: readonly number[];
  /** What the last reply must say. */
  readonly says?: RegExp;
  /** In order of arrival. Empty: nothing is stored. */
  readonly records: readonly ExpectedRecord[];
  /** Connections that the summary must count. */
  readonly silent?: number;
  /** Waits for a time limit of the listener. */
  readonly isSlow?: boolean;
}

export type Piece = string | Uint8Array | { readonly after: RegExp; readonly bytes: string };

const HOST = "Host: capture.test\r\n";
const filler = (bytes: number): string => "a".repeat(bytes);
const manyHeaders = (count: number): string =>
  Array.from({ length: count }, (_, index) => `x-${index}: ${index % 10}\r\n`).join("");

const get = (target: string, headers = ""): string => `GET ${target} HTTP/1.1\r\n${HOST}${headers}\r\n`;
const post = (target: string, headers: string, body: string): string =>
  `POST ${target} HTTP/1.1\r\n${HOST}${headers}\r\n${body}`;
const chunked = (target: string, body: string): string => post(target, "Transfer-Encoding: chunked\r\n", body);

const ok = (method: string, target: string, size = 0): ExpectedRecord => ({
  status: 200,
  completeness: "complete",
  method,
  target,
  size,
});
const bad = (status: number, code?: string): ExpectedRecord => ({
  status,
  completeness: "malformed",
  ...(code === undefined ? {} : { code }),
});
const partial = (status: number, target: string, size: number): ExpectedRecord => ({
  status,
  completeness: "partial",
  method: "POST",
  target,
  size,
});

/** An input of one piece that is answered once and recorded once. */
const one = (name: string, bytes: string | Uint8Array, record: ExpectedRecord, says?: RegExp): NastyInput => ({
  name,
  pieces: [bytes],
  replies: [record.status],
  records: [record],
  ...(says === undefined ? {} : { says }),
});

/** What TLS 1.2 and 1.3 clients say first: record header, ClientHello, version, random, and so on. */
const CLIENT_HELLO = Buffer.concat([
  Buffer.from("16030100850100008103031122334455667788990011223344556677889900112233445566778899001122", "hex"),
  Buffer.alloc(96, 0x13),
]);
const HTTP2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

const protocols: readonly NastyInput[] = [
  one("HTTP/0.9", "GET /old\r\n\r\n", bad(400)),
  one("bytes that are no HTTP", "\x01\x02\x03 garbage \xff\xfe\r\n\r\n", bad(400, "malformed")),
  one("a line of text", "hello, is anybody there?\r\n\r\n", bad(400, "malformed")),
  one("a TLS ClientHello", CLIENT_HELLO, bad(400, "tls"), /http:\/\//),
  one("HTTP/2 with prior knowledge", HTTP2_PREFACE, bad(505, "http2"), /HTTP\/1\.1/),
  one("HTTP/2.0 in a request line", `GET /two HTTP/2.0\r\n${HOST}\r\n`, bad(505, "http-version"), /HTTP\/1\.1/),
  one("HTTP/3.0 in a request line", `GET /three HTTP/3.0\r\n${HOST}\r\n`, bad(505, "http-version"), /HTTP\/1\.1/),
  one("an HTTP version that is no number", `GET /x HTTP/x.y\r\n${HOST}\r\n`, bad(400)),
  one(
    "an upgrade to h2c",
    get("/h2c", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"),
    ok("GET", "/h2c"),
  ),
  one(
    "an upgrade to a WebSocket",
    get(
      "/ws",
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    ),
    { status: 426, completeness: "complete", code: "websocket", method: "GET", target: "/ws" },
  ),
];

const hosts: readonly NastyInput[] = [
  one("no Host", "GET /no-host HTTP/1.1\r\n\r\n", bad(400, "no-host")),
  one("two Hosts", `GET /two-hosts HTTP/1.1\r\n${HOST}Host: other.test\r\n\r\n`, bad(400, "two-hosts")),
  one("the same Host twice", `GET /two-hosts HTTP/1.1\r\n${HOST}${HOST}\r\n`, bad(400, "two-hosts")),
  one("HTTP/1.0 without Host", "GET /1.0 HTTP/1.0\r\n\r\n", ok("GET", "/1.0")),
  one("an absolute target", get("http://elsewhere.test/abs?x=1"), ok("GET", "http://elsewhere.test/abs?x=1")),
  one("an asterisk as target", `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, ok("OPTIONS", "*")),
];

const methods: readonly NastyInput[] = [
  one("CONNECT", `CONNECT elsewhere.test:443 HTTP/1.1\r\n${HOST}\r\n`, {
    status: 405,
    completeness: "complete",
    code: "method",
    method: "CONNECT",
    target: "elsewhere.test:443",
  }),
  one("TRACE", `TRACE /trace HTTP/1.1\r\n${HOST}\r\n`, {
    status: 405,
    completeness: "complete",
    code: "method",
    method: "TRACE",
  }),
  one("PURGE", `PURGE /purge HTTP/1.1\r\n${HOST}\r\n`, ok("PURGE", "/purge")),
  one("QUERY with a body", `QUERY /query HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\r\na=1`, ok("QUERY", "/query", 3)),
  one("GET with a body", `GET /get HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\r\na=1`, ok("GET", "/get", 3)),
  one("a method nobody knows", `FOO /foo HTTP/1.1\r\n${HOST}\r\n`, {
    ...bad(501, "unknown-method"),
    method: "FOO",
    target: "/foo",
  }),
  one("a method in lower case", `post /lower HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`, {
    ...bad(501, "unknown-method"),
    method: "post",
    target: "/lower",
  }),
  one("a method that is no token", `G(T /x HTTP/1.1\r\n${HOST}\r\n`, bad(400, "malformed")),
];

const expectations: readonly NastyInput[] = [
  {
    name: "Expect: 100-continue",
    pieces: [
      post("/expect", "Expect: 100-continue\r\nContent-Length: 4\r\n", ""),
      { after: /100 Continue\r\n\r\n/, bytes: "body" },
    ],
    replies: [100, 200],
    records: [ok("POST", "/expect", 4)],
  },
  one(
    "Expect: something else",
    post("/expect", "Expect: a-pony\r\nContent-Length: 4\r\n", "body"),
    ok("POST", "/expect", 4),
  ),
  one(
    "Expect: 100-continue before a body that is too large",
    post("/huge", "Expect: 100-continue\r\nContent-Length: 99999999999\r\n", ""),
    {
      status: 413,
      completeness: "truncated",
      code: "body-too-large",
      method: "POST",
      target: "/huge",
      size: 0,
    },
  ),
];

const framing: readonly NastyInput[] = [
  one("chunks", chunked("/chunks", "4\r\nwiki\r\n5\r\npedia\r\n0\r\n\r\n"), ok("POST", "/chunks", 9)),
  one(
    "chunks with trailers",
    post(
      "/trailers",
      "Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n",
      "4\r\nwiki\r\n0\r\nX-Sum: 42\r\nX-Sum: 43\r\n\r\n",
    ),
    ok("POST", "/trailers", 4),
  ),
  one("a short chunk extension", chunked("/ext", "4;name=value\r\nwiki\r\n0\r\n\r\n"), ok("POST", "/ext", 4)),
  one(
    "a chunk extension of 20 KB",
    chunked("/ext", `4;a=${filler(20_000)}\r\nwiki\r\n0\r\n\r\n`),
    partial(413, "/ext", 0),
  ),
  one("a bare LF behind a chunk size", chunked("/lf", "4\nwiki\r\n0\r\n\r\n"), partial(400, "/lf", 0)),
  one(
    "a chunk size that is no number",
    chunked("/size", "4\r\nwiki\r\nzz\r\nwiki\r\n0\r\n\r\n"),
    partial(400, "/size", 4),
  ),
  one(
    "a chunk size that overflows",
    chunked("/overflow", "4\r\nwiki\r\nfffffffffffffffff\r\n"),
    partial(400, "/overflow", 4),
  ),
  one(
    "a chunk that is longer than its size",
    chunked("/long", "4\r\nwikipedia\r\n0\r\n\r\n"),
    partial(400, "/long", 4),
  ),
  one(
    "Content-Length and Transfer-Encoding",
    post("/smuggle", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
    bad(400),
  ),
  one(
    "Transfer-Encoding: gzip, chunked",
    post("/te", "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
    bad(501, "transfer-encoding"),
    /chunked/,
  ),
  one(
    "Transfer-Encoding: chunked twice",
    post("/te", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
    bad(400),
  ),
  one("Transfer-Encoding: identity", post("/te", "Transfer-Encoding: identity\r\n", ""), bad(501, "transfer-encoding")),
  one(
    "Transfer-Encoding in HTTP/1.0",
    `POST /te HTTP/1.0\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    bad(400),
  ),
  one("the same Content-Length twice", post("/cl", "Content-Length: 4\r\nContent-Length: 4\r\n", "body"), bad(400)),
  one("two different Content-Lengths", post("/cl", "Content-Length: 4\r\nContent-Length: 5\r\n", "body!"), bad(400)),
  one("a Content-Length below zero", post("/cl", "Content-Length: -4\r\n", "body"), bad(400)),
  one("a Content-Length with a plus", post("/cl", "Content-Length: +4\r\n", "body"), bad(400)),
  one("a Content-Length that is a list", post("/cl", "Content-Length: 4, 4\r\n", "body"), bad(400)),
  one("a Content-Length that overflows", post("/cl", "Content-Length: 99999999999999999999\r\n", "body"), bad(400)),
  {
    name: "more bytes than Content-Length says",
    pieces: [post("/extra", "Content-Length: 4\r\n", "body and more\r\n\r\n")],
    replies: [200, 400],
    records: [ok("POST", "/extra", 4), bad(400)],
  },
];

const departures: readonly NastyInput[] = [
  {
    name: "fewer bytes than Content-Length says, then silence",
    pieces: [post("/short", "Content-Length: 40\r\n", "body")],
    replies: [408],
    records: [partial(408, "/short", 4)],
    isSlow: true,
  },
  {
    name: "fewer bytes than Content-Length says, then a half-close",
    pieces: [post("/short", "Content-Length: 40\r\n", "body")],
    ending: "half-close",
    replies: [400],
    records: [partial(400, "/short", 4)],
  },
  {
    name: "fewer bytes than Content-Length says, then a close",
    pieces: [post("/short", "Content-Length: 40\r\n", "body")],
    ending: "close",
    records: [partial(400, "/short", 4)],
  },
  {
    // A reset overtakes bytes that were not read yet, so the sender waits until its head is known to be there.
    name: "fewer bytes than Content-Length says, then a reset",
    pieces: [
      post("/short", "Expect: 100-continue\r\nContent-Length: 40\r\n", ""),
      { after: /100 Continue/, bytes: "" },
    ],
    ending: "reset",
    records: [partial(400, "/short", 0)],
  },
  {
    name: "chunks without an end, then a half-close",
    pieces: [chunked("/short", "4\r\nwiki\r\n")],
    ending: "half-close",
    replies: [400],
    records: [partial(400, "/short", 4)],
  },
  {
    name: "a whole request, then a half-close",
    pieces: [post("/half", "Content-Length: 4\r\n", "body")],
    ending: "half-close",
    replies: [200],
    records: [ok("POST", "/half", 4)],
  },
  {
    name: "half a head, then a half-close",
    pieces: [`GET /half-head HTTP/1.1\r\nHos`],
    ending: "half-close",
    replies: [400],
    records: [{ ...bad(400), method: "GET", target: "/half-head" }],
  },
  {
    name: "a head that never ends",
    pieces: [`GET /slow HTTP/1.1\r\n${HOST}`],
    replies: [408],
    records: [],
    silent: 1,
    isSlow: true,
  },
  { name: "a connection that says nothing", pieces: [], replies: [408], records: [], silent: 1, isSlow: true },
  { name: "a connection that closes at once", pieces: [], ending: "close", records: [] },
];

const characters: readonly NastyInput[] = [
  one("a folded header", get("/fold", "X-Long: one\r\n two\r\n"), bad(400)),
  one("bare LFs for line ends", `GET /lf HTTP/1.1\n${HOST.replace("\r", "")}\n`, bad(400)),
  one("a bare CR in a header", get("/cr", "X-Bad: one\rtwo\r\n"), bad(400)),
  one("NUL in a header", get("/nul", "X-Bad: one\0two\r\n"), bad(400)),
  one("ESC in a header", get("/esc", "X-Bad: one\x1b[31mtwo\r\n"), bad(400)),
  one("DEL in a header", get("/del", "X-Bad: one\x7ftwo\r\n"), bad(400)),
  one("a space before a header's colon", get("/colon", "X-Bad : value\r\n"), bad(400)),
  one("a header without a colon", get("/colon", "X-Bad\r\n"), bad(400)),
  one("a header without a name", get("/colon", ": value\r\n"), bad(400)),
  one("an empty header value", get("/empty", "X-Empty:\r\n"), ok("GET", "/empty")),
  one("C1 control characters in a header", get("/c1", "X-C1: \x80\x85\x9b\r\n"), ok("GET", "/c1")),
  one(
    "UTF-8 in a header",
    get("/utf-8", `X-Name: ${Buffer.from("Grüße ✓").toString("latin1")}\r\n`),
    ok("GET", "/utf-8"),
  ),
  one(
    "a header called __proto__",
    get("/proto", "__proto__: 1\r\nconstructor: 2\r\n__proto__: 3\r\n"),
    ok("GET", "/proto"),
  ),
  one("invalid UTF-8 in the path", get("/\xff\xfe"), bad(400)),
  one("a space in the path", get("/a b"), bad(400)),
  one("ESC in the path", get("/\x1b[2J"), bad(400)),
];

const targets: readonly NastyInput[] = [
  one("a path that climbs", get("/../../etc/passwd"), ok("GET", "/../../etc/passwd")),
  one("a path that looks like a host", get("//evil/x"), ok("GET", "//evil/x")),
  one("a fragment", get("/page#frag"), ok("GET", "/page#frag")),
  one("an encoded NUL", get("/a%00b?x=%2F"), ok("GET", "/a%00b?x=%2F")),
  one(
    "characters that URLs escape",
    get(`/a/../b?x=%2F%00&y=[1]|"<>\\^\`{}`),
    ok("GET", `/a/../b?x=%2F%00&y=[1]|"<>\\^\`{}`),
  ),
  one("a path without a slash", get("etc/passwd"), bad(400)),
  one("a target of 60 KB", get(`/${filler(60_000)}`), ok("GET", `/${filler(60_000)}`)),
];

const sizes: readonly NastyInput[] = [
  one("a header of 60 KB", get("/large", `X-Large: ${filler(60_000)}\r\n`), ok("GET", "/large")),
  one("a header of 100 KB", get("/larger", `X-Large: ${filler(100_000)}\r\n`), {
    ...bad(431, "head-too-large"),
    method: "GET",
    target: "/larger",
    size: 65_536,
  }),
  one("2,500 headers", get("/many", manyHeaders(2500)), ok("GET", "/many")),
  one("5,000 small headers", get("/small", "a: b\r\n".repeat(5000)), {
    ...bad(431, "head-too-large"),
    method: "GET",
    target: "/small",
  }),
  one("10,000 headers", get("/more", manyHeaders(10_000)), {
    ...bad(431, "head-too-large"),
    method: "GET",
    target: "/more",
    size: 65_536,
  }),
  one("a target of 100 KB", get(`/${filler(100_000)}`), bad(431, "head-too-large")),
];

const sequences: readonly NastyInput[] = [
  {
    name: "two requests in one packet",
    pieces: [get("/first") + get("/second")],
    replies: [200, 200],
    records: [ok("GET", "/first"), ok("GET", "/second")],
  },
  {
    name: "a request with a body, then another",
    pieces: [post("/first", "Content-Length: 4\r\n", "body") + chunked("/second", "4\r\nwiki\r\n0\r\n\r\n")],
    replies: [200, 200],
    records: [ok("POST", "/first", 4), ok("POST", "/second", 4)],
  },
  {
    name: "a request, then TLS",
    pieces: [Buffer.concat([Buffer.from(get("/first")), CLIENT_HELLO])],
    replies: [200, 400],
    records: [ok("GET", "/first"), bad(400)],
  },
  {
    name: "a request, then two Content-Lengths",
    pieces: [get("/first") + post("/second", "Content-Length: 1\r\nContent-Length: 2\r\n", "ab")],
    replies: [200, 400],
    records: [ok("GET", "/first"), { ...bad(400), method: "POST", target: "/second" }],
  },
  {
    name: "a request, then broken chunks",
    pieces: [get("/first") + chunked("/second", "4\r\nwiki\r\nzz\r\n")],
    replies: [200, 400],
    records: [ok("GET", "/first"), partial(400, "/second", 4)],
  },
  {
    name: "a request that is refused, then another",
    pieces: [`GET /first HTTP/1.1\r\n\r\n${get("/second")}`],
    replies: [400],
    records: [bad(400, "no-host")],
  },
  {
    name: "a request, then CONNECT",
    pieces: [`${get("/first")}CONNECT x.test:1 HTTP/1.1\r\n${HOST}\r\n`],
    replies: [200, 405],
    records: [ok("GET", "/first"), { status: 405, completeness: "complete", method: "CONNECT" }],
  },
  {
    name: "empty lines before a request",
    pieces: [`\r\n\r\n${get("/blank")}`],
    replies: [200],
    records: [ok("GET", "/blank")],
  },
  {
    name: "HTTP/1.0 without keep-alive, then another",
    pieces: [`GET /first HTTP/1.0\r\n\r\nGET /second HTTP/1.0\r\n\r\n`],
    replies: [200],
    records: [ok("GET", "/first"), { ...bad(400), target: "/second" }],
  },
  {
    name: "HTTP/1.0 with keep-alive, then another",
    pieces: [`GET /first HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /second HTTP/1.0\r\n\r\n`],
    replies: [200, 200],
    records: [ok("GET", "/first"), ok("GET", "/second")],
  },
  {
    name: "Connection: close, then another",
    pieces: [get("/first", "Connection: close\r\n") + get("/second")],
    replies: [200],
    records: [ok("GET", "/first"), { ...bad(400), target: "/second" }],
  },
];

/** Everything that the capture port must survive, with what it must say and keep. */
export const nastyInputs: readonly NastyInput[] = [
  ...protocols,
  ...hosts,
  ...methods,
  ...expectations,
  ...framing,
  ...departures,
  ...characters,
  ...targets,
  ...sizes,
  ...sequences,
];
