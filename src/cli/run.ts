import { HookcliError } from "../core/model/errors.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./terminal/exit.ts";
import { incompleteInstall } from "./incomplete-install.ts";
import { styled } from "./terminal/printer.ts";
import { readCommandLine } from "./command-line.ts";
import { commands as ours } from "./commands/index.ts";
import type { TypedLine } from "./completion/live-candidates.ts";
import { buildProgram, UsageProblem } from "./program.ts";
import { coverGiven } from "./secrets/cover-known.ts";
import type { Command } from "./settings/command.ts";
import type { Surroundings } from "./terminal/surroundings.ts";

/**
 * Runs one command line. Never rejects: trouble is printed and becomes an exit code.
 * @param commands the tree of commands that there are
 */
export async function run(
  args: readonly string[],
  at: Surroundings,
  version: string,
  commands: readonly Command[] = ours,
): Promise<ExitCode> {
  if (args[0] === "complete" && args[1] === "--") return completeLine({ words: args.slice(2), commands, at });
  const line = readCommandLine(args, commands);
  coverGiven(at, line.own);
  try {
    let code: ExitCode = EXIT.ok;
    const program = buildProgram(at, { commands, line, version, onEnd: (ended) => (code = ended) });
    await program.parseAsync([...line.own], { from: "user" });
    if (code === EXIT.ok) await expectOutput(at);
    return code;
  } catch (error) {
    if (error instanceof UsageProblem && error.isHelp) return EXIT.ok;
    const known = error instanceof UsageProblem ? error.toHookcliError() : (incompleteInstall(error) ?? error);
    return report(known, at, line.own.includes("--json"));
  }
}

/**
 * What was asked for is where it was sent, or nobody reads it any more.
 * @throws FILE_UNWRITABLE where the disk behind standard output is full
 */
async function expectOutput({ outSink }: Surroundings): Promise<void> {
  await outSink.flushed();
  const reason = outSink.noRoomCode;
  if (reason !== undefined) throw new HookcliError("FILE_UNWRITABLE", { path: "standard output", reason });
}

/** For the scripts that `hookcli completion` prints; nobody types it. */
async function completeLine(line: TypedLine): Promise<ExitCode> {
  const { printCompletion } = await import("./completion/print-completion.ts");
  await printCompletion(line);
  return EXIT.ok;
}

function report(error: unknown, at: Surroundings, isJson: boolean): ExitCode {
  if (!(error instanceof HookcliError)) return reportBug(error, at);
  const exit = exitCodeOf(error.category);
  const mask = at.err.mask();
  const { message, hint } = error.told(mask.text);
  if (isJson) {
    at.err.json({ v: 1, kind: "error", code: error.code, message, hint, exit });
  } else {
    at.err.line(styled("error: ", "bad"), message);
    at.err.line("  ", hint);
  }
  if (at.env["HOOKCLI_DEBUG"]) at.err.text(mask.text(stackOf(error)));
  return exit;
}

function reportBug(error: unknown, at: Surroundings): ExitCode {
  at.err.line(styled("This is a bug in hookcli, not your mistake.", "bad"));
  at.err.text(at.err.mask().text(stackOf(error)));
  at.err.line("Please report it with the lines above and the output of: hookcli --version");
  return EXIT.bug;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
