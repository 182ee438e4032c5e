import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { HookcliError } from "../../../core/model/errors.ts";
import { EXIT, type ExitCode, foreignExit } from "../../terminal/exit.ts";
import type { StopSignal, Surroundings } from "../../terminal/surroundings.ts";

/** A command of the user's that runs while a listener listens, with hookcli's own streams. */
export class CommandRun {
  /** As it was typed. */
  readonly name: string;
  readonly #words: readonly string[];
  readonly #ended = Promise.withResolvers<ExitCode>();
  #child: ChildProcess | undefined;
  #isOver = false;

  /** Starts nothing yet. */
  constructor(words: readonly string[]) {
    this.#words = words;
    this.name = words[0] ?? "";
  }

  /** Its exit code when it has ended, 128 and the signal's number where one killed it. Rejects with COMMAND_NOT_STARTED. */
  get ended(): Promise<ExitCode> {
    return this.#ended.promise;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && !this.#isOver;
  }

  /** Does nothing where it was stopped before. */
  start(at: Pick<Surroundings, "directory" | "env">, variables: Readonly<Record<string, string>>): void {
    if (this.#isOver) return;
    try {
      const env = { ...at.env, ...variables };
      const child = spawn(this.name, this.#words.slice(1), { cwd: at.directory, env, stdio: "inherit" });
      this.#child = child;
      child.once("error", (error) => this.#fail(error));
      child.once("exit", (code, signal) => this.#end(foreignExit(code ?? 128 + numberOf(signal))));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Asks it to end; one that was not started never will be. */
  stop(signal: StopSignal | "SIGKILL"): void {
    if (this.#child) this.#child.kill(signal);
    else this.#end(EXIT.ok);
  }

  #end(code: ExitCode): void {
    this.#isOver = true;
    this.#ended.resolve(code);
  }

  /** An error of a command that runs is about a signal that did not reach it. */
  #fail(error: unknown): void {
    if (this.#child?.pid !== undefined) return;
    this.#isOver = true;
    this.#ended.reject(notStarted(this.#words, error));
  }
}

function notStarted([name = "", ...rest]: readonly string[], cause: unknown): HookcliError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const [command, reason, advice] = [JSON.stringify(name), reasonText(code), adviceFor(name, rest, code)];
  return new HookcliError("COMMAND_NOT_STARTED", { command, reason, advice }, { cause });
}

function reasonText(reason: string): string {
  if (reason === "ENOENT") return "ENOENT: there is no such program";
  return reason === "EACCES" ? "EACCES: it may not be executed" : reason;
}

function adviceFor(name: string, rest: readonly string[], reason: string): string {
  const isLine = rest.length === 0 && /\s/.test(name);
  if (isLine) return `Leave out the quotes, or give the line to a shell: hookcli listen -- sh -c '${name}'`;
  if (reason === "EACCES") return `Make it executable (chmod +x ${name}), or name its interpreter: -- sh ${name}`;
  return "Check its name; what a shell knows (aliases, pipes, variables) needs one: hookcli listen -- sh -c '...'";
}

function numberOf(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal];
}
