import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));

/** Kept from run to run: to read TypeScript takes most of one. */
const NODE_COMPILE_CACHE = `${root}/node_modules/.cache/compiled`;

/** Runs hookcli from src/, without a build. */
export function spawnHookcli(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): ChildProcess {
  const preload = `data:text/javascript,globalThis.__VERSION__=${JSON.stringify(version)}`;
  const nodeArgs = ["--no-warnings", "--import", preload, `${root}/src/cli/main.ts`, ...args];
  const stdio = ["ignore", "pipe", "pipe"] as const;
  return spawn(process.execPath, nodeArgs, { cwd, env: { NODE_COMPILE_CACHE, ...env }, stdio: [...stdio] });
}

/** Runs it to its end and gives back what it printed on both streams. */
export async function runHookcli(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawnHookcli(args, cwd, env);
  let printed = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  await once(child, "close");
  return printed;
}
