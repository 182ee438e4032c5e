import { expect, test } from "vitest";
import { Tries } from "../../../../src/app/delivering/tries.ts";
import type { Outcome } from "../../../../src/core/model/delivery.ts";
import { Exchange } from "../../../../src/io/delivery/exchange.ts";
import { tempSinks } from "../../../helpers/capture.ts";

const lostOutcome: Outcome = { kind: "no-response", reason: "reset", detail: "gone" };

test("what went well is not asked about again", async () => {
  const { exchange } = exchangeThat({ mayRepeat: false });
  let asked = 0;
  const tries = new Tries(exchange, 1, async () => {
    asked += 1;
    return undefined;
  });
  expect(await tries.ended).toEqual({ number: 1, outcome: lostOutcome, durationMs: 1 });
  expect(await tries.reply).toBeUndefined();
  expect(asked).toBe(0);
});

test("what was lost is asked about once, however often somebody looks, and the second one counts", async () => {
  const first = exchangeThat({ mayRepeat: true });
  const second = exchangeThat({ mayRepeat: true, durationMs: 7 });
  let asked = 0;
  const tries = new Tries(first.exchange, 4, async () => {
    asked += 1;
    return second.exchange;
  });
  expect(await Promise.all([tries.ended, tries.reply, tries.ended, tries.reply])).toEqual([
    { number: 5, outcome: lostOutcome, durationMs: 7 },
    undefined,
    { number: 5, outcome: lostOutcome, durationMs: 7 },
    undefined,
  ]);
  expect(asked).toBe(1);
});

test("where a second one is not to be, the first one counts", async () => {
  const tries = new Tries(exchangeThat({ mayRepeat: true }).exchange, 3, async () => undefined);
  expect(await tries.ended).toMatchObject({ number: 3, outcome: lostOutcome });
});

/** An exchange that was lost before it began. */
function exchangeThat({ mayRepeat, durationMs = 1 }: { readonly mayRepeat: boolean; readonly durationMs?: number }) {
  const exchange = new Exchange("GET", { timeoutMs: 0, isRelayed: false, openSink: tempSinks() });
  const ended = Promise.resolve({ outcome: lostOutcome, durationMs, mayRepeat });
  return { exchange: Object.assign(exchange, { ended }) };
}
