import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { OutgoingEvent } from "../../../../src/app/sending/compose-event.ts";
import { EventSender, type EventSenderOptions, listenerTarget } from "../../../../src/app/sending/send-event.ts";
import { stale } from "../../../../src/core/faults/outgoing/entries/stale.ts";
import { tampered } from "../../../../src/core/faults/outgoing/entries/tampered.ts";
import { truncated } from "../../../../src/core/faults/outgoing/entries/truncated.ts";
import { bytesBody } from "../../../../src/core/model/body.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { headerValue } from "../../../../src/core/model/headers.ts";
import type { SessionRecord } from "../../../../src/core/model/session.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { judge } from "../../../../src/core/schemes/judge.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import { openForwarder } from "../../../helpers/pipelines.ts";
import { openStore } from "../../../helpers/stores.ts";
import { TargetServer } from "../../../helpers/target-server.ts";

const SECRET = { name: "test", text: "a-secret" };

function sender(wanted: Partial<EventSenderOptions> = {}): EventSender {
  return new EventSender({
    forwarder: openForwarder(openStore()),
    clock: systemClock,
    secret: SECRET,
    signedAtMs: (nowMs) => nowMs,
    path: "/",
    publicUrl: undefined,
    userAgent: "hookcli/test",
    faults: [],
    ...wanted,
  });
}

function event(provider: string): OutgoingEvent {
  const scheme = findScheme(provider);
  if (!scheme) throw new Error(`there is no ${provider}`);
  const body = bytesBody(Buffer.from('{"event_id":"1","type":"payment.created"}'));
  return { scheme, eventId: "1", headerType: "payment.created", body, contentType: "application/json", headers: [] };
}

