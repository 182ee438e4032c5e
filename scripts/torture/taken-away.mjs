/**
 * Takes a store's files away from a listener under load, 200 times (or as often as the first argument says), in all kinds of
 * ways, at random moments (the second argument is the seed), and holds what its senders were promised against what can be
 * read. Outside the gate: `npm run build && node scripts/torture/taken-away.mjs 200 1`; a third argument names one kind.
 * Promises: from a second after it on nothing is acknowledged without a readable row; other files and other processes come to
 * no harm; capture goes on by itself; no stack trace. Only a listener whose index of the log is cut may be ended by the
 * system.
 */
import { eventsFor, takenAwayRound } from "../../test/helpers/taken-away.ts";
import { takenAwayEvents } from "../../test/helpers/taken-away-events.ts";

const rounds = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const only = process.argv[4];
const AT_ONCE = Number(process.env["AT_ONCE"] ?? 2);

const events = eventsFor(only ? rounds * takenAwayEvents.length : rounds, seed)
  .filter(({ name }) => only === undefined || name === only)
  .slice(0, rounds);
/** @type {import("../../test/helpers/taken-away.ts").TakenAwayRound[]} */
const results = [];
const waiting = [...events.entries()];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [number, event] = next;
      const result = await takenAwayRound(event, seed * 1000 + number);
      results.push(result);
      if (result.lost > 0 || result.problems.length > 0 || result.died)
        console.log(`round ${number}, ${event.name}:`, JSON.stringify(result));
    }
  }),
);

/** @param {readonly (number | undefined)[]} numbers */
const sum = (numbers) => numbers.reduce((/** @type {number} */ total, number) => total + (number ?? 0), 0);
const rows = takenAwayEvents.flatMap(({ name }) => {
  const mine = results.filter((result) => result.name === name);
  if (mine.length === 0) return [];
  const slowest = Math.max(...mine.map(({ recoveredMs }) => recoveredMs ?? 0));
  return [
    {
      event: name,
      rounds: mine.length,
      "acked before": sum(mine.map(({ before }) => before)),
      "acked from 1 s on": sum(mine.map(({ after }) => after)),
      lost: sum(mine.map(({ lost }) => lost)),
      503: sum(mine.map(({ refused }) => refused)),
      "goes on after ms": Math.round(slowest),
      died: mine.filter(({ died }) => died).length,
      problems: sum(mine.map(({ problems }) => problems.length)),
    },
  ];
});
console.table(rows);
const lost = sum(results.map((result) => result.lost));
const problems = sum(results.map((result) => result.problems.length));
const died = results.filter(({ died, name }) => died && name !== "index cut to nothing").length;
console.log(`seed ${seed}: ${results.length} rounds, ${lost} lost, ${died} died, ${problems} problems`);
process.exitCode = lost + problems + died === 0 ? 0 : 1;
