import { expect, test } from "vitest";
import { JsonRenderer } from "../../../../../src/cli/commands/listen/json-renderer.ts";
import {
  sampleAttempt,
  sampleDelivery,
  sampleRequest,
  SAMPLE_TIME_MS,
  stillClock,
} from "../../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

const request = sampleRequest();
const TIME = "2026-03-04T05:06:07.089Z";

test("each line is one object: ready, request, delivery, notice, summary", async () => {
  const lines = await rendered((renderer) => {
    renderer.ready({
      captureUrl: "http://127.0.0.1:4400",
      targets: ["http://localhost:8000"],
      storePath: "hooks.db",
      stored: 3,
      pid: 7,
      atMs: SAMPLE_TIME_MS,
    });
    renderer.entry({ kind: "request", seq: 1, request });
    const attempt = sampleAttempt();
    renderer.entry({ kind: "attempt", seq: 1, request, delivery: sampleDelivery(), attempt, elsewhere: true });
    renderer.entry({ kind: "notice", level: "warning", code: "STORE_FULL", text: "full" });
    renderer.summary({
      isEphemeral: false,
      isFaulty: true,
      received: 1,
      delivered: 2,
      failed: 3,
      refused: 4,
      duplicates: 6,
      outOfOrder: 2,
      failedSignatures: 7,
      faulted: 9,
      lostAcks: 8,
      silent: 5,
      storePath: "hooks.db",
      atMs: SAMPLE_TIME_MS,
    });
  });
  expect(lines).toEqual([
    {
      v: 1,
      kind: "ready",
      at: TIME,
      capture: "http://127.0.0.1:4400",
      forward: ["http://localhost:8000"],
      store: "hooks.db",
      stored: 3,
      pid: 7,
      faults: null,
    },
    { v: 1, kind: "request", request: expect.objectContaining({ id: 42, target: "/hooks" }) as unknown },
    {
      v: 1,
      kind: "delivery",
      elsewhere: true,
      ackBudgetMs: null,
      request: expect.objectContaining({ id: 42 }) as unknown,
      delivery: expect.objectContaining({ id: "d17", status: "delivered" }) as unknown,
    },
    { v: 1, kind: "notice", at: TIME, level: "warning", code: "STORE_FULL", text: "full" },
    {
      v: 1,
      kind: "summary",
      at: TIME,
      received: 1,
      delivered: 2,
      failed: 3,
      refused: 4,
      duplicates: 6,
      outOfOrder: 2,
      failedSignatures: 7,
      faulted: 9,
      lostAcks: 8,
      silent: 5,
    },
  ]);
});

test("a settled request is no line of its own: its deliveries said it", async () => {
  expect(await rendered((renderer) => renderer.entry({ kind: "settled", request, deliveries: [] }))).toEqual([]);
});

test("what a fault told the sender is a line of its own where no delivery says it", async () => {
  const faulted = sampleRequest({ reply: { status: 0, note: "fault: reset" } });
  const lines = await rendered((renderer) => {
    renderer.entry({ kind: "settled", request: faulted, deliveries: [] });
    renderer.entry({ kind: "settled", request: faulted, deliveries: [sampleDelivery()] });
  });
  const reply = { status: null, note: "fault: reset", fault: "reset" };
  expect(lines).toEqual([{ v: 1, kind: "replied", request: expect.objectContaining({ id: 42, reply }) as unknown }]);
});

test("an active plan stands in the first line", async () => {
  const ready = { captureUrl: "http://[::1]:1", targets: [], storePath: "x", stored: 0, pid: 1, atMs: SAMPLE_TIME_MS };
  const faults = { plan: "500x2", per: "path", chance: { share: 0.3, seed: 7 }, match: "type:a" } as const;
  const lines = await rendered((renderer) => {
    renderer.ready({ ...ready, faults });
    renderer.ready({ ...ready, faults: { plan: "reset", per: "all", match: "" } });
  });
  expect(lines).toMatchObject([
    { faults: { plan: "500x2", per: "path", rate: 0.3, seed: 7, match: "type:a" } },
    { faults: { plan: "reset", per: "all", rate: null, seed: null, match: null } },
  ]);
});

async function rendered(use: (renderer: JsonRenderer) => void): Promise<readonly unknown[]> {
  const recorded = await recordedSurroundings();
  use(new JsonRenderer({ ...recorded.at, clock: stillClock }));
  const lines = (await recorded.out()).split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as unknown);
}
