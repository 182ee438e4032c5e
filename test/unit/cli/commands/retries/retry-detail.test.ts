import { expect, test } from "vitest";
import { RetryDetail } from "../../../../../src/cli/commands/retries/retry-detail.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../../helpers/surroundings.ts";
import { type Arrival, at, comparedTimeline, senders } from "../../../../helpers/timelines.ts";
import { stillClock } from "../../../../helpers/samples.ts";
import type { ComparedGroup } from "../../../../../src/app/looking/compare-group.ts";

async function shown(compared: ComparedGroup, wanted: SurroundingsWanted = {}): Promise<string> {
  const { at: surroundings, out } = await recordedSurroundings({ clock: stillClock, ...wanted });
  const detail = new RetryDetail(surroundings);
  detail.attempts(compared, false);
  detail.standing(compared);
  return out();
}

test("shows each attempt with its gap, what was found, and what the sender was told", async () => {
  const arrivals: readonly Arrival[] = [...at(0, 5), { seconds: 305, told: 0, note: "fault: reset" }];
  const text = await shown(await comparedTimeline(senders.svix, arrivals));
  expect(text).toMatch(/^msg_p5jXN8AQM9LWM0D4loKWxJek {2}user\.created {2}\(svix\)\nschedule svix: 5s,5m,30m/);
  expect(text).toMatch(/\n {2}1 +#1 .* first +500/);
  expect(text).toMatch(/\n {2}2 +#2 .* \+5 s +5 s +on time +500/);
  expect(text).toMatch(/\n {2}3 +#3 .* \+5 min +5 min +on time +nothing +fault: reset\n/);
  expect(text).toMatch(/\n {2}●─+●─+●┄+○\n {2}✗ +✗ +✗\n3 of 8 seen, next expected /);
});

test("draws what is missing, and says what that may mean", async () => {
  const text = await shown(await comparedTimeline(senders.svix, [...at(0, 305), { seconds: 2105, told: 204 }]));
  expect(text).toMatch(/\n {2}●─+○─+●─+●\n {2}✗ +✗ +✓\n3 of 8 seen, 1 missing \(2\), accepted on attempt 4\n/);
  expect(text).toMatch(/\nmissing: not sent, or sent while nothing listened here\n$/);
});

test("says why gaps mean nothing, and what is documented by nobody", async () => {
  expect(await shown(await comparedTimeline(senders.github, at(0, 9)))).toMatch(
    /\ngaps say nothing: a failed delivery is never/,
  );
});

test("fits a narrow terminal, also without Unicode", async () => {
  const compared = await comparedTimeline(senders.svix, at(0, 5, 305, 2105));
  const text = await shown(compared, { isOutTty: true, columns: 44, isUnicode: false });
  const lines = text.split("\n").slice(2);
  expect(Math.max(...lines.filter((line) => line.startsWith("  ")).map((line) => line.length))).toBeLessThanOrEqual(44);
  expect(lines.join("\n")).toMatch(/^[\n -~]*$/);
});

test("rather leaves out how long it took than what the handler did", async () => {
  const compared = await comparedTimeline(senders.svix, [...at(0), { seconds: 5, told: 200 }]);
  const wide = (await shown(compared)).split("\n").find((line) => line.includes("HANDLER")) ?? "";
  const text = await shown(compared, { isOutTty: true, columns: wide.length - 6 });
  expect(text).toContain("HANDLER");
  expect(text).not.toContain("TOOK");
});

test("prints while it follows what is settled, and the rest at the end", async () => {
  const { at: surroundings, out } = await recordedSurroundings({ clock: stillClock });
  const detail = new RetryDetail(surroundings);
  const rows = async (): Promise<readonly string[]> =>
    [...(await out()).matchAll(/^ {2}\d +(#\d)/gm)].map(([, id]) => id ?? "");
  detail.attempts(await comparedTimeline(senders.svix, [{ seconds: 0 }, { seconds: 5, told: null }]), true);
  expect(await rows()).toEqual(["#1"]);
  const three = await comparedTimeline(senders.svix, [{ seconds: 0 }, { seconds: 5, told: null }, { seconds: 305 }]);
  detail.attempts(three, true);
  expect(await rows()).toEqual(["#1", "#2", "#3"]);
  detail.attempts(three, false);
  expect(await rows()).toHaveLength(3);
});
