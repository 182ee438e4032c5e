import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makePrivateFolder } from "../../src/io/files/own-folder.ts";
import { recoverStore } from "../../src/io/store/upkeep/recover-store.ts";
import { spooled } from "../helpers/filled-store.ts";
import { startPipeline, waitingSender } from "../helpers/pipelines.ts";
import { capturedRequest, fileNameOf } from "../helpers/samples.ts";
import { startSession } from "../helpers/session.ts";
import { lookInto, openStore } from "../helpers/stores.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { OK, TargetServer } from "../helpers/target-server.ts";
import { describeOnPlatform } from "../helpers/tools.ts";
import { turns } from "../helpers/turns.ts";
import { type WatchedSyncs, watchSyncs } from "../helpers/watched-syncs.ts";

const LARGE_BYTES = 1_200_000;

describeOnPlatform(
  ["linux-x64", "linux-arm64"],
  "store first, forward second, acknowledge last: while the disk",
  () => {
    test("has not taken the commit, the target hears nothing and the sender hears nothing", async () => {
      const syncs = await watchSyncs();
      const target = await targetAnswering();
      const { session, store } = await listening(syncs, [target.origin]);
      const before = logSyncs(syncs);
      syncs.hold();
      const { sent, isAnswered } = send(session.captureUrl, "{}");
      await expect.poll(() => logSyncs(syncs)).toBe(before + 1);
      await turns(50);
      expect([target.seen.length, isAnswered()]).toEqual([0, false]);
      // Other processes may see it before it is durable; nobody was told.
      expect(store.read.countRequests()).toBe(1);
      syncs.release();
      expect((await sent).status).toBe(200);
      expect(target.seen).toHaveLength(1);
    });

    test("has not taken the commit, a request that goes nowhere is not acknowledged either", async () => {
      const syncs = await watchSyncs();
      const { session } = await listening(syncs);
      const before = logSyncs(syncs);
      syncs.hold();
      const { sent, isAnswered } = send(session.captureUrl, "{}");
      await expect.poll(() => logSyncs(syncs)).toBe(before + 1);
      await turns(50);
      expect(isAnswered()).toBe(false);
      syncs.release();
      expect((await sent).status).toBe(200);
    });

    test("has not taken a large body, its request is not in the store; its folder is synced before that too", async () => {
      const syncs = await watchSyncs();
      const { session, store } = await listening(syncs);
      const before = syncs.begun.length;
      syncs.hold();
      const { sent, isAnswered } = send(session.captureUrl, "x".repeat(LARGE_BYTES));
      await expect.poll(() => syncs.begun.some((path) => path.endsWith(".body"))).toBe(true);
      await turns(50);
      expect([store.read.countRequests(), isAnswered()]).toEqual([0, false]);
      syncs.release();
      expect((await sent).status).toBe(200);
      const folder = `${store.path}-bodies`;
      const [name = ""] = readdirSync(folder);
      const order = syncs.begun.slice(before).filter((path) => path !== `${store.path}-ballast`);
      // The folder's own name, the body, its name, the row.
      expect(order.slice(0, 4)).toEqual([join(folder, ".."), join(folder, name), folder, `${store.path}-wal`]);
    });

    test("has not taken a removal, the body file is there: no row may come back without it", async () => {
      const syncs = await watchSyncs();
      const store = openStore({ sparesEventLoop: true });
      const { request } = await store.insertRequest(
        capturedRequest({ body: await spooled(store, Buffer.alloc(5000)) }),
      );
      syncs.hold();
      const { files } = store.upkeep.remove([request.id]);
      const before = logSyncs(syncs);
      const removed = store.upkeep.removeFiles(files);
      await expect.poll(() => logSyncs(syncs)).toBe(before + 1);
      await turns(50);
      expect(readdirSync(`${store.path}-bodies`)).toHaveLength(1);
      syncs.release();
      await removed;
      expect(readdirSync(`${store.path}-bodies`)).toEqual([]);
    });

    test("has taken it, the attempt is on record before it is on the wire, also for a delivery that had to wait", async () => {
      const store = openStore();
      const running: unknown[] = [];
      const look = lookInto(store.path).prepare("SELECT id FROM deliveries WHERE running_number = 1").pluck();
      const target = await TargetServer.answering((socket) => {
        running.push(look.all());
        socket.write(OK);
      });
      onTestFinished(() => target.close());
      const { pipeline } = await startPipeline({ store, targets: [target.origin], forward: { concurrency: 1 } });
      await Promise.all([1, 2, 3].map(async () => pipeline.handle(capturedRequest(), waitingSender())));
      expect(running).toEqual([[1], [2], [3]]);
    });
  },
);

describeOnPlatform(["linux-x64", "linux-arm64"], "a name that a power cut must not take away", () => {
  test("is that of each folder above the store", async () => {
    const { begun } = await watchSyncs();
    const top = temporaryFolder();
    makePrivateFolder(join(top, "a/b"));
    expect(begun).toEqual([top, join(top, "a")]);
  });

  test("is that of each body of a store that was recovered, with its bytes", async () => {
    const from = openStore();
    const body = await spooled(from, Buffer.alloc(5000));
    await from.insertRequest(capturedRequest({ body }));
    const syncs = await watchSyncs();
    const to = join(temporaryFolder(), "saved.db");
    await recoverStore(from.path, to);
    const name = fileNameOf(body);
    expect(existsSync(join(`${to}-bodies`, name))).toBe(true);
    expect(syncs.begun.slice(-2)).toEqual([join(`${to}-bodies`, name), `${to}-bodies`]);
  });
});

async function targetAnswering(): Promise<TargetServer> {
  const target = await TargetServer.answering(OK);
  onTestFinished(() => target.close());
  return target;
}

async function listening(syncs: WatchedSyncs, targets: readonly string[] = []) {
  const started = await startSession({ targets });
  onTestFinished(async () => {
    syncs.release();
    await started.end();
  });
  return started;
}

/** A request on its way, and whether anything came back. */
function send(url: string, body: string) {
  let answered = false;
  const sent = fetch(url, { method: "POST", body });
  void sent.then(() => (answered = true));
  return { sent, isAnswered: () => answered };
}

function logSyncs({ begun }: WatchedSyncs): number {
  return begun.filter((path) => path.endsWith("-wal")).length;
}
