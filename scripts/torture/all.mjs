/**
 * Everything that tries to make hookcli lose, leak or stop, one after the other: `npm run torture`, about half an hour.
 * Prints a table with what each of them promises, and ends with 1 where a promise was broken. What one of them prints is
 * shown where it failed, and with `--verbose` always; a name, or part of it, picks some: `npm run torture -- power`. What the
 * gate repeats is repeated more often by `rounds.mjs`, which is not among them.
 */
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";

/** @typedef {{ name: string, promise: string, script: string, args: readonly string[] }} Attack */

/** @type {readonly Attack[]} */
const attacks = [
  {
    name: "kill -9",
    promise: "what was acknowledged is there, 200 times",
    script: "kill-nine.mjs",
    args: ["200"],
  },
  {
    name: "power cuts",
    promise: "the same, with none, half or all of what was not synced; two controls must lose",
    script: "power-loss/run.mjs",
    args: ["150"],
  },
  {
    name: "files taken away",
    promise: "nothing is acknowledged without a readable row from 1 s on, 200 times",
    script: "taken-away.mjs",
    args: ["200"],
  },
  {
    name: "two writers",
    promise: "no lock is reported, no event loop stands still, for 60 s",
    script: "two-writers.mjs",
    args: ["60"],
  },
  {
    name: "memory",
    promise: "at most 120 MB more, whatever is sent to a target that hangs",
    script: "memory-in-flight.mjs",
    args: [],
  },
  {
    name: "held up",
    promise: "none of 3,000 requests fails while the event loop stands still for 300 ms at a time",
    script: "held-up-sends.mjs",
    args: [],
  },
  {
    name: "fuzz",
    promise: "no stream is read otherwise than by a second reader; none hangs, throws or stays",
    script: "fuzz.mjs",
    args: ["--minutes", "8"],
  },
];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: "boolean", default: false } },
});
const wanted = attacks.filter(({ name }) => positionals.every((part) => name.includes(part)));

/**
 * @param {Attack} attack
 * @returns {Promise<{ code: number | null, seconds: number, printed: string }>}
 */
function run({ script, args }) {
  const startedMs = performance.now();
  const file = new URL(script, import.meta.url);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file.pathname, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (/** @type {Buffer} */ chunk) => {
        printed += chunk;
        if (values.verbose) process.stdout.write(chunk);
      });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, seconds: (performance.now() - startedMs) / 1000, printed }));
  });
}

const rows = [];
for (const attack of wanted) {
  console.log(`${attack.name} …`);
  const { code, seconds, printed } = await run(attack);
  if (code !== 0 && !values.verbose) console.log(printed);
  rows.push({ attack: attack.name, promise: attack.promise, seconds: Math.round(seconds), kept: code === 0 });
}
console.table(rows);
process.exitCode = rows.length > 0 && rows.every(({ kept }) => kept) ? 0 : 1;
