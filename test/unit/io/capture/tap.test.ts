import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Tap, withoutWholeRequests } from "../../../../src/io/capture/tap.ts";

const GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const HEAD = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n";
const CHUNKED = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\nX: y\r\n\r\n";
const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

describe("the tap", () => {
  test("holds what came since the last whole request", () => {
    const { tap, add, held } = newTap();
    expect(held()).toBe("");
    add("GET /a HT");
    add("TP/1.1\r\n\r\n");
    expect(held()).toBe("GET /a HTTP/1.1\r\n\r\n");
    tap.requestBegan();
    expect(held()).toBe("");
    add("junk");
    add(" and more");
    expect(held()).toBe("junk and more");
  });

  test("keeps what follows whole requests in the same packet", () => {
    const { tap, add, held } = newTap();
    add(`${HEAD}body${GET}junk`);
    tap.requestBegan();
    tap.requestBegan();
    expect(held()).toBe("junk");
    add("!");
    expect(held()).toBe("junk!");
  });

  test("keeps the start of a head whose end comes later", () => {
    const { tap, add, addToBody, held } = newTap();
    add(`${HEAD}bo`);
    tap.requestBegan();
    addToBody("dyGET /b");
    add(" HTTP/1.1\r\nbroken");
    expect(held()).toBe("GET /b HTTP/1.1\r\nbroken");
  });

  test("forgets a request when the next one begins, however large its body was", () => {
    const { tap, add, addToBody, held } = newTap();
    add("POST /a HTTP/1.1\r\nContent-Length: 80000\r\n\r\n");
    tap.requestBegan();
    addToBody("x".repeat(40_000));
    addToBody("x".repeat(40_000));
    add("GET /b");
    expect(held()).toBe("GET /b");
  });

  test("holds the first 64 KiB at most", () => {
    const { add, held } = newTap();
    add("x".repeat(40_000));
    add("y".repeat(40_000));
    add("z");
    expect(held()).toBe("x".repeat(40_000) + "y".repeat(25_536));
  });
});

describe("without the requests that were whole before the failing bytes,", () => {
  test.each([
    ["one without a body", GET],
    ["one with a length", `${HEAD}\r\n\r\n`],
    ["one in chunks", CHUNKED],
    ["one with empty lines before it", `\r\n\r\n${GET}`],
    ["several", HEAD + "body" + GET + CHUNKED + GET],
  ])("a chunk is what is left: %s", (_what, whole) => {
    expect(rest(whole, "junk\r\n\r\n", 0)).toBe("junk\r\n\r\n");
    expect(rest(whole, "GET /b HTTP/9.9\r\n\r\n", 14)).toBe("GET /b HTTP/9.9\r\n\r\n");
  });

  test("a chunk is kept whole that begins inside of a body", () => {
    expect(rest(`body${GET}`, "junk\r\n\r\n", 0)).toBe(`body${GET}junk\r\n\r\n`);
  });

  test("the malformed message itself is there, and what comes behind it too", () => {
    const malformed = `GET /b HTTP/9.9\r\nHost: a\r\n\r\n${GET}`;
    expect(rest("", malformed, 14)).toBe(malformed);
    expect(rest(GET, malformed, 14)).toBe(malformed);
    expect(rest("", GET, 5)).toBe(GET);
  });

  test("the last message is there, even where it looks whole and the parser had read all of it", () => {
    expect(rest("", GET, GET.length)).toBe(GET);
    expect(rest(GET, GET, GET.length)).toBe(GET);
    expect(rest("", CHUNKED, CHUNKED.length)).toBe(CHUNKED);
  });

  test("a message is there whose end has not come", () => {
    expect(rest(GET, `${HEAD}bod`, HEAD.length + 3)).toBe(`${HEAD}bod`);
    expect(rest(GET, "GET /b HTTP/1.1\r\nHo", 19)).toBe("GET /b HTTP/1.1\r\nHo");
  });

  test("any whole requests are gone, and what failed stands as it came", () => {
    const body = fc.string({ unit: fc.constantFrom("a", "\r\n", "0", "GET / HTTP/1.1\r\n\r\n"), maxLength: 6 });
    const whole = fc.oneof(fc.constant(GET), body.map(withLength), body.map(inChunks));
    const failing = fc.constantFrom(
      "\x16\x03\x01 junk",
      "GET /b HTTP/9.9\r\n\r\n",
      "GET /b HTTP/1.1\r\nbro ken\r\n\r\n",
    );
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 5 }), failing, (before, failed) => {
        expect(rest(before.join(""), failed, 1)).toBe(failed);
      }),
    );
  });

  test("any bytes leave their own end, wherever the parser is said to have failed", () => {
    const message = fc.string({
      unit: fc.constantFrom(
        "GET /",
        " ",
        "\r\n",
        "\r\n\r\n",
        "Transfer-Encoding:",
        "Content-Length:9",
        "f",
        "0",
        "-6",
        "a",
      ),
      maxLength: 40,
    });
    const chunk = fc.oneof(
      message.map(bytes),
      fc.uint8Array({ maxLength: 200 }).map((any) => Buffer.from(any)),
    );
    fc.assert(
      fc.property(chunk, fc.integer({ min: -10, max: 300 }), (any, parsedBytes) => {
        const left = withoutWholeRequests(any, parsedBytes);
        expect(any.subarray(any.length - left.length).equals(left)).toBe(true);
        expect(left.length === 0).toBe(any.length === 0);
      }),
    );
  });
});

function newTap() {
  const tap = new Tap();
  return {
    tap,
    /** A chunk that comes while no request is arriving. */
    add: (text: string): void => tap.add(bytes(text), true),
    addToBody: (text: string): void => tap.add(bytes(text), false),
    held: (): string => tap.held().toString("latin1"),
  };
}

/** @param failedAt where in `failed` the parser gave up */
function rest(whole: string, failed: string, failedAt: number): string {
  return withoutWholeRequests(bytes(whole + failed), whole.length + failedAt).toString("latin1");
}

function withLength(body: string): string {
  return `POST /a HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function inChunks(body: string): string {
  const chunk = body === "" ? "" : `${body.length.toString(16)}\r\n${body}\r\n`;
  return `POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`;
}
