import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openStore, requestNamed, withStore } from "../../../../src/cli/running/with-store.ts";
import { Flags } from "../../../../src/cli/settings/flags.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { fillStore } from "../../../helpers/filled-store.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { openStore as openTestStore, sampleSession } from "../../../helpers/stores.ts";
import { recordedSurroundings } from "../../../helpers/surroundings.ts";

async function scene() {
  const recorded = await recordedSurroundings();
  const flags = new Flags({ db: "hooks.db" }, () => ({ kind: "flag" }));
  const path = join(recorded.folder, "hooks.db");
  return { ...recorded, flags, path };
}

describe("a command with a store", () => {
  test("gets it open, and it is closed when the command has ended", async () => {
    const { at, flags, path } = await scene();
    let used: Store | undefined;
    const result = await withStore(at, flags, async (store) => {
      used = store;
      return [store.path, store.read.listRequests({ limit: 1, includeMalformed: true })];
    });
    expect(result).toEqual([path, []]);
    expect(existsSync(path)).toBe(true);
    expect(() => used?.read.findRequest({ kind: "id", id: 1 })).toThrow();
  });

  test("that fails leaves it closed too", async () => {
    const { at, flags } = await scene();
    let used: Store | undefined;
    const failing = withStore(at, flags, async (store) => {
      used = store;
      return Promise.reject(new Error("no"));
    });
    await expect(failing).rejects.toThrow("no");
    expect(() => used?.read.findRequest({ kind: "id", id: 1 })).toThrow();
  });

  test("is told who listens; what killed ones left is settled first", async () => {
    const { at, flags, path } = await scene();
    const store = openTestStore({ path });
    await store.beginSession(sampleSession({ pid: at.processes.pid, processMark: "an earlier process" }));
    const { request } = await store.insertRequest(capturedRequest(), {
      deliveries: [{ url: "http://localhost:8000/", cause: "forward", attempt: { number: 1, startedAtMs: 5 } }],
    });
    const alive = await store.beginSession(sampleSession({ pid: at.processes.pid, processMark: "this test" }));
    await withStore(at, flags, async ({ read }, living) => {
      expect(living.map(({ id }) => id)).toEqual([alive]);
      expect(read.unendedSessions().map(({ id }) => id)).toEqual([alive]);
      expect(read.deliveriesOf(request.id)).toMatchObject([{ status: "failed" }]);
    });
  });

  test("warns where others may put files beside it", async () => {
    const { at, flags, folder, err } = await scene();
    chmodSync(folder, 0o1777);
    await withStore(at, flags, async () => undefined);
    expect(await err()).toContain(`warning: everyone may write to ${folder}.`);
  });
});

test("a store that is opened by itself belongs to whoever opened it", async () => {
  const { at, flags, path } = await scene();
  const store = openStore(at, flags);
  onTestFinished(() => store.close());
  expect([store.path, store.read.unendedSessions()]).toEqual([path, []]);
});

describe("a request that a person names", () => {
  test.each([
    ["2", 2],
    ["#1", 1],
    ["latest", 3],
    ["latest~1", 2],
    ["evt_2", 2],
  ])("%s is #%i", async (text, id) => {
    const store = openTestStore();
    await fillStore(store, 3);
    expect(requestNamed(text, store).id).toBe(id);
  });

  test("and that is not there is told with the store that was looked into", () => {
    const store = openTestStore();
    expect(() => requestNamed("7", store)).toThrow(
      expect.objectContaining({
        code: "REQUEST_NOT_FOUND",
        message: expect.stringContaining("7") as unknown,
        details: { reference: "7", store: store.path },
        hint: "hookcli list shows what is stored",
      }) as Error,
    );
    expect(() => requestNamed("no such thing", store)).toThrow(
      expect.objectContaining({
        code: "BAD_VALUE",
        message: expect.stringContaining('"no such thing"') as unknown,
      }) as Error,
    );
  });
});
