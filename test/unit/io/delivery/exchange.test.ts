import { describe, expect, onTestFinished, test } from "vitest";
import { bodySizeBytes, type BodySink, EMPTY_BODY } from "../../../../src/core/model/body.ts";
import { MAX_STORED_RESPONSE_BYTES } from "../../../../src/core/model/delivery.ts";
import type { Reply } from "../../../../src/core/model/reply.ts";
import type { Exchange } from "../../../../src/io/delivery/exchange.ts";
import { TargetClient } from "../../../../src/io/delivery/target-client.ts";
import { gate, tempSinks } from "../../../helpers/capture.ts";
import { type Answer, OK, TargetServer } from "../../../helpers/target-server.ts";

const MIB = 1024 * 1024;

interface Asked {
  readonly timeoutMs?: number;
  readonly isRelayed?: boolean;
  readonly openSink?: () => Promise<BodySink>;
}

test("a whole response is the outcome and, where somebody waits, the reply", async () => {
  const { exchange } = await send(OK, { isRelayed: true });
  const response = { status: 200, statusText: "OK", headers: ["Content-Length", "2"] };
  expect(await exchange.reply).toEqual({ ...response, body: { kind: "bytes", bytes: Buffer.from("ok") } });
  const { outcome, durationMs } = await exchange.ended;
  expect(outcome).toEqual({
    kind: "response",
    response: { ...response, body: { kind: "bytes", bytes: Buffer.from("ok") }, bodySizeBytes: 2 },
  });
  expect(durationMs).toBeGreaterThan(0);
});

test.each([
  {
    what: "in UTF-8 is kept as its bytes",
    sent: "tr\u00e8s \u6210\u529f",
    encoding: "utf8",
    kept: "tr\u00c3\u00a8s \u00e6\u0088\u0090\u00e5\u008a\u009f",
  },
  {
    what: "that is no UTF-8 goes out with a question mark",
    sent: "tr\u00e8s",
    encoding: "latin1",
    kept: "tr?s",
  },
] as const)("a status phrase $what", async ({ sent, encoding, kept }) => {
  const { exchange } = await send(Buffer.from(`HTTP/1.1 200 ${sent}\r\nContent-Length: 0\r\n\r\n`, encoding), {
    isRelayed: true,
  });
  expect((await exchange.reply)?.statusText).toBe(kept);
  expect((await exchange.ended).outcome).toMatchObject({ response: { statusText: kept } });
});

test("nobody waits: there is no reply, and the outcome is the same", async () => {
  const { exchange } = await send(OK);
  expect(await exchange.reply).toBeUndefined();
  expect((await exchange.ended).outcome.kind).toBe("response");
});

test("a failure is no reply", async () => {
  const { exchange } = await send((socket) => void socket.destroy(), { isRelayed: true });
  expect(await exchange.reply).toBeUndefined();
  expect((await exchange.ended).outcome).toMatchObject({ kind: "no-response", reason: "reset" });
});

describe("a response that arrives slowly", () => {
  test("is relayed before it is whole", async () => {
    const rest = gate();
    const { exchange } = await send(
      async (socket) => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst");
        await rest.opened;
        socket.write("last");
      },
      { isRelayed: true },
    );
    const reader = readerOf(await exchange.reply);
    expect(textOf(await reader.next())).toBe("first");
    rest.open();
    expect(textOf(await reader.next())).toBe("last");
    expect((await exchange.ended).outcome).toMatchObject({ response: { bodySizeBytes: 9 } });
  });

  test("is cut for the reader where the time is over", async () => {
    const { exchange } = await send(
      (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst"),
      { isRelayed: true, timeoutMs: 2000 },
    );
    const reader = readerOf(await exchange.reply);
    await reader.next();
    await expect(reader.next()).rejects.toThrow("no whole response within 2000 ms");
    expect((await exchange.ended).outcome).toMatchObject({ reason: "timeout" });
  });
});

