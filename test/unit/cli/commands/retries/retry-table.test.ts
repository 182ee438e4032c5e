import { expect, test } from "vitest";
import { RetryTable } from "../../../../../src/cli/commands/retries/retry-table.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";
import { at, comparedTimeline, senders } from "../../../../helpers/timelines.ts";

test("each event is one line: what came last, what it was told, and where it stands", async () => {
  const { at: surroundings, out } = await recordedSurroundings();
  const table = new RetryTable(surroundings);
  table.print([await comparedTimeline(senders.svix, [...at(0), { seconds: 5, told: 200 }])]);
  table.print([await comparedTimeline(senders.nobody, at(0, 9))]);
  const [heading, first, second] = (await out()).split("\n");
  expect(heading).toMatch(/^LAST +ID +EVENT ID +EVENT +PROVIDER +TOLD +RETRIES$/);
  expect(first).toMatch(
    / #2 +msg_p5jXN8AQM9LWM0D4loKWxJek +user\.created +svix +200 +2 of 8 seen, accepted on attempt 2$/,
  );
  expect(second).toMatch(/ #2 +body [0-9a-f]{11}… +500 +2 seen$/);
});

test("on a narrow terminal it keeps where each event stands, and leaves out what is told elsewhere", async () => {
  const { at: surroundings, out } = await recordedSurroundings({ isOutTty: true, columns: 80 });
  new RetryTable(surroundings).print([await comparedTimeline(senders.svix, [...at(0), { seconds: 5, told: 200 }])]);
  const [heading, row] = (await out()).split("\n");
  expect(heading).not.toContain("PROVIDER");
  expect(row).toMatch(/ 2 of 8 seen, accepted on attempt 2$/);
});
