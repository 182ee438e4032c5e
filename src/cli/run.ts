import { HookcliError } from "../core/model/errors.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit.ts";
import { styled } from "./output/printer.ts";
import { buildProgram, UsageProblem } from "./program.ts";
import type { Surroundings } from "./surroundings.ts";

/** Runs one command line. Never rejects: trouble is printed and becomes an exit code. */
export async function run(args: readonly string[], at: Surroundings, version: string): Promise<ExitCode> {
  try {
    let code: ExitCode = EXIT.ok;
    const program = buildProgram(at, version, (ended) => (code = ended));
    await program.parseAsync(args.length === 0 ? ["--help"] : [...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof UsageProblem && error.isHelp) return EXIT.ok;
    return report(error instanceof UsageProblem ? error.toHookcliError() : error, at, args.includes("--json"));
  }
}

function report(error: unknown, at: Surroundings, isJson: boolean): ExitCode {
  if (!(error instanceof HookcliError)) return reportBug(error, at);
  const exit = exitCodeOf(error.category);
  if (isJson) {
    at.err.json({ v: 1, kind: "error", code: error.code, message: error.message, hint: error.hint, exit });
  } else {
    at.err.line(styled("error: ", "bad"), error.message);
    at.err.line("  ", error.hint);
  }
  if (at.env["HOOKCLI_DEBUG"]) at.err.text(stackOf(error));
  return exit;
}

function reportBug(error: unknown, at: Surroundings): ExitCode {
  at.err.line(styled("This is a bug in hookcli, not your mistake.", "bad"));
  at.err.text(stackOf(error));
  at.err.line("Please report it with the lines above and the output of: hookcli --version");
  return EXIT.bug;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
