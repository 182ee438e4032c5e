import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { buildConnector } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import { bytesBody, EMPTY_BODY } from "../../../../src/core/model/body.ts";
import { type EndedExchange, Exchange } from "../../../../src/io/delivery/exchange.ts";
import { Line, LineClient, type OnLine } from "../../../../src/io/delivery/line.ts";
import { TargetClient } from "../../../../src/io/delivery/target-client.ts";
import { tempSinks } from "../../../helpers/capture.ts";
import { closingTarget } from "../../../helpers/closing-target.ts";
import { heldUpUntil } from "../../../helpers/held-up.ts";
import { TargetServer } from "../../../helpers/target-server.ts";

test("a line knows its connection, and a new connection begins anew", async () => {
  const target = await closingTarget("FIN");
  onTestFinished(() => target.close());
  const line = new Line();
  const connect = line.wrap(buildConnector({ allowH2: false }));
  const open = async () =>
    new Promise((resolve) =>
      connect({ hostname: "127.0.0.1", protocol: "http:", port: String(target.port) }, (_error, socket) =>
        resolve(socket?.destroy()),
      ),
    );
  expect([line.socket, line.uses]).toEqual([undefined, 0]);
  const first = await open();
  expect(line.socket).toBe(first);
  line.uses = 3;
  await open();
  expect(line.socket).not.toBe(first);
  expect(line.uses).toBe(0);
});

test("each request is told its line before anything else", async () => {
  const target = await closingTarget("FIN");
  const client = new LineClient(target.origin, { connect: buildConnector({ allowH2: false }) });
  onTestFinished(async () => {
    await client.destroy();
    await target.close();
  });
  const exchange = new Exchange("POST", { timeoutMs: 10_000, isRelayed: false, openSink: tempSinks() });
  const lines: Line[] = [];
  const told: OnLine = new Proxy(exchange, {
    get: (handler, name) => {
      const value: unknown = Reflect.get(handler, name);
      if (name === "onLine")
        return (line: Line) => {
          lines.push(line);
          handler.onLine(line);
        };
      return typeof value === "function" ? (value.bind(handler) as unknown) : value;
    },
  });
  client.dispatch({ method: "POST", path: "/", headers: ["host", "a"], body: null }, told);
  expect(lines.map(({ socket }) => socket)).toEqual([undefined]);
  expect((await exchange.ended).outcome).toMatchObject({
    kind: "response",
    response: { body: { kind: EMPTY_BODY.kind } },
  });
  expect(lines.map(({ uses }) => uses)).toEqual([1]);
});

const UNSEEN = "on a connection that had been kept open: your app may not have seen it";

describe.each(["FIN", "RST"] as const)(
  "a kept connection that the target closes with %s as a request comes",
  (form) => {
    test.each(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])("%s may be sent once more", async (method) => {
      const { outcome, mayRepeat } = await secondOf(await closingTarget(form), method);
      expect(outcome).toMatchObject({ kind: "no-response", reason: "reset" });
      expect(mayRepeat).toBe(true);
      expect(detailOf(outcome)).toMatch(/on a connection that had been kept open$/);
    });

    test.each(["POST", "PATCH", "QUERY", "get"])("%s went out, and may not", async (method) => {
      const target = await closingTarget(form);
      const { outcome, mayRepeat } = await secondOf(target, method);
      expect(outcome).toMatchObject({ kind: "no-response", reason: "reset" });
      expect(mayRepeat).toBe(false);
      expect(detailOf(outcome)).toContain(UNSEEN);
      expect(target.seen).toHaveLength(2);
    });

    test("the first request of a connection is never sent again", async () => {
      const target = await TargetServer.answering((socket) => {
        if (form === "FIN") socket.end();
        else socket.resetAndDestroy();
      });
      const { send } = clientOf(target);
      const { outcome, mayRepeat } = await send("GET");
      expect(outcome).toMatchObject({ kind: "no-response", reason: "reset" });
      expect(detailOf(outcome)).not.toContain("kept");
      expect(mayRepeat).toBe(false);
    });

    test("nor is a request whose response had begun", async () => {
      let answers = 0;
      const target = await TargetServer.answering((socket) => {
        answers += 1;
        if (answers === 1)
          return void socket.write("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=60\r\nContent-Length: 0\r\n\r\n");
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", () =>
          form === "FIN" ? socket.end() : socket.resetAndDestroy(),
        );
      });
      expect(await secondOf(target, "GET")).toMatchObject({ mayRepeat: false });
    });
  },
);

