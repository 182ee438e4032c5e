import { describe, expect, onTestFinished, test } from "vitest";
import { assertReplayable, replay, routesForReplay } from "../../../../src/app/session/replay.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import type { SessionRecord } from "../../../../src/core/model/session.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { openForwarder } from "../../../helpers/pipelines.ts";
import { capturedRequest, sampleRequest } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";
import { TargetServer } from "../../../helpers/target-server.ts";

test("a replay sends the stored bytes and is stored when it resolves, beside what was there", async () => {
  const store = openStore();
  await store.beginSession(sampleSession({ command: "replay" }));
  const { request } = await store.insertRequest(capturedRequest({ headers: ["X-Sig", "1", "x-sig", "2"] }));
  const target = await TargetServer.answering();
  onTestFinished(() => target.close());
  const forwarder = openForwarder(store);
  const route = forwarder.route(request, parseTarget(target.origin, "a target"));
  const delivery = await replay(request, route, { store, clock: systemClock, forwarder });
  expect(delivery).toMatchObject({ cause: "replay", status: "delivered" });
  expect(store.read.deliveriesOf(request.id)).toMatchObject([
    { id: delivery.id, cause: "replay", status: "delivered" },
  ]);
  expect(target.seen[0]?.body.toString()).toBe('{"hi":1}');
  expect(target.seen[0]?.headers.filter((part) => /^x-sig$/i.test(part))).toEqual(["X-Sig", "x-sig"]);
  expect(store.read.findRequest({ kind: "id", id: request.id })?.reply).toBeUndefined();
});

describe("where nobody said where to, a replay goes", () => {
  test("to the targets of the listener in the same folder", async () => {
    const urls = await routesWith([listener("/shop", "http://localhost:1"), listener("/blog", "http://localhost:2")]);
    expect(urls).toEqual(["http://localhost:1/hooks"]);
  });

  test("to those of the only listener that runs elsewhere, the newest of equal ones", async () => {
    const elsewhere = listener("/blog", "http://localhost:2", "http://localhost:3/base");
    const urls = ["http://localhost:2/hooks", "http://localhost:3/base/hooks"];
    expect(await routesWith([elsewhere])).toEqual(urls);
    expect(await routesWith([elsewhere, elsewhere])).toEqual(urls);
  });

  test("where it was forwarded before, once to each place, when no listener with a target runs", async () => {
    const command = { ...listener("/shop", "http://localhost:1"), captureUrl: undefined };
    const urls = await routesWith(
      [listener("/shop"), command],
      ["http://a.test/x?y", "http://b.test/", "http://a.test/x?y"],
    );
    expect(urls).toEqual(["http://a.test/x?y", "http://b.test/"]);
  });

  test("nowhere when several listeners differ", async () => {
    const several = [listener("/blog", "http://localhost:2"), listener("/wiki", "http://localhost:3")];
    await expect(routesWith(several)).rejects.toMatchObject({
      code: "SEVERAL_LISTENERS",
      details: {
        listeners: "http://127.0.0.1:4400 -> http://localhost:2; http://127.0.0.1:4400 -> http://localhost:3",
      },
    });
  });

  test("nowhere when it never went anywhere", async () => {
    await expect(routesWith([])).rejects.toMatchObject({ code: "NO_TARGET" });
  });
});

describe("a request", () => {
  test.each(["truncated", "partial"] as const)("that is %s is sent only when that is insisted on", (completeness) => {
    const request = sampleRequest({ completeness });
    expect(() => assertReplayable(request, "8 B", false)).toThrow(
      expect.objectContaining({ code: "REQUEST_INCOMPLETE" }),
    );
    expect(() => assertReplayable(request, "8 B", true)).not.toThrow();
  });

  test("that was no HTTP is never sent", () => {
    for (const request of [sampleRequest({ completeness: "malformed" }), sampleRequest({ method: "" })]) {
      expect(() => assertReplayable(request, "8 B", true)).toThrow(
        expect.objectContaining({ code: "REQUEST_MALFORMED" }),
      );
    }
  });

  test("that is whole is sent", () => {
    expect(() => assertReplayable(sampleRequest(), "8 B", false)).not.toThrow();
  });
});

function listener(directory: string, ...targets: readonly string[]): SessionRecord {
  return { ...sampleSession({ directory, targets }), id: 1 };
}

async function routesWith(
  living: readonly SessionRecord[],
  before: readonly string[] = [],
): Promise<readonly string[]> {
  const store: Store = openStore();
  const deliveries = before.map((url) => ({ url, cause: "forward" }) as const);
  const { request } = await store.insertRequest(capturedRequest(), { deliveries });
  const options = { store, clock: systemClock, forwarder: openForwarder(store) };
  return routesForReplay(request, living, "/shop", options).map(({ url }) => url);
}
