import { describe, expect, onTestFinished, test } from "vitest";
import { headerValue } from "../../../../src/core/model/headers.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import { openForwarder } from "../../../helpers/pipelines.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { openStore } from "../../../helpers/stores.ts";
import { KEPT } from "../../../helpers/closing-target.ts";
import { TargetServer } from "../../../helpers/target-server.ts";

const target = (text: string) => parseTarget(text, "a target");

describe("a route", () => {
  test("says exactly what is sent where, and touches no wire", () => {
    const route = openForwarder(openStore()).route(
      capturedRequest({ target: "/a//b/../c?x=%2F" }),
      target(":9/base?k=1"),
    );
    expect(route).toMatchObject({ origin: "http://localhost:9", path: "/base/a//b/../c?k=1&x=%2F" });
    expect(route.url).toBe("http://localhost:9/base/a//b/../c?k=1&x=%2F");
    expect(headerValue(route.headers, "host")).toBe("localhost:9");
    expect(headerValue(route.headers, "content-length")).toBe("8");
  });

  test("keeps the captured host where that was asked for", () => {
    const forwarder = openForwarder(openStore(), { preserveHost: true });
    expect(headerValue(forwarder.route(capturedRequest(), target(":9")).headers, "host")).toBe("localhost:4400");
  });

  test.each([
    ["http://a.test/x?y", "/x?y"],
    ["http://a.test:81/", "/"],
    ["http://a.test", "/"],
    ["http://a.test/a//b/../c?x=/#", "/a//b/../c?x=/#"],
  ])("to %s, as an earlier delivery used it, has the path %s", (url, path) => {
    const route = openForwarder(openStore()).routeTo(capturedRequest({ target: "/ignored" }), url);
    expect(route.path).toBe(path);
    expect(route.origin).toBe(new URL(url).origin);
  });

  test("to the same origin shares its lane, to another one has its own", () => {
    const forwarder = openForwarder(openStore(), { concurrency: 1 });
    const [a, b, other] = [":9/a", ":9/b", ":10"].map((text) => forwarder.route(capturedRequest(), target(text)));
    expect(a?.lane).toBe(b?.lane);
    expect(a?.lane).not.toBe(other?.lane);
  });
});

test("a sender that names new headers in each Connection causes few lines, however many it names", () => {
  const notices: string[] = [];
  const forwarder = openForwarder(openStore(), {}, (text) => notices.push(text));
  for (let count = 0; count < 50; count += 1) {
    const names = Array.from({ length: 300 }, (_none, at) => `x-token-${count}-${at}`);
    const named = capturedRequest({
      headers: ["Connection", names.join(", "), ...names.flatMap((name) => [name, "v"])],
    });
    expect(forwarder.route(named, target(":9")).headers).toContain("x-token-0-0".replace("0-0", `${count}-299`));
  }
  expect(notices).toHaveLength(21);
  expect(notices[20]).toContain("no more of them are shown");
});

test("what had to be left as it is, is told once, not with each request", () => {
  const notices: string[] = [];
  const forwarder = openForwarder(openStore(), {}, (text) => notices.push(text));
  const odd = capturedRequest({
    headers: ["Connection", "close", "Upgrade", "h2c", "Expect", "100-continue", "X", "\u0001"],
  });
  for (let count = 0; count < 3; count += 1) forwarder.route(odd, target(":9"));
  expect(new Set(notices).size).toBe(notices.length);
});

test("connections are kept for the next request and closed at the end", async () => {
  const server = await TargetServer.answering(KEPT);
  onTestFinished(() => server.close());
  const forwarder = openForwarder(openStore());
  await forwarder.warmUp([target(server.origin)]);
  for (let count = 0; count < 10; count += 1) {
    const route = forwarder.route(capturedRequest(), target(server.origin));
    const { outcome } = await (await forwarder.send(capturedRequest(), route, false)).ended;
    expect(outcome).toMatchObject({ kind: "response", response: { status: 200 } });
  }
  // A second one may be made while the first is still being given back.
  expect(server.connections).toBeLessThanOrEqual(2);
  await forwarder.close();
});

test("an attempt that takes too long is given up", async () => {
  const server = await TargetServer.answering(() => undefined);
  onTestFinished(() => server.close());
  const forwarder = openForwarder(openStore(), { timeoutMs: 50 });
  const route = forwarder.route(capturedRequest(), target(server.origin));
  const { outcome } = await (await forwarder.send(capturedRequest(), route, false)).ended;
  expect(outcome).toMatchObject({ kind: "no-response", reason: "timeout" });
});

test("what is under way when it is closed reads interrupted", async () => {
  const server = await TargetServer.answering(() => undefined);
  onTestFinished(() => server.close());
  const forwarder = openForwarder(openStore());
  const route = forwarder.route(capturedRequest(), target(server.origin));
  const exchange = await forwarder.send(capturedRequest(), route, false);
  await server.requests(1);
  await forwarder.close();
  expect(await exchange.ended).toMatchObject({ outcome: { kind: "interrupted" } });
});
