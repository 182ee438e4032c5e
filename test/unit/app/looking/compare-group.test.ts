import { describe, expect, test } from "vitest";
import { isAsExpected } from "../../../../src/core/schedules/comparison.ts";
import { readSchedule } from "../../../../src/core/schedules/find-schedule.ts";
import { type Arrival, at, comparedTimeline, FIRST_MS, retried, senders } from "../../../helpers/timelines.ts";

async function compared(...timeline: Parameters<typeof comparedTimeline>) {
  const found = await comparedTimeline(...timeline);
  const { comparison } = found;
  return {
    ...found,
    words: comparison.attempts.map(({ number, finding, extra }) => `${number} ${extra ?? finding}`),
    isFine: isAsExpected(comparison),
  };
}

function slackRetry(seconds: number, number: number, told = 500): Arrival {
  return { seconds, told, headers: retried("x-slack-retry", number, "http_error") };
}

function squareRetry(seconds: number, number: number): Arrival {
  return { seconds, headers: retried("square-retry", number, "http_timeout") };
}

describe("recorded timelines", () => {
  test("Slack on time, and accepted at last", async () => {
    const seen = await compared(senders.slack, [{ seconds: 0 }, slackRetry(0.4, 1), slackRetry(61, 2, 200)]);
    expect(seen.words).toEqual(["1 first", "2 on-time", "3 on-time"]);
    expect(seen).toMatchObject({ isFine: true, comparison: { most: 4, end: "accepted", missing: [] } });
  });

  test("Slack late, with a number left out, and once more after an acceptance", async () => {
    const arrivals = [{ seconds: 0 }, slackRetry(90, 2), slackRetry(391, 3, 200), slackRetry(400, 3)];
    const seen = await compared(senders.slack, arrivals);
    expect(seen.words).toEqual(["1 first", "3 late", "4 on-time", "4 accepted"]);
    expect(seen).toMatchObject({ isFine: false, comparison: { missing: [2] } });
  });

  test("Square on time, though its first attempts came before anybody listened", async () => {
    const seen = await compared(senders.square, [squareRetry(420, 3), squareRetry(900, 4)]);
    expect(seen.words).toEqual(["4 on-time", "5 on-time"]);
    expect(seen.comparison).toMatchObject({ missing: [1, 2, 3], most: 12, next: { number: 6 } });
  });

  test("Square early", async () => {
    const seen = await compared(senders.square, [{ seconds: 0 }, squareRetry(60, 1), squareRetry(120, 2)]);
    expect(seen.words).toEqual(["1 first", "2 on-time", "3 early"]);
  });

  test("Svix on time, with the next one and its window", async () => {
    const seen = await compared(senders.svix, at(0, 5, 306, 2108));
    expect(seen).toMatchObject({ isFine: true, comparison: { most: 8, end: "open" } });
    const { next } = seen.comparison;
    // Two hours after the fourth, a tenth more or less.
    expect(next).toEqual({
      number: 5,
      fromMs: FIRST_MS + (2108 + 6480) * 1000,
      toMs: FIRST_MS + (2108 + 7920) * 1000,
    });
  });

  test("Svix with one missing and one that does not come", async () => {
    expect((await compared(senders.svix, at(0, 305, 2106))).words).toEqual(["1 first", "3 on-time", "4 on-time"]);
    const late = await compared(senders.svix, at(0, 5), { nowSeconds: 400 });
    expect(late).toMatchObject({ isFine: false, comparison: { missing: [3], next: { number: 4 } } });
  });

  test("Standard Webhooks on time; a 410 ends it, and what comes then is extra", async () => {
    const arrivals = [...at(0, 5), { seconds: 305, told: 410 }];
    expect(await compared(senders.standardwebhooks, arrivals)).toMatchObject({
      isFine: true,
      comparison: { end: "stopped" },
    });
    const seen = await compared(senders.standardwebhooks, [...arrivals, { seconds: 2105 }]);
    expect(seen.words).toEqual(["1 first", "2 on-time", "3 on-time", "4 stopped"]);
  });

  test("Shopify, whose intervals nobody knows: number and span count", async () => {
    const fine = await compared(senders.shopify, at(0, 60, 400));
    expect(fine.words).toEqual(["1 first", "2 unknown", "3 unknown"]);
    expect(fine).toMatchObject({ isFine: true, comparison: { most: 9, end: "open" } });
    const late = await compared(senders.shopify, at(0, 60, 5 * 3600));
    expect(late.words.at(-1)).toBe("3 late");
    const many = await compared(senders.shopify, at(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    expect(many.words.at(-1)).toBe("10 used-up");
  });

  test("Paddle after it was answered in time is extra, and after it was answered too late is not", async () => {
    const arrivals = [{ seconds: 0, told: 200 }, { seconds: 60 }];
    expect((await compared(senders.paddle, arrivals)).words).toEqual(["1 first", "2 accepted"]);
  });
});

describe("where a comparison means nothing", () => {
  test.each([
    ["GitHub sends nothing again by itself", senders.github, /redelivered$/],
    ["Stripe publishes no intervals", senders.stripe, /publishes no intervals$/],
    ["nobody knows who it is", senders.nobody, /^nobody can tell who sent it/],
  ])("%s", async (_, sender, why) => {
    const seen = await compared(sender, at(0, 60));
    expect(seen.comparison.meaningless).toMatch(why);
    expect(seen.words).toEqual(["1 first", "2 unknown"]);
  });

  test("a relay has accepted the event itself", async () => {
    const headers = ["X-Hookdeck-EventID", "evt_1", "x-hookdeck-signature", "aaaa"];
    const seen = await compared(senders.svix, [
      { seconds: 0, headers },
      { seconds: 9, headers },
    ]);
    expect(seen.comparison.meaningless).toMatch(/^Hookdeck stands in between/);
  });
});

describe("what a person expects", () => {
  test("goes before the provider's own schedule, and keeps its statuses", async () => {
    const expected = readSchedule("10s,20s");
    const seen = await compared(senders.svix, [...at(0, 10), { seconds: 30, told: 200 }], { expected });
    expect(seen).toMatchObject({ isFine: true, against: { kind: "own" }, comparison: { most: 3, end: "accepted" } });
    expect((await compared(senders.svix, at(0, 5), { expected: readSchedule("1m") })).words).toEqual([
      "1 first",
      "2 early",
    ]);
  });

  test("is held against a sender that nobody knows, and through a relay", async () => {
    expect(await compared(senders.nobody, at(0, 60), { expected: readSchedule("1m,5m") })).toMatchObject({
      isFine: true,
    });
    const headers = ["X-Hookdeck-EventID", "evt_1"];
    const relayed = await compared(senders.svix, [{ seconds: 0, headers }], { expected: readSchedule("svix") });
    expect(relayed.comparison.meaningless).toBeUndefined();
  });

  test("may be off as far as is tolerated", async () => {
    const expected = readSchedule("100s");
    const exact = { percent: 0, leastMs: 1000 };
    expect((await compared(senders.nobody, at(0, 109), { expected })).isFine).toBe(true);
    expect((await compared(senders.nobody, at(0, 109), { expected, tolerance: exact })).isFine).toBe(false);
  });
});