test("what is sent arrives as it was composed, with host and length, and the attempt tells how it went", async () => {
  const app = await TargetServer.answering("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
  onTestFinished(() => app.close());
  const sending = sender();
  const prepared = await sending.prepare(event("generic"), parseTarget(`${app.origin}/hooks?k=1`, "a target"));
  const attempt = await sending.send(prepared);
  expect(attempt).toMatchObject({ number: 1, outcome: { kind: "response", response: { status: 202 } } });
  const [seen] = app.seen;
  expect(seen).toMatchObject({ method: "POST", path: "/hooks?k=1" });
  expect(seen?.body.toString()).toBe('{"event_id":"1","type":"payment.created"}');
  expect(headerValue(seen?.headers ?? [], "host")).toBe(`127.0.0.1:${app.port}`);
  expect(headerValue(seen?.headers ?? [], "content-length")).toBe("41");
});

test.each([
  ["the target itself", undefined, "/", "http://localhost:8000/hooks?k=1"],
  ["the path under it", undefined, "/a", "http://localhost:8000/hooks/a?k=1"],
  [
    "the address that is said to be the public one",
    "https://shop.example.com/in",
    "/a",
    "https://shop.example.com/in/a",
  ],
  ["the public one, path and all", "https://shop.example.com/a", "/a", "https://shop.example.com/a"],
  ["the path that arrives, under an address without one", "https://shop.test", "/", "https://shop.test/hooks?k=1"],
])("an address that is signed is %s", async (_, publicUrl, path, signed) => {
  const address = publicUrl === undefined ? undefined : parseTarget(publicUrl, "an address");
  const outgoing = event("square");
  const target = parseTarget("http://localhost:8000/hooks?k=1", "a target");
  const { request, route } = await sender({ path, publicUrl: address }).prepare(outgoing, target);
  const context = { secrets: [SECRET], isExpected: true, urls: [signed], atMs: Date.now() };
  const { verdict } = await judge(new MessageView(request), outgoing.scheme, context);
  expect(verdict.kind).toBe("verified");
  expect(route.url).toBe(`http://localhost:8000/hooks${path === "/" ? "" : path}?k=1`);
});

test.each([
  ["adyen", false],
  ["mailgun", true],
  ["linear", true],
  ["gitlab", true],
  ["twilio", true],
])("whether the body could be signed as its provider does is told: %s, %j", async (provider, isSigned) => {
  const secret = { name: "test", text: "44782DEF547AAA06C910C43932B1EB0C" };
  const target = parseTarget("9/hooks?a=1", "a target");
  expect((await sender({ secret }).prepare(event(provider), target)).isSigned).toBe(isSigned);
  expect((await sender({ secret: undefined }).prepare(event(provider), target)).isSigned).toBe(false);
});

test("what is wrong with the time is added to the time that was asked for", async () => {
  const earliestMs = Date.now();
  const sending = sender({ signedAtMs: (nowMs) => nowMs - 60_000, faults: [stale, tampered] });
  const { request } = await sending.prepare(event("stripe"), parseTarget("9", "a target"));
  const signedAtS = Number(/t=(\d+)/.exec(headerValue(request.headers, "stripe-signature") ?? "")?.[1]);
  expect(signedAtS).toBeGreaterThanOrEqual(Math.floor(earliestMs / 1000) - 660);
  expect(signedAtS).toBeLessThanOrEqual(Date.now() / 1000 - 660);
});

test("a body that is cut on its way was announced as a whole, and is no answer's cause", async () => {
  const cut = Promise.withResolvers<string>();
  const server = createServer((socket) => {
    let received = "";
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
    socket.on("close", () => cut.resolve(received));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const sending = sender({ faults: [truncated] });
  const prepared = await sending.prepare(event("generic"), parseTarget(String(port), "a target"));
  const attempt = await sending.send(prepared);
  expect(attempt.outcome).toMatchObject({
    kind: "no-response",
    detail: expect.stringContaining("on purpose") as unknown,
  });
  const received = await cut.promise;
  expect(received).toMatch(/content-length: 41\r\n/i);
  expect(received.slice(received.indexOf("\r\n\r\n") + 4)).toBe('{"event_id":"1","typ');
});

test("each attempt signs the time anew, the one that was asked for", async () => {
  const earliestMs = Date.now();
  const sending = sender({ signedAtMs: (nowMs) => nowMs - 600_000 });
  const { request } = await sending.prepare(event("stripe"), parseTarget("9", "a target"));
  const signedAtS = Number(/t=(\d+)/.exec(headerValue(request.headers, "stripe-signature") ?? "")?.[1]);
  expect(signedAtS).toBeGreaterThanOrEqual(Math.floor(earliestMs / 1000) - 600);
  expect(signedAtS).toBeLessThanOrEqual(Date.now() / 1000 - 600);
});

describe("where an event goes", () => {
  function session(captureUrl: string | undefined, directory = "/shop"): SessionRecord {
    return { id: 1, command: "listen", pid: 1, processMark: "", startedAtMs: 0, captureUrl, targets: [], directory };
  }

  test("an event goes to the listener of its folder, else to the only one there is", () => {
    const here = session("http://127.0.0.1:4400");
    const elsewhere = session("http://127.0.0.1:4401", "/other");
    expect(listenerTarget([elsewhere, here], "/shop", "send x")).toMatchObject({ origin: "http://127.0.0.1:4400" });
    expect(listenerTarget([elsewhere], "/shop", "send x")).toMatchObject({ origin: "http://127.0.0.1:4401" });
  });

  test("a session that does not listen is none", () => {
    const error = errorOf([session(undefined)]);
    expect([error.code, error.hint]).toEqual(["NO_LISTENER", expect.stringContaining("hookcli send order.paid --to")]);
  });

  test("of several listeners none is chosen", () => {
    const several = [session("http://127.0.0.1:4400"), session("http://127.0.0.1:4402")];
    const error = errorOf(several);
    expect([error.code, error.hint]).toEqual([
      "SEVERAL_LISTENERS",
      "Name the target: hookcli send order.paid --to localhost:8000",
    ]);
    expect(error.message).toContain("http://127.0.0.1:4400; http://127.0.0.1:4402");
  });

  function errorOf(living: readonly SessionRecord[]): HookcliError {
    try {
      listenerTarget(living, "/shop", "send order.paid");
    } catch (error) {
      if (error instanceof HookcliError) return error;
    }
    throw new Error("nothing was raised");
  }
});
