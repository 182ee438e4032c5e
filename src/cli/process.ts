import { fstatSync, readFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { systemClock } from "../core/model/clock.ts";
import type { ThisMachine } from "../core/model/this-machine.ts";
import { standardInput } from "./terminal/input.ts";
import { type ColourAsked, colourLevel } from "./terminal/colour.ts";
import { Printer } from "./terminal/printer.ts";
import { Sink } from "./terminal/sink.ts";
import { readCommandLine } from "./command-line.ts";
import { commands as ours } from "./commands/index.ts";
import { run } from "./run.ts";
import type { Command } from "./settings/command.ts";
import type { StopSignal, Surroundings } from "./terminal/surroundings.ts";

const PAGE_COLUMNS = 100;
const STOP_SIGNALS: readonly StopSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs one command line with this process's streams, environment and signals, and ends the process with its exit code.
 * @param commands the tree of commands that there are
 */
export async function runInProcess(
  args: readonly string[],
  version: string,
  commands: readonly Command[] = ours,
): Promise<void> {
  const outSink = new Sink(1);
  const errSink = new Sink(2);
  const option = colourOption(readCommandLine(args, commands).own);
  const isUnicode = !/^(?:C|POSIX)$|ISO-?8859|ASCII/i.test(localeOf(process.env));
  const at: Surroundings = {
    out: await Printer.open(outSink, levelFor(1, option), isUnicode),
    err: await Printer.open(errSink, levelFor(2, option), isUnicode),
    outSink,
    errSink,
    isOutTty: isTerminal(1),
    isErrTty: isTerminal(2) && process.env["TERM"] !== "dumb",
    input: standardInput,
    version,
    env: process.env,
    directory: process.cwd(),
    clock: systemClock,
    processes: { pid: process.pid, markOf },
    machine: thisMachine,
    columns: isTerminal(1) ? process.stdout.columns : PAGE_COLUMNS,
    onSignal,
  };
  const code = await run(args, at, version, commands);
  await outSink.flushed();
  await errSink.flushed();
  process.exit(code);
}

/** Needed before the command line is parsed, because an error in it is coloured too. */
function colourOption(args: readonly string[]): ColourAsked["option"] {
  const given = args.findLast((arg, at) => arg.startsWith("--color=") || args[at - 1] === "--color");
  const when = given?.replace("--color=", "");
  return when === "always" || when === "never" || when === "auto" ? when : undefined;
}

function levelFor(fd: 1 | 2, option: ColourAsked["option"]): ReturnType<typeof colourLevel> {
  const isTty = isTerminal(fd);
  const stream = fd === 1 ? "stdout" : "stderr";
  const depthBits = isTty ? process[stream].getColorDepth() : 1;
  return colourLevel({ option, env: process.env, isTty, depthBits });
}

/** Asks the descriptor first: to look at `process.stdout` makes a stream of it, which costs as much as opening the store. */
function isTerminal(fd: 1 | 2): boolean {
  try {
    return fstatSync(fd).isCharacterDevice() && (fd === 1 ? process.stdout : process.stderr).isTTY;
  } catch {
    // Closed from the start.
    return false;
  }
}

function localeOf(env: NodeJS.ProcessEnv): string {
  return env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
}

/** On Linux the start time of the process, in clock ticks since boot; elsewhere only that it runs. */
export function markOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name in parentheses may hold anything; behind it come the state and, as the 20th field, the start time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : (fields[19] ?? "");
  } catch {
    return "";
  }
}

/** Its addresses and its name, as the system has them now. */
export function thisMachine(): ThisMachine {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return { addresses: all.map(({ address }) => address), hostname: hostname() };
}

function onSignal(told: (signal: StopSignal) => void): () => void {
  for (const signal of STOP_SIGNALS) process.on(signal, told);
  return () => {
    for (const signal of STOP_SIGNALS) process.off(signal, told);
  };
}
