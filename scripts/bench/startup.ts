import { type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Bench } from "./lib/bench.ts";
import { ratios, sayBar, sayRounds } from "./lib/report.ts";
import { median } from "./lib/stats.ts";
import type { Wanted } from "./lib/wanted.ts";

/** `--version`, `--help` and `listen` until it is ready, each against Node starting to do nothing. */
export async function startup(bench: Bench, { rounds = 25 }: Wanted): Promise<void> {
  const options = { cwd: bench.folder, env: bench.environment() };
  const listen = [bench.bin, "listen", "--json", "--port", "0", "--db", join(bench.folder, "startup.db")];
  const measured = [];
  for (let at = 0; at <= rounds; at += 1) {
    measured.push({
      node: await untilExitMs(["-e", "0"], options),
      version: await untilExitMs([bench.bin, "--version"], options),
      help: await untilExitMs([bench.bin, "--help"], options),
      listen: await untilReadyMs(listen, options),
    });
  }
  // The first one fills the compile cache and makes the store.
  const timed = measured.slice(1);
  const node = timed.map((times) => times.node);
  sayRounds("node -e 0", node, "ms", 1);
  const bars = { version: 1.7, help: undefined, listen: 2.7 } as const;
  for (const name of ["version", "help", "listen"] as const) {
    const times = timed.map((round) => round[name]);
    const toNode = ratios(times, node);
    sayRounds(name === "listen" ? "hookcli listen, to its ready line" : `hookcli --${name}`, times, "ms", 1);
    sayRounds("  / node -e 0", toNode, "");
    const bar = bars[name];
    if (bar !== undefined) sayBar(`start of ${name} against node -e 0`, median(toNode), "<=", bar);
  }
}

async function untilExitMs(args: readonly string[], options: SpawnOptions): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { ...options, stdio: "ignore" });
  const [code] = (await once(child, "exit")) as [number | null];
  const elapsedMs = performance.now() - startedAt;
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}`);
  return elapsedMs;
}

async function untilReadyMs(args: readonly string[], options: SpawnOptions): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  try {
    if (child.stdout === null) throw new Error("no stdout");
    const [first] = (await Promise.race([once(child.stdout, "data"), ended])) as [unknown];
    const elapsedMs = performance.now() - startedAt;
    if (!String(first).startsWith('{"v":1,"kind":"ready"')) throw new Error(`listen said ${String(first)}`);
    child.stdout.resume();
    return elapsedMs;
  } finally {
    child.kill("SIGINT");
    await ended;
  }
}
