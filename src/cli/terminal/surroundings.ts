import type { Clock } from "../../core/model/clock.ts";
import type { ThisMachine } from "../../core/model/this-machine.ts";
import type { Processes } from "../../app/session/processes.ts";
import type { Input } from "./input.ts";
import type { Printer } from "./printer.ts";
import type { Sink } from "./sink.ts";

/** Everything a command touches of the world outside. */
export interface Surroundings {
  /** Data: what the command is for. */
  readonly out: Printer;
  /** Notices, warnings, hints, errors. */
  readonly err: Printer;
  readonly outSink: Sink;
  readonly errSink: Sink;
  readonly isOutTty: boolean;
  /** What is still going on may be told there, in a line that is overwritten. */
  readonly isErrTty: boolean;
  /** Standard input. */
  readonly input: Input;
  /** Of hookcli. */
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly clock: Clock;
  readonly processes: Processes;
  /** As the system describes it now. */
  readonly machine: () => ThisMachine;
  /** Width of the terminal, or of a page where there is none. */
  readonly columns: number;
  /** Calls back on SIGINT, SIGTERM and SIGHUP until the returned function is called. */
  onSignal(told: (signal: StopSignal) => void): () => void;
}

export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";
