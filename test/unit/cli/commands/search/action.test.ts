import { expect, test } from "vitest";
import { run } from "../../../../../src/cli/run.ts";
import type { Surroundings } from "../../../../../src/cli/terminal/surroundings.ts";
import { capturedRequest, textBody } from "../../../../helpers/samples.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

/** The search hands over two hundred matches at a time. */
const COUNT = 250;

test("on a terminal it tells how far it is, and takes that away before it prints matches and at the end", async () => {
  const path = await filledStore();
  const recorded = await recordedSurroundings({ isErrTty: true });
  expect(await run(["search", "needle", "--limit", "1000", "--db", path], recorded.at, "0")).toBe(0);
  expect((await recorded.out()).match(/#\d+/g)).toHaveLength(COUNT);
  const away = "\r\u001b[K";
  const told = (await recorded.err()).split(away);
  // Before the matches and at the end there is nothing; how many slices there are is a matter of time.
  expect([told[0], told[1], told.at(-1)]).toEqual(["", "", ""]);
  const steps = told.filter((text) => text !== "");
  expect(steps.length).toBeGreaterThan(0);
  for (const step of steps) {
    const back = Number(/back to #(\d+)/.exec(step)?.[1]);
    const percent = Math.floor(((COUNT - back) / COUNT) * 100);
    expect(step).toBe(`searching, back to #${back} (${percent} %), ${COUNT - back + 1} found`);
  }
});

test("elsewhere nothing is told", async () => {
  const recorded = await recordedSurroundings();
  expect(await run(["search", "needle", "--db", await filledStore()], recorded.at, "0")).toBe(0);
  expect(await recorded.err()).toBe("");
});

test("a signal ends it: what was not looked at is not claimed to hold nothing", async () => {
  const path = await filledStore();
  const recorded = await recordedSurroundings();
  const onSignal: Surroundings["onSignal"] = (told) => {
    told("SIGINT");
    return () => undefined;
  };
  expect(await run(["search", "nowhere", "--db", path], { ...recorded.at, onSignal }, "0")).toBe(130);
  expect([await recorded.out(), await recorded.err()]).toEqual(["", ""]);
});

async function filledStore(): Promise<string> {
  const store = openStore();
  const request = capturedRequest({ body: textBody("needle") });
  await Promise.all(Array.from({ length: COUNT }, async () => store.insertRequest(request)));
  return store.path;
}
