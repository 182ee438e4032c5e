import { describe, expect, test } from "vitest";
import { routesForReplay } from "../../../../src/app/replaying/replay-routes.ts";
import type { SessionRecord } from "../../../../src/core/model/session.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { openForwarder } from "../../../helpers/pipelines.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";

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

describe("a request whose path was edited goes", () => {
  test("to the new path behind the target that the old one went to", async () => {
    expect(await routesWith([], ["http://a.test/base/hooks"], "/new?x")).toEqual(["http://a.test/base/new?x"]);
    expect(await routesWith([listener("/shop", "http://localhost:1/base")], [], "/new")).toEqual([
      "http://localhost:1/base/new",
    ]);
  });

  test("nowhere when its former URL does not tell the target", async () => {
    await expect(routesWith([], ["http://a.test/rewritten"], "/new")).rejects.toMatchObject({ code: "NO_TARGET" });
  });
});

function listener(directory: string, ...targets: readonly string[]): SessionRecord {
  return { ...sampleSession({ directory, targets }), id: 1 };
}

async function routesWith(
  living: readonly SessionRecord[],
  before: readonly string[] = [],
  editedTarget?: string,
): Promise<readonly string[]> {
  const store: Store = openStore();
  const deliveries = before.map((url) => ({ url, cause: "forward" }) as const);
  const { request } = await store.insertRequest(capturedRequest(), { deliveries });
  const sources = { store, forwarder: openForwarder(store) };
  const sent = editedTarget === undefined ? request : { ...request, target: editedTarget };
  return routesForReplay(request, living, "/shop", sources, sent).map(({ url }) => url);
}
