import { join } from "node:path";
import { expect, test } from "vitest";
import { steady } from "../../scripts/docs/steady.ts";
import { playTour } from "../../scripts/docs/tour.ts";
import { jsonLinesOf, runBin } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { post } from "../helpers/load.ts";
import { otherDay } from "../helpers/other-day.ts";
import { rounds } from "../helpers/rounds.ts";
import { textOf } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { describeWithTool } from "../helpers/tools.ts";

const QUIET_MS = 30_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Moments at which something turns over: a leap day, the hour that comes twice, 31 bits of seconds, a year, by half an hour. */
const DAYS = [
  ["2028-02-28T23:59:58+14:00", "Pacific/Kiritimati"],
  ["2026-10-25T00:59:58Z", "Europe/Berlin"],
  ["2038-01-19T03:14:06Z", "America/St_Johns"],
  ["2027-12-31T23:59:58+05:30", "Asia/Kolkata"],
] as const;

describeWithTool(["faketime", "curl"], "on another day", () => {
  // Some twenty commands a day, each in a process; what depends on the day is told below, of all days.
  test.for(DAYS.slice(0, rounds(2)))("the README's tour prints what it says: %s in %s", async ([now, timeZone]) => {
    const told = textOf("README.md");
    expect(steady(await playTour(told, { quietMs: QUIET_MS, env: otherDay(now, timeZone) }))).toBe(steady(told));
  });

  test.for(DAYS)("each command tells the time as a clock on that wall: %s in %s", async ([now, timeZone]) => {
    const folder = temporaryFolder();
    const store = join(folder, "hooks.db");
    const env = otherDay(now, timeZone);
    const listener = await Listener.start([], store, env);
    await post(listener.url, "{}");
    await listener.stop();
    const asked = async (...args: string[]): Promise<string> => {
      const { code, out, err } = await runBin([...args, "--db", store], { folder, env });
      expect([code, err]).toEqual([0, ""]);
      return out;
    };

    const [line] = jsonLinesOf(await asked("show", "1", "--json"));
    const { receivedAt } = (line as unknown as { readonly request: { readonly receivedAt: string } }).request;
    // The listener was started then, and that is not long ago.
    const ageMs = Date.parse(receivedAt) - Date.parse(now);
    expect(ageMs).toBeGreaterThan(-2000);
    expect(ageMs).toBeLessThan(10 * MINUTE_MS);

    const [date, time] = onTheWall(receivedAt, timeZone);
    expect(await asked("show", "1")).toContain(`#1  POST /  ${date} ${time}.${receivedAt.slice(20, 23)}\n`);
    // Whichever side of midnight the list is made on.
    expect([time, `${date.slice(5)} ${time.slice(0, 5)}`, `${date} ${time.slice(0, 5)}`]).toContain(
      /^#1|^(.*?) {2,}#1/m.exec(await asked("list"))?.[1],
    );
    expect(await asked("list", "since:1h")).toContain("#1");
    const tomorrow = new Date(Date.parse(receivedAt) + DAY_MS).toISOString();
    expect((await runBin(["list", "--db", store], { folder, env: otherDay(tomorrow, timeZone) })).out).toMatch(
      new RegExp(`^(?:${date.slice(0, 4)}-)?${date.slice(5)} ${time.slice(0, 5)} {2}#1`, "m"),
    );
    const old = await runBin(["list", "since:1h", "--db", store], { folder, env: otherDay(tomorrow, timeZone) });
    expect(old.out).not.toContain("#1");
  });
});

/** Date and time of a moment in a time zone, by another way than hookcli's. */
function onTheWall(moment: string, timeZone: string): readonly [date: string, time: string] {
  const text = new Date(moment).toLocaleString("sv-SE", { timeZone });
  return [text.slice(0, 10), text.slice(11, 19)];
}
