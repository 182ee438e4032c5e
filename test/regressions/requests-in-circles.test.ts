import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { freePorts, relayTo, wiredListener, type Wired } from "../helpers/circles.ts";
import { post } from "../helpers/load.ts";
import { openStore } from "../helpers/stores.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { TargetServer } from "../helpers/target-server.ts";

// One POST became 136 stored requests where the way back was one that the look at the start does not see.

describe("a request that comes back is cut with 508 at the first listener that had it", () => {
  test.each([
    ["to the listener itself", 1, 2],
    ["over a second one", 2, 3],
    ["over two others", 3, 4],
  ])("%s", async (_what, listeners, stored) => {
    const ring = await ringOf(listeners);
    const reply = await post(`${ring[0]?.url}/hooks`, "body");
    expect([reply.status, reply.headers["x-hookcli-reason"]]).toEqual([508, "loop"]);
    expect(JSON.parse(reply.body)).toMatchObject({
      code: "loop",
      error: expect.stringContaining("leads back") as string,
    });
    expect(await fates(ring)).toEqual([...Array.from({ length: stored - 1 }, () => undefined), 508]);
  });

  test("also where the port takes both families, and the peer shows in the other one", async () => {
    const [port = 0] = await freePorts(1);
    const path = join(temporaryFolder(), "hooks.db");
    const listener = await wiredListener(path, port, `http://127.0.0.1:${port}`, { host: "::" });
    expect((await post(listener.url, "body")).status).toBe(508);
    expect(await fates([listener])).toEqual([undefined, 508]);
  });

  test("also where a listener gives its target no time, so that its connections are gone at once", async () => {
    const ring = await ringOf(2, { timeoutMs: 1 });
    const replies = await Promise.all(Array.from({ length: 10 }, () => post(ring[0]?.url ?? "", "body")));
    expect(replies.every(({ status }) => status === 508 || status === 502)).toBe(true);
    expect((await fates(ring)).length).toBeLessThanOrEqual(40);
  });

  test("each time, however many come over the same connections", async () => {
    const ring = await ringOf(2);
    const replies = await Promise.all(Array.from({ length: 50 }, () => post(ring[0]?.url ?? "", "body")));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([508]));
    const all = await fates(ring);
    expect([all.length, all.filter((status) => status === 508).length]).toEqual([150, 50]);
  });

  test("over a tunnel by the header that goes out where a public address is known", async () => {
    const [port = 0] = await freePorts(1);
    const tunnel = await relayTo(port);
    const path = join(temporaryFolder(), "hooks.db");
    const listener = await wiredListener(path, port, tunnel, { hop: "5f0c" });
    expect((await post(listener.url, "body")).status).toBe(508);
    expect(await fates([listener])).toEqual([undefined, 508]);
    expect(listener.store.read.findRequest({ kind: "id", id: 2 })?.headers).toContain("X-Hookcli-Hop");
  });
});

describe("a request that does not come back is not cut", () => {
  test("500 at once that are all the same, over a chain of listeners that ends at the app", async () => {
    const app = await TargetServer.answering();
    onTestFinished(() => app.close());
    const path = join(temporaryFolder(), "hooks.db");
    const [last = 0, first = 0] = await freePorts(2);
    const second = await wiredListener(path, last, app.origin);
    const chain = [await wiredListener(path, first, second.url), second];
    const replies = await Promise.all(
      Array.from({ length: 500 }, () => post(`${chain[0]?.url}/hooks`, '{"id":"evt_1"}')),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(app.seen).toHaveLength(500);
    expect((await fates(chain)).filter((status) => status !== undefined)).toEqual([]);
    // No byte is added on the way.
    expect(new Set(app.seen.map(({ headers }) => headers.join("|").replaceAll(/:\d+/g, "")))).toHaveProperty("size", 1);
    expect(app.seen[0]?.headers.join("|").toLowerCase()).not.toContain("hookcli");
  });

  test("500 at once that are all the same, straight to the app", async () => {
    const app = await TargetServer.answering();
    onTestFinished(() => app.close());
    const [port = 0] = await freePorts(1);
    const listener = await wiredListener(join(temporaryFolder(), "hooks.db"), port, app.origin, { hop: "5f0c" });
    const replies = await Promise.all(Array.from({ length: 500 }, () => post(listener.url, '{"id":"evt_1"}')));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(app.seen).toHaveLength(500);
  });
});

async function ringOf(count: number, forward: { readonly timeoutMs?: number } = {}): Promise<readonly Wired[]> {
  const path = join(temporaryFolder(), "hooks.db");
  const ports = await freePorts(count);
  const starting = ports.map(async (port, index) =>
    wiredListener(path, port, `http://127.0.0.1:${ports[(index + 1) % count]}`, forward),
  );
  return Promise.all(starting);
}

/** The status with which each stored request was refused, in the order in which they came; undefined: it was not. */
async function fates(listeners: readonly Wired[]): Promise<readonly (number | undefined)[]> {
  // What one has forwarded may be on its way into another.
  for (const listener of [...listeners, ...listeners, ...listeners]) await listener.settled();
  const { read } = openStore({ path: listeners[0]?.store.path ?? "" });
  const ids = read.listRequests({ limit: 10_000, includeMalformed: true }).map(({ request }) => request.id);
  return ids.toSorted((a, b) => a - b).map((id) => read.findRequest({ kind: "id", id })?.refusal?.status);
}
