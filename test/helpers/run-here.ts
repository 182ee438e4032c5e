import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Printer } from "../../src/cli/terminal/printer.ts";
import { markOf, thisMachine } from "../../src/cli/process.ts";
import { run } from "../../src/cli/run.ts";
import type { Surroundings } from "../../src/cli/terminal/surroundings.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import { bareEnvironment, type BinOptions, type Finished } from "./bin.ts";
import { textOf } from "./sources.ts";
import { recordedStream, temporaryFolder } from "./surroundings.ts";

const { version } = JSON.parse(textOf("package.json")) as { readonly version: string };

/** What a process makes of its environment and flags before the program runs; whoever is about these needs `runBin`. */
const FOR_A_PROCESS = /^(?:LANG|LC_\w+|TZ|TERM|NO_COLOR|FORCE_COLOR|NODE_\w+|LD_\w+|FAKETIME\w*)$/;

/**
 * Does what `runBin` does without a process: the same program, in surroundings of its own, in a tenth of the time. What is
 * about a process (signals, terminals, users, standard streams, a crash, what is loaded and when) needs one, and so does a
 * listener; `runBin` is for these.
 */
export async function runHere(args: readonly string[], options: Omit<BinOptions, "uid"> = {}): Promise<Finished> {
  refuseWhatNeedsAProcess(args, options);
  const { folder = temporaryFolder() } = options;
  // Nothing of it lies where the command looks.
  const streams = temporaryFolder();
  const out = recordedStream(join(streams, "stdout"));
  const err = recordedStream(join(streams, "stderr"));
  const at: Surroundings = {
    out: await Printer.open(out.sink, 0, true),
    err: await Printer.open(err.sink, 0, true),
    outSink: out.sink,
    errSink: err.sink,
    isOutTty: false,
    isErrTty: false,
    input: {
      isTty: () => false,
      readAll: async () => Buffer.from(options.input ?? ""),
      readLine: async () => undefined,
      readHidden: async () => undefined,
    },
    version,
    env: bareEnvironment(folder, options.env),
    directory: folder,
    clock: systemClock,
    processes: { pid: process.pid, markOf },
    machine: thisMachine,
    columns: 100,
    onSignal: () => () => undefined,
  };
  const code = await run(args, at, version);
  const [text, errors] = [await out.text(), await err.text()];
  return { code, stdout: readFileSync(join(streams, "stdout")), out: text, err: errors };
}

function refuseWhatNeedsAProcess(args: readonly string[], { env = {} }: BinOptions): void {
  const names = Object.keys(env).filter((name) => FOR_A_PROCESS.test(name));
  const flags = args.filter((word) => word === "--version" || word === "-V" || word === "always");
  const needing = [...names, ...flags];
  if (needing.length > 0) throw new Error(`${needing.join(", ")}: only a process does something with it: runBin`);
}
