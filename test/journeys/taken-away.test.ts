import { expect, test } from "vitest";
import { rounds } from "../helpers/rounds.ts";
import { eventsFor, takenAwayRound, type TakenAwayRound } from "../helpers/taken-away.ts";

const ROUNDS = rounds(20);
/** HOOKCLI_TEST_SEED looks somewhere else. */
const SEED = Number(process.env["HOOKCLI_TEST_SEED"] ?? 1);
const AT_ONCE = 4;
/** SQLite has the index in its memory, and the system ends whoever reads behind its end. */
const DEADLY = "index cut to nothing";

test(
  "whatever happens to the files of a store under a listener, a second later nothing is acknowledged that is not in the store at the path",
  { timeout: 120_000 + ROUNDS * 10_000 },
  async () => {
    const waiting = [...eventsFor(ROUNDS, SEED).entries()].filter(([, { name }]) => name !== DEADLY);
    const results: TakenAwayRound[] = [];
    const places = Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        results.push(await takenAwayRound(next[1], SEED * 1000 + next[0]));
    });
    await Promise.all(places);
    const wrong = results.filter(({ lost, died, problems }) => lost > 0 || died !== undefined || problems.length > 0);
    console.log(`seed ${SEED}: ${results.length} rounds, ${wrong.length} went wrong`);
    expect(wrong).toEqual([]);
    for (const { name, after } of results) expect({ name, after }).not.toEqual({ name, after: 0 });
  },
);