describe("a POST of which no byte went out may be sent once more", () => {
  test("where the kept connection turns out to be reset before it is written", async () => {
    const { outcome, mayRepeat } = await sentAround((reset, send) => {
      // The client yields once before it writes, and in between the reset is read.
      setImmediate(() => {
        reset();
        send();
      });
    });
    expect(detailOf(outcome)).toBe("ECONNRESET: read ECONNRESET, on a connection that had been kept open");
    expect(mayRepeat).toBe(true);
  });

  test("where the system refuses to take it", async () => {
    const { outcome, mayRepeat } = await sentAround((reset, send) => {
      // In the phase in which the client writes, right before it does.
      setImmediate(reset);
      send();
    });
    expect(detailOf(outcome)).toMatch(/^(?:EPIPE|ECONNRESET): write .*, on a connection that had been kept open$/);
    expect(mayRepeat).toBe(true);
  });
});

async function secondOf(target: TargetServer, method: string): Promise<EndedExchange> {
  const { send } = clientOf(target);
  // A HEAD closes its connection, so another method begins.
  expect((await send("GET")).outcome.kind).toBe("response");
  await givenBack();
  return send(method);
}

/** A POST over a kept connection that its target resets at a moment that is chosen. */
async function sentAround(act: (reset: () => void, send: () => void) => void): Promise<EndedExchange> {
  const { client, reset } = await resettable();
  await client.send("POST");
  await givenBack();
  return new Promise((resolve) => act(reset, () => void client.send("POST").then(resolve)));
}

/** A connection takes its next request a turn after the response. */
async function givenBack(): Promise<void> {
  for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

function clientOf(target: { readonly origin: string; close?(): Promise<void> }) {
  const client = new TargetClient({ origin: target.origin, insecure: false });
  onTestFinished(async () => {
    await client.close();
    await target.close?.();
  });
  const send = async (method: string): Promise<EndedExchange> => {
    const body = method === "POST" ? bytesBody(Buffer.from("x".repeat(100))) : EMPTY_BODY;
    const message = { method, path: "/", headers: ["host", "a"], body };
    return client.send(message, { timeoutMs: 30_000, isRelayed: false, openSink: tempSinks() }).ended;
  };
  return { send };
}

const program = `
const { workerData: flag, parentPort } = require("node:worker_threads");
const sockets = [];
const server = require("node:net").createServer((socket) => {
  sockets.push(socket);
  socket.on("error", () => undefined);
  socket.on("data", () => socket.write("HTTP/1.1 200 OK\\r\\nKeep-Alive: timeout=60\\r\\nContent-Length: 0\\r\\n\\r\\n"));
});
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
parentPort.on("message", () => {
  for (const socket of sockets.splice(0)) socket.resetAndDestroy();
  setImmediate(() => { Atomics.store(new Int32Array(flag), 0, 1); Atomics.notify(new Int32Array(flag), 0); });
});
`;

/** A target in a thread of its own; `reset` cuts its connections and returns when they are cut, with this thread held up. */
async function resettable() {
  const flag = new SharedArrayBuffer(4);
  const worker = new Worker(program, { eval: true, workerData: flag });
  onTestFinished(async () => void (await worker.terminate()));
  const [port] = (await once(worker, "message")) as [number];
  const reset = (): void => {
    worker.postMessage("reset");
    heldUpUntil(flag);
  };
  return { client: clientOf({ origin: `http://127.0.0.1:${port}` }), reset };
}

function detailOf(outcome: EndedExchange["outcome"]): string {
  return outcome.kind === "no-response" ? outcome.detail : "";
}