describe("a large response", () => {
  test("is relayed whole, stored up to the limit, and never held in memory for a slow reader", async () => {
    const size = 3 * MAX_STORED_RESPONSE_BYTES;
    const bytes = Buffer.alloc(size, "0123456789");
    const { exchange, target } = await send(
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`), bytes]),
      { isRelayed: true },
    );
    const reader = readerOf(await exchange.reply);
    await target.requests(1);
    const chunks: Uint8Array[] = [];
    for (let result = await reader.next(); result.done !== true; result = await reader.next()) {
      chunks.push(result.value);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    const { outcome } = await exchange.ended;
    expect(outcome).toMatchObject({ response: { bodySizeBytes: size, body: { kind: "file" } } });
    expect(outcome.kind === "response" && bodySizeBytes(outcome.response.body)).toBe(MAX_STORED_RESPONSE_BYTES);
  });

  test("is read to its end where the reader leaves", async () => {
    const { exchange } = await send(
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${8 * MIB}\r\n\r\n`), Buffer.alloc(8 * MIB)]),
      { isRelayed: true },
    );
    await readerOf(await exchange.reply).return?.();
    expect((await exchange.ended).outcome).toMatchObject({ response: { bodySizeBytes: 8 * MIB } });
  });

  test.each([
    ["opened", refusingSinks("open")],
    ["written", refusingSinks("write")],
    ["finished", refusingSinks("finish")],
  ])("whose file cannot be %s is relayed whole all the same, and stored without its body", async (_, openSink) => {
    const bytes = Buffer.alloc(3 * MIB, "0123456789");
    const { exchange } = await send(
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n\r\n`), bytes]),
      { isRelayed: true, openSink },
    );
    const reader = readerOf(await exchange.reply);
    const chunks: Uint8Array[] = [];
    for (let result = await reader.next(); result.done !== true; result = await reader.next())
      chunks.push(result.value);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    expect((await exchange.ended).outcome).toMatchObject({
      response: { status: 200, body: EMPTY_BODY, bodySizeBytes: bytes.length },
    });
  });
});

async function send(answer: Answer, { timeoutMs = 10_000, isRelayed = false, openSink = tempSinks() }: Asked = {}) {
  const target = await TargetServer.answering(answer);
  const client = new TargetClient({ origin: target.origin, insecure: false });
  onTestFinished(async () => {
    await client.close();
    await target.close();
  });
  const request = { method: "GET", path: "/", headers: ["host", "a.test"], body: EMPTY_BODY };
  const exchange: Exchange = client.send(request, { timeoutMs, isRelayed, openSink });
  return { exchange, target };
}

test("the target is read no further while the disk is slow, however quick the reader is", async () => {
  const slow = gate();
  let offeredBytes = 0;
  const openSink = async (): Promise<BodySink> => {
    const sink = await tempSink();
    return { ...sink, write: async (chunk) => slow.opened.then(() => sink.write(chunk)) };
  };
  const tempSink = async () => {
    const sink = await tempSinks()();
    return {
      write: async (chunk: Uint8Array) => sink.write(chunk),
      finish: async () => sink.finish(),
      discard: async () => sink.discard(),
    };
  };
  const whole = 64 * MIB;
  const piece = Buffer.alloc(256 * 1024, "x");
  const { exchange } = await send(
    (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${whole}\r\n\r\n`);
      const goOn = (): void => {
        while (offeredBytes < whole) {
          offeredBytes += piece.length;
          if (!socket.write(piece)) return;
        }
      };
      socket.on("drain", goOn);
      goOn();
    },
    { isRelayed: true, openSink },
  );
  const reader = readerOf(await exchange.reply);
  let readBytes = 0;
  const reading = (async () => {
    for (let next = await reader.next(); next.done !== true; next = await reader.next()) readBytes += next.value.length;
  })();
  await expect.poll(() => readBytes).toBeGreaterThan(MIB);
  const before = readBytes;
  for (let turns = 0; turns < 200; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(readBytes - before).toBeLessThan(MIB);
  slow.open();
  await reading;
  expect(readBytes).toBe(whole);
});

/** Files on a disk that is full when it comes to `step`. */
function refusingSinks(step: "open" | "write" | "finish"): () => Promise<BodySink> {
  const full = async (): Promise<never> => {
    throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
  };
  if (step === "open") return full;
  return async () => {
    const sink = await tempSinks()();
    return {
      write: step === "write" ? full : async (chunk) => sink.write(chunk),
      finish: step === "finish" ? full : async () => sink.finish(),
      discard: async () => sink.discard(),
    };
  };
}

function readerOf(reply: Reply | undefined): AsyncIterator<Uint8Array> {
  if (reply?.body.kind !== "stream") throw new Error("not a stream");
  return reply.body.chunks[Symbol.asyncIterator]();
}

function textOf(result: IteratorResult<Uint8Array>): string {
  return result.done === true ? "" : Buffer.from(result.value).toString();
}
