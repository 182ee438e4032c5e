import { describe, expect, test } from "vitest";
import { printDryRun } from "../../../../../src/cli/commands/replay/dry-run.ts";
import type { ReplayFlags } from "../../../../../src/cli/commands/replay/read-flags.ts";
import { EXIT } from "../../../../../src/cli/terminal/exit.ts";
import { Sink } from "../../../../../src/cli/terminal/sink.ts";
import type { CapturedRequest } from "../../../../../src/core/model/request.ts";
import type { ReplaysOptions } from "../../../../../src/app/replaying/replays.ts";
import { parseTarget } from "../../../../../src/core/model/target.ts";
import { jsonLinesOf } from "../../../../helpers/bin.ts";
import { Fifo } from "../../../../helpers/fifo.ts";
import { openReplays, replayFlags } from "../../../../helpers/replays.ts";
import { capturedRequest, textBody } from "../../../../helpers/samples.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../../helpers/surroundings.ts";
import { testWithTool } from "../../../../helpers/tools.ts";

interface Wanted extends SurroundingsWanted {
  readonly captured?: Partial<CapturedRequest>;
  readonly ids?: readonly number[];
  readonly to?: readonly string[];
  readonly asked?: Partial<ReplayFlags>;
  readonly content?: ReplaysOptions["content"];
}

/** Two requests that are alike, #1 and #2, and what would be sent for them. Nobody listens at the target. */
async function scene({ captured = {}, ids = [1], to = ["localhost:1/base"], asked, content, ...wanted }: Wanted = {}) {
  const recorded = await recordedSurroundings(wanted);
  const store = openStore();
  for (const target of ["/hooks", "/other"]) await store.insertRequest(capturedRequest({ target, ...captured }));
  const targets = to.map((text) => parseTarget(text, "a target"));
  const replays = openReplays(store, { targets, ...(content ? { content } : {}) });
  const print = (at = recorded.at) => printDryRun(at, replayFlags(asked), ids, replays);
  return { ...recorded, store, print };
}

test("a request is printed as it would stand on the wire, and as curl; nothing is sent or stored", async () => {
  const { print, out, err, store } = await scene();
  expect(await print()).toBe(EXIT.ok);
  const [head, line, ...rest] = (await out()).split("\n");
  expect([head, line]).toEqual(["#1 → http://localhost:1/base/hooks", "POST /base/hooks HTTP/1.1"]);
  expect(rest).toContain("Content-Type: application/json");
  expect(rest).toContain('{"hi":1}');
  expect(rest.join("\n")).toMatch(/\ncurl -X POST http:\/\/localhost:1\/base\/hooks /);
  expect(await err()).toBe("nothing was sent (--dry-run)\n");
  expect([store.read.countRequests(), store.read.deliveriesOf(1)]).toEqual([2, []]);
});

test("each is printed for each of its targets, in their order", async () => {
  const { print, out } = await scene({ ids: [2, 1], to: ["localhost:1", "localhost:2"] });
  await print();
  expect((await out()).match(/^#.*$/gm)).toEqual([
    "#2 → http://localhost:1/other",
    "#2 → http://localhost:2/other",
    "#1 → http://localhost:1/hooks",
    "#1 → http://localhost:2/hooks",
  ]);
});

test("one that was edited is printed as such, where arrows cannot be shown too", async () => {
  const content = async (request: CapturedRequest) => ({ ...request, body: textBody('{"hi":2}') });
  const { print, out } = await scene({ content, isUnicode: false });
  await print();
  expect(await out()).toMatch(/^#1 edited -> http:\S+\nPOST [^]*\n\{"hi":2\}\n/);
});

test("--json has one object for each, in its documented shape, and no other word", async () => {
  const { print, out, err } = await scene({ ids: [1, 2], asked: { isJson: true } });
  await print();
  const lines = jsonLinesOf(await out());
  expect(lines.map(({ requestId, url, edited, resigned }) => [requestId, url, edited, resigned])).toEqual([
    [1, "http://localhost:1/base/hooks", false, false],
    [2, "http://localhost:1/base/other", false, false],
  ]);
  expect(lines[0]).toMatchObject({
    kind: "dry-run",
    http: expect.stringMatching(/^POST \/base\/hooks HTTP\/1\.1\r?\n[^]*\{"hi":1\}$/) as unknown,
    curl: expect.stringMatching(/^curl /) as unknown,
  });
  expect(await err()).toBe("");
});

describe("credentials", () => {
  const captured = { headers: ["Host", "x", "Authorization", "Bearer canary-1234"], body: textBody("canary-1234") };

  test.each([{ isJson: false }, { isJson: true }])(
    "are covered, also where they stand once more: %j",
    async (asked) => {
      const { print, out } = await scene({ captured, asked });
      await print();
      expect(await out()).not.toContain("canary");
      expect(await out()).toContain("••••");
    },
  );

  test("are shown to whoever asks for them", async () => {
    const { print, out } = await scene({ captured, asked: { isRevealed: true } });
    await print();
    expect((await out()).match(/canary-1234/g)).toHaveLength(4);
  });
});

describe("a request that cannot be sent", () => {
  test("is trouble where it is the only one", async () => {
    const { print, err } = await scene({ ids: [7] });
    await expect(print()).rejects.toMatchObject({ code: "REQUEST_NOT_FOUND" });
    expect(await err()).toBe("");
  });

  test("is told among others, which are printed", async () => {
    const { print, out, err } = await scene({ ids: [7, 2] });
    expect(await print()).toBe(EXIT.ok);
    expect((await out()).match(/^#\d/gm)).toEqual(["#2"]);
    expect(await err()).toMatch(/^#7 would not be sent: .*7.*\nnothing was sent \(--dry-run\)\n$/);
  });

  test("is trouble for all where it is not about this one alone", async () => {
    const content = async (): Promise<undefined> => Promise.reject(new Error("the disk is gone"));
    const { print } = await scene({ ids: [1, 2], content });
    await expect(print()).rejects.toThrow("the disk is gone");
  });
});

testWithTool("mkfifo", "where nobody reads any more, nothing more is worked out", async () => {
  const pipe = new Fifo();
  const outSink = new Sink(pipe.writeFd);
  pipe.closeReader();
  outSink.write("x");
  await outSink.flushed();
  let planned = 0;
  const { print, at } = await scene({ ids: [1, 2], content: async () => void (planned += 1) });
  expect([await print({ ...at, outSink }), planned]).toEqual([EXIT.ok, 0]);
});
