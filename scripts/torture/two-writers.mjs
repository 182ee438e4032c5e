/**
 * Two listeners on one store, both under load, with replays and lists beside them, for 60 s (or as many as the first
 * argument says), on the disk that holds the temporary folder (or the second argument). Outside the gate:
 * `npm run build && node scripts/torture/two-writers.mjs 60`.
 * Promises: every request is acknowledged and stored, no lock is ever reported, and no event loop stands still for more
 * than 100 ms. What a busy machine takes away by itself shows in a process beside them that does nothing.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareWithStore, digest } from "../../test/helpers/acknowledged.ts";
import { Listener } from "../../test/helpers/listener.ts";
import { idIn, inParallel, post } from "../../test/helpers/load.ts";

const CLIENTS_EACH = 4;
const LONGEST_BLOCK_MS = 100;
const seconds = Number(process.argv[2] ?? 60);
const folder = mkdtempSync(join(process.argv[3] ?? tmpdir(), "hookcli-torture-"));
const storePath = join(folder, "hooks.db");
const bin = fileURLToPath(new URL("../../bin/hookcli.js", import.meta.url));
const watcher = new URL("../../test/helpers/loop-watch.ts", import.meta.url).href;

/**
 * The environment of a process whose event loop is watched.
 * @param {string} name
 */
function watched(name) {
  return { NODE_OPTIONS: `--import=${watcher}`, LOOP_WATCH: join(folder, `block-${name}`) };
}

/** @param {string} name */
function longestBlockMs(name) {
  return Number(readFileSync(join(folder, `block-${name}`), "utf8"));
}

/**
 * Runs another command on the same store.
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, stderr: string }>}
 */
function command(...args) {
  return new Promise((settle) =>
    execFile(process.execPath, [bin, ...args, "--db", storePath], { maxBuffer: 1e9 }, (error, _out, stderr) =>
      settle({ code: error ? Number(error.code) : 0, stderr }),
    ),
  );
}

const one = await Listener.start([], storePath, watched("first"));
const other = await Listener.start([], storePath, watched("second"));
const listeners = [one, other];
const idleProgram = "process.on('SIGTERM', () => process.exit()); setInterval(() => undefined, 1e6); console.log()";
const idle = spawn(process.execPath, ["-e", idleProgram], { env: { ...process.env, ...watched("idle") } });
await once(idle.stdout, "data");
const first = await post(one.url, "first");
/** @type {Map<number, string>} */
const acknowledged = new Map([[idIn(first), digest("first")]]);
for (const { pid } of [...listeners, idle]) process.kill(pid ?? 0, "SIGUSR2");

const over = new AbortController();
setTimeout(() => over.abort(), seconds * 1000);
/** @type {string[]} */
const troubles = [];
let slowestMs = 0;
let commands = 0;

const loads = listeners.map(({ url }, index) =>
  inParallel(CLIENTS_EACH, over.signal, async (agent, client) => {
    const body = JSON.stringify({ index, client, at: performance.now(), padding: "z".repeat(500) });
    const startedAt = performance.now();
    const reply = await post(url, body, agent);
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    if (reply.status === 200) acknowledged.set(idIn(reply), digest(body));
    else troubles.push(`${reply.status} ${reply.body}`);
  }),
);
const others = inParallel(1, over.signal, async () => {
  for (const args of [
    ["replay", "1", "--to", other.url],
    ["list", "--json"],
    ["wait", "--after", "1"],
  ]) {
    const { code, stderr } = await command(...args);
    commands += 1;
    if (code !== 0) troubles.push(`${args.join(" ")}: ${code} ${stderr}`);
  }
});
await Promise.all([...loads, others]);
idle.kill("SIGTERM");
await once(idle, "close");
const received = [];
for (const listener of listeners) received.push(Number((await listener.stop())["received"]));
for (const { lines, stderr } of listeners) {
  troubles.push(...lines.filter(({ kind }) => kind === "notice").map((line) => JSON.stringify(line)));
  if (stderr !== "") troubles.push(stderr);
}
const blocks = [longestBlockMs("first"), longestBlockMs("second")];
const { missing, different, quickCheck } = compareWithStore(storePath, acknowledged);
console.log(
  `two listeners, ${seconds} s: ${received.join(" + ")} received, ${commands} commands beside them; slowest reply ` +
    `${Math.round(slowestMs)} ms; longest block ${blocks.join(" and ")} ms (idle process: ${longestBlockMs("idle")} ms); ${troubles.length} troubles, ` +
    `${missing.length} missing, ${different.length} different, quick_check ${quickCheck}`,
);
for (const trouble of troubles.slice(0, 10)) console.log(trouble);
rmSync(folder, { recursive: true });
const isWell = troubles.length + missing.length + different.length === 0 && quickCheck === "ok";
process.exitCode = isWell && blocks.every((blockMs) => blockMs <= LONGEST_BLOCK_MS) ? 0 : 1;
