import { buildConnector } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { EMPTY_BODY } from "../../../../src/core/model/body.ts";
import { Exchange } from "../../../../src/io/delivery/exchange.ts";
import { Line, LineClient, type OnLine } from "../../../../src/io/delivery/line.ts";
import { tempSinks } from "../../../helpers/capture.ts";
import { closingTarget } from "../../../helpers/closing-target.ts";

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
