import { describe, expect, onTestFinished, test } from "vitest";
import type { ReplayFlags } from "../../../../../src/cli/commands/replay/read-flags.ts";
import { ReplayRenderer } from "../../../../../src/cli/commands/replay/replay-renderer.ts";
import { ReplayRun } from "../../../../../src/cli/commands/replay/run.ts";
import type { ReplaysOptions } from "../../../../../src/app/replaying/replays.ts";
import { EXIT } from "../../../../../src/cli/terminal/exit.ts";
import { parseTarget } from "../../../../../src/core/model/target.ts";
import { jsonLinesOf } from "../../../../helpers/bin.ts";
import { fillStore } from "../../../../helpers/filled-store.ts";
import { openReplays, replayFlags } from "../../../../helpers/replays.ts";
import { textBody } from "../../../../helpers/samples.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";
import { type Answer, OK, TargetServer } from "../../../../helpers/target-server.ts";

const NO = "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno";

interface Wanted {
  readonly count?: number;
  readonly ids?: readonly number[];
  readonly asked?: Partial<ReplayFlags>;
  readonly answers?: readonly Answer[];
  readonly content?: ReplaysOptions["content"];
  /** Nobody listens at the target. */
  readonly isDeaf?: boolean;
}

/** A store of requests to /1, /2 and so on, and a run that sends them to a real target. */
async function scene({ count = 3, ids, asked, answers = [OK], content, isDeaf = false }: Wanted = {}) {
  const recorded = await recordedSurroundings();
  const { at } = recorded;
  const store = openStore();
  const stored = await fillStore(store, count, (place) => ({ target: `/${place + 1}` }));
  const target = await TargetServer.scripted(...answers);
  const targets = [parseTarget(isDeaf ? "http://127.0.0.1:1" : target.origin, "a target")];
  onTestFinished(() => target.close());
  const flags = replayFlags(asked);
  const sent = ids ?? stored;
  const renderer = new ReplayRenderer(at, { ...flags, total: sent.length * flags.times });
  const replays = openReplays(store, { targets, ...(content ? { content } : {}) });
  const run = new ReplayRun({ at, asked: flags, store, ids: sent, replays, renderer });
  const paths = (): readonly string[] => target.seen.map(({ path }) => path);
  return { ...recorded, store, target, run, paths };
}

