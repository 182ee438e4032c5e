import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Framing, HeadBytes } from "../../../../src/io/capture/head-bytes.ts";

const GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const POST = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n";
const CHUNKED = "PUT /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
const FOUR: Framing = { "content-length": "4" };
const IN_CHUNKS: Framing = { "transfer-encoding": "chunked" };

describe("how a request began", () => {
  test("is told from one packet, and from many", () => {
    const expected = { line: "GET /a HTTP/1.1", text: GET };
    expect(fed(GET).began({})).toEqual(expected);
    expect(fed(...GET.split("")).began({})).toEqual(expected);
  });

  test("is told as it stood on the wire, behind any empty lines", () => {
    const head = "GET \t /a   RTSP/1.0";
    expect(fed(`\r\n\r\n${head}\r\n\r\n`).began({})).toEqual({ line: head, text: `${head}\r\n\r\n` });
    expect(fed(`\r\n\n${head}\r\n\r\n`).began({})?.line).toBe(`\n${head}`);
    expect(fed(`\r${head}\r\n\r\n`).began({})?.line).toBe(`\r${head}`);
  });

  test("is told for each of several in one packet", () => {
    const { began, add } = fed(`${POST}body${GET}${CHUNKED}4\r\nGET \r\n0\r\n\r\n${GET}GET /z`);
    const lines = [FOUR, {}, IN_CHUNKS, {}].map((framing) => began(framing)?.line);
    expect(lines).toEqual(["POST /a HTTP/1.1", "GET /a HTTP/1.1", "PUT /a HTTP/1.1", "GET /a HTTP/1.1"]);
    add("  HTTP/1.1\r\n\r\n");
    expect(began({})?.line).toBe("GET /z  HTTP/1.1");
  });

  test("is told behind a body that came in many packets", () => {
    const { bytes, began, add } = fed(POST);
    began(FOUR);
    expect(bytes.passes(2)).toBe(true);
    expect(bytes.passes(3)).toBe(false);
    add("dyGET  /b");
    add(" HTTP/1.1\r\n\r\n");
    expect(began({})?.line).toBe("GET  /b HTTP/1.1");
  });

  test("is not told where the head is not there", () => {
    expect(fed("GET /a HTTP/1.1\r\nHost: a\r\n").began({})).toBeUndefined();
    expect(fed("GET /a").began({})).toBeUndefined();
    expect(fed().began({})).toBeUndefined();
  });

  test("is not told where the head is larger than what is kept", () => {
    expect(fedUpTo(64, "GET", " ".repeat(100), "/a HTTP/1.1\r\n\r\n").began({})).toBeUndefined();
  });

  test("comes out the same for any requests, however they are cut", () => {
    const request = fc.constantFrom<[string, Framing]>(
      [GET, {}],
      [`${POST}\r\n\r\n`, FOUR],
      [`${CHUNKED}4\r\n\r\n\r\n\r\n0\r\nX: y\r\n\r\n`, IN_CHUNKS],
    );
    const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 5 }), cuts, (requests, lengths) => {
        const { bytes, add, began } = fed();
        const told: (string | undefined)[] = [];
        for (const [text, framing] of requests) {
          const headEnd = text.indexOf("\r\n\r\n") + 4;
          // The parser finds a head in the packet that ends it.
          for (const piece of cut(text.slice(0, headEnd), lengths)) add(piece);
          told.push(began(framing)?.line);
          for (const piece of cut(text.slice(headEnd), lengths)) if (!bytes.passes(piece.length)) add(piece);
        }
        expect(told).toEqual(requests.map(([text]) => text.slice(0, text.indexOf("\r\n"))));
        expect(bytes.held()).toHaveLength(0);
      }),
    );
  });
});

describe("what is held", () => {
  test("is what came since the last whole request", () => {
    const { began, add, held } = fed("GET /a HT");
    add("TP/1.1\r\n\r\n");
    expect(held()).toBe("GET /a HTTP/1.1\r\n\r\n");
    began({});
    expect(held()).toBe("");
    add("junk");
    add(" and more");
    expect(held()).toBe("junk and more");
  });

  test("is nothing of a body, and all that comes behind it", () => {
    const { began, add, held } = fed(`${POST}bo`);
    began(FOUR);
    expect(held()).toBe("");
    add("dyGET /b");
    add(" HTTP/1.1\r\nbroken");
    expect(held()).toBe("GET /b HTTP/1.1\r\nbroken");
  });

  test("is no more than was asked for, whatever comes", () => {
    const { add, held } = fedUpTo(64, "x".repeat(40), "y".repeat(40));
    expect(held()).toBe("x".repeat(40) + "y".repeat(24));
    add("z");
    expect(held()).toBe("x".repeat(40) + "y".repeat(24));
  });

  test("is a copy where it came in pieces: the packets are left alone", () => {
    const packets = [Buffer.from("GET"), Buffer.from(" /a"), Buffer.from("b")];
    const bytes = new HeadBytes(64);
    for (const packet of packets) bytes.add(packet);
    expect(bytes.held().toString()).toBe("GET /ab");
    expect(packets.map(String)).toEqual(["GET", " /a", "b"]);
  });

  test("takes a head byte by byte without being copied for each of them", () => {
    const bytes = new HeadBytes(64 * 1024);
    const one = Buffer.from("x");
    for (let count = 0; count < 64 * 1024; count += 1) bytes.add(one);
    const { buffer } = bytes.held();
    expect(bytes.held()).toHaveLength(64 * 1024);
    expect(buffer.byteLength).toBeLessThan(256 * 1024);
  });
});

function fed(...packets: readonly string[]) {
  return fedUpTo(64 * 1024, ...packets);
}

function fedUpTo(mostBytes: number, ...packets: readonly string[]) {
  const bytes = new HeadBytes(mostBytes);
  const add = (text: string): void => bytes.add(Buffer.from(text, "latin1"));
  for (const packet of packets) add(packet);
  return {
    bytes,
    add,
    began: (framing: Framing) => bytes.requestBegan(framing),
    held: (): string => bytes.held().toString("latin1"),
  };
}

function cut(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

test("what nobody will ask for is not kept", () => {
  const head = new HeadBytes(1000);
  head.add(Buffer.from("GET / HTTP/1.1\r\nHo"));
  head.forget();
  expect(head.held()).toHaveLength(0);
});
