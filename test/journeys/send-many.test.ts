import { expect, onTestFinished, test } from "vitest";
import { headerValue } from "../../src/core/model/headers.ts";
import { jsonLinesOf, RunningBin } from "../helpers/bin.ts";
import { notBefore } from "../helpers/not-before.ts";
import { runHere } from "../helpers/run-here.ts";
import { type Answer, OK, TargetServer } from "../helpers/target-server.ts";

const CRASH = "HTTP/1.1 500 Oops\r\nContent-Length: 5\r\n\r\ncrash";

test("duplicates have one id and the same bytes, and each its own signature", async () => {
  const app = await target();
  const args = ["send", "order.completed", "--duplicate", "2", "--secret", "s3cret-s3cret", "--to", app.origin];
  const { code, out } = await runHere(args);
  expect(code).toBe(0);
  expect(out).toMatch(/\(copy 2\)\n.*\(copy 3\)\n3 sent: 3 accepted, 0 failed\n$/);
  expect(new Set(idsOf(app)).size).toBe(1);
  expect(new Set(app.seen.map(({ body }) => body.toString())).size).toBe(1);
  for (const { headers } of app.seen) expect(headerValue(headers, "x-webhook-signature")).toMatch(/^t=\d+,v1=/);
});

test("several types are about one object; shuffled they come in another order, and the seed makes it again", async () => {
  const app = await target();
  const types = ["order.created", "order.updated", "order.shipped", "order.delivered", "order.completed"];
  const args = ["send", ...types, "--unsigned", "--to", app.origin, "--shuffle"];
  const { err } = await runHere(args);
  const [, seed = ""] = /again in this order: --seed (\d+)\n/.exec(err) ?? [];
  await runHere([...args, "--seed", seed]);
  const [first, second] = [typesOf(app).slice(0, 5), typesOf(app).slice(5)];
  expect(second).toEqual(first);
  expect(first.toSorted()).toEqual(types.toSorted());
  const objects = app.seen.slice(0, 5).map(({ body }) => payload(body).data.id);
  expect(new Set(objects).size).toBe(1);
  const times = app.seen.slice(0, 5).map(({ body }) => payload(body));
  expect(times.toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1)).map(({ type }) => type)).toEqual(types);
});

test("each round is about another object, and every target gets all of it", async () => {
  const [one, other] = [await target(), await target(CRASH)];
  const args = ["send", "order.created", "--count", "20", "--concurrency", "4", "--unsigned", "--json"];
  const { code, out } = await runHere([...args, "--to", one.origin, "--to", other.origin]);
  expect(code).toBe(1);
  const lines = jsonLinesOf(out);
  expect(lines.filter(({ kind }) => kind === "sent")).toHaveLength(40);
  expect(lines.at(-1)).toEqual({ v: 1, kind: "sends", sent: 40, delivered: 20, failed: 20, notSent: 0, seed: null });
  expect([new Set(idsOf(one)).size, idsOf(other).toSorted()]).toEqual([20, idsOf(one).toSorted()]);
});

test("--quiet leaves failures and the sum", async () => {
  const app = await target(OK, CRASH, OK);
  const { code, out } = await runHere(["send", "a.created", "--count", "3", "--unsigned", "-q", "--to", app.origin]);
  expect(code).toBe(1);
  expect(out).toMatch(/^evt_.* 500 in .*\n {2}↳ crash\n3 sent: 2 accepted, 1 failed\n$/);
});

test("a rate is kept", async () => {
  const app = await target();
  const args = ["send", "a.created", "--count", "41", "--rate", "100/s", "--unsigned", "-q", "--to", app.origin];
  const { out } = await notBefore(400, async () => runHere(args));
  expect([out, app.seen.length]).toEqual(["41 sent: 41 accepted, 0 failed\n", 41]);
});

test("the first Ctrl-C lets what is under way end, and starts no more", async () => {
  const waiting = Promise.withResolvers<void>();
  const app = await target(async (socket) => {
    await waiting.promise;
    socket.write(OK);
  });
  const bin = RunningBin.start([
    "send",
    "a.created",
    "--count",
    "50",
    "--concurrency",
    "2",
    "--unsigned",
    "--to",
    app.origin,
  ]);
  await app.requests(2);
  bin.signal("SIGINT");
  await bin.complains(/waiting for 2 under way to end/);
  waiting.resolve();
  const { code, out } = await bin.ended();
  expect(code).toBe(0);
  expect(out).toMatch(/\n2 sent: 2 accepted, 0 failed, 48 not sent\n$/);
  expect(app.seen).toHaveLength(2);
});

async function target(...answers: readonly Answer[]): Promise<TargetServer> {
  const server = await TargetServer.scripted(...(answers.length > 0 ? answers : [OK]));
  onTestFinished(() => server.close());
  return server;
}

function idsOf(app: TargetServer): readonly string[] {
  return app.seen.map(({ headers }) => headerValue(headers, "x-event-id") ?? "");
}

function typesOf(app: TargetServer): readonly string[] {
  return app.seen.map(({ headers }) => headerValue(headers, "x-event-type") ?? "");
}

interface Payload {
  readonly type: string;
  readonly created_at: string;
  readonly data: { readonly id: string };
}

function payload(body: Buffer): Payload {
  return JSON.parse(body.toString()) as Payload;
}