describe("one request", () => {
  test("is sent, its outcome printed and stored under a session of its own", async () => {
    const { run, store, paths, out, err } = await scene({ count: 1 });
    expect(await run.run()).toBe(EXIT.ok);
    expect([paths(), await err()]).toEqual([["/1"], ""]);
    expect(await out()).toMatch(/^#1 {2}POST \/1 {2}→ http:\S+\/1 {2}200 in \S+ ms\n$/);
    const replayed = store.read.deliveriesOf(1).filter(({ cause }) => cause === "replay");
    expect(replayed).toMatchObject([{ status: "delivered", sessionId: store.sessionId }]);
    expect(store.read.unendedSessions()).toMatchObject([{ command: "replay" }]);
  });

  test("that the target refused is a no", async () => {
    const { run, out } = await scene({ count: 1, answers: [NO] });
    expect(await run.run()).toBe(EXIT.no);
    expect(await out()).toMatch(/ {2}500 in \S+ ms\n {2}↳ no\n$/);
  });

  test("that got no answer is an error with what to do, after its line", async () => {
    const { run, out } = await scene({ count: 1, isDeaf: true });
    await expect(run.run()).rejects.toMatchObject({
      code: "NO_ANSWER",
      details: { id: 1, url: "http://127.0.0.1:1/1", reason: "refused", advice: expect.any(String) as unknown },
    });
    expect(await out()).toMatch(/no answer: refused/);
  });

  test("that is not there is an error, and nothing was sent", async () => {
    const { run, out } = await scene({ ids: [9] });
    await expect(run.run()).rejects.toMatchObject({ code: "REQUEST_NOT_FOUND" });
    expect(await out()).toBe("0 sent: 0 delivered, 0 failed, 1 not sent\n");
  });
});

describe("several", () => {
  test("are sent in their order, and summed up", async () => {
    const { run, paths, out } = await scene({ answers: [OK, NO, OK] });
    expect(await run.run()).toBe(EXIT.no);
    expect(paths()).toEqual(["/1", "/2", "/3"]);
    expect((await out()).split("\n").at(-2)).toBe("3 sent: 2 delivered, 1 failed");
  });

  test("are sent as often as asked, round by round", async () => {
    const { run, paths } = await scene({ count: 2, asked: { times: 2 } });
    expect(await run.run()).toBe(EXIT.ok);
    expect(paths()).toEqual(["/1", "/2", "/1", "/2"]);
  });

  test("are told apart: one that cannot be sent is named once, and the others are sent", async () => {
    const { run, paths, out, err } = await scene({ ids: [1, 9, 3], asked: { times: 2 } });
    expect(await run.run()).toBe(EXIT.no);
    expect(paths()).toEqual(["/1", "/3", "/1", "/3"]);
    expect(await err()).toMatch(/^#9 was not sent: .*9.*\n$/);
    expect((await out()).split("\n").at(-2)).toBe("4 sent: 4 delivered, 0 failed, 2 skipped");
  });

  test("end at what is no trouble of one alone", async () => {
    const content = async ({ id }: { readonly id: number }): Promise<undefined> =>
      id === 2 ? Promise.reject(new Error("the disk is gone")) : undefined;
    const { run, paths, out } = await scene({ content });
    await expect(run.run()).rejects.toThrow("the disk is gone");
    expect(paths()).toEqual(["/1"]);
    expect(await out()).toMatch(/^#1 .* 200 in .*\n1 sent: 1 delivered, 0 failed, 2 not sent\n$/);
  });

  test("are told by the first that got no answer, whatever else there was", async () => {
    const { run } = await scene({ isDeaf: true });
    await expect(run.run()).rejects.toMatchObject({ code: "NO_ANSWER", details: { id: 1 } });
  });

  test("in a random order can be sent in the same again", async () => {
    const asked = { seed: 5, times: 4 };
    const [first, second] = [await scene({ asked }), await scene({ asked })];
    await first.run.run();
    await second.run.run();
    expect(second.paths()).toEqual(first.paths());
    expect(first.paths()).not.toEqual(first.paths().toSorted());
    expect(await first.err()).toBe("shuffled; again in this order: --seed 5\n");
  });

  test("with --json have no notes, and the seed in the summary", async () => {
    const { run, out, err } = await scene({ asked: { seed: 5, isJson: true } });
    await run.run();
    expect(await err()).toBe("");
    expect(jsonLinesOf(await out()).at(-1)).toMatchObject({ kind: "replayed", sent: 3, notSent: 0, seed: 5 });
  });
});

test("an edited request is stored once, and sent as that one from then on", async () => {
  let edits = 0;
  const { run, store, target, out } = await scene({
    count: 1,
    asked: { times: 3, concurrency: 3 },
    content: async (request) => ({ ...request, body: textBody(`{"edit":${(edits += 1)}}`) }),
  });
  expect(await run.run()).toBe(EXIT.ok);
  expect(target.seen.map(({ body }) => String(body))).toEqual(['{"edit":1}', '{"edit":1}', '{"edit":1}']);
  expect([store.read.countRequests(), store.read.deliveriesOf(2).length]).toEqual([2, 3]);
  expect((await out()).match(/^#2 .*\(edited from #1\)$/gm)).toHaveLength(3);
});

test("the first Ctrl-C starts no more, and lets what is under way end", async () => {
  let interrupt: () => void = () => undefined;
  const answer: Answer = (socket) => {
    interrupt();
    socket.write(OK);
  };
  const { run, out, stop, err } = await scene({ answers: [answer] });
  interrupt = () => stop("SIGINT");
  expect(await run.run()).toBe(EXIT.ok);
  expect(await err()).toBe("waiting for 1 under way to end; Ctrl-C again stops now\n");
  expect((await out()).split("\n").at(-2)).toBe("1 sent: 1 delivered, 0 failed, 2 not sent");
});

test("the second one ends now", async () => {
  const { run, stop, target, out } = await scene({ answers: [() => undefined] });
  const ended = run.run();
  await target.requests(1);
  stop("SIGINT");
  stop("SIGINT");
  expect(await ended).toBe(EXIT.interrupted);
  expect(await out()).toBe("0 sent: 0 delivered, 0 failed, 2 not sent\n");
});
