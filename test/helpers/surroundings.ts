import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ColourLevel } from "../../src/cli/terminal/colour.ts";
import { Printer } from "../../src/cli/terminal/printer.ts";
import { Sink } from "../../src/cli/terminal/sink.ts";
import type { StopSignal, Surroundings } from "../../src/cli/terminal/surroundings.ts";
import { type Clock, systemClock } from "../../src/core/model/clock.ts";

export interface RecordedSurroundings {
  readonly at: Surroundings;
  /** A fresh folder: working directory and home at once. */
  readonly folder: string;
  /** Everything that went to standard output so far, read back from the file that stands in for it. */
  readonly out: () => Promise<string>;
  readonly err: () => Promise<string>;
  /** What a person pressing Ctrl-C, or the system, would send. */
  readonly stop: (signal: StopSignal) => void;
}

export interface SurroundingsWanted {
  readonly colour?: ColourLevel;
  readonly isUnicode?: boolean;
  readonly isOutTty?: boolean;
  readonly isErrTty?: boolean;
  readonly isInTty?: boolean;
  /** What standard input holds: all of it, line by line. */
  readonly input?: string;
  readonly columns?: number;
  readonly env?: Surroundings["env"];
  readonly clock?: Clock;
}

/**
 * Surroundings for a command that runs inside the test: real sinks over real files, so that `run(argv, at, version)` does
 * all that the bin does. Files are closed and removed when the test ends.
 */
export async function recordedSurroundings(wanted: SurroundingsWanted = {}): Promise<RecordedSurroundings> {
  const folder = temporaryFolder();
  const out = recordedStream(join(folder, "stdout"));
  const err = recordedStream(join(folder, "stderr"));
  const { colour = 0, isUnicode = true } = wanted;
  const lines = (wanted.input ?? "").split("\n");
  const told = new Set<(signal: StopSignal) => void>();
  const at: Surroundings = {
    out: await Printer.open(out.sink, colour, isUnicode),
    err: await Printer.open(err.sink, colour, isUnicode),
    outSink: out.sink,
    errSink: err.sink,
    isOutTty: wanted.isOutTty ?? false,
    isErrTty: wanted.isErrTty ?? false,
    input: {
      isTty: () => wanted.isInTty ?? false,
      readAll: async () => Buffer.from(wanted.input ?? ""),
      readLine: async () => lines.shift(),
      readHidden: async () => lines.shift(),
    },
    version: "0.0.0-test",
    env: { HOME: folder, ...wanted.env },
    directory: folder,
    clock: wanted.clock ?? systemClock,
    processes: { pid: process.pid, markOf: (pid) => (pid === process.pid ? "this test" : undefined) },
    machine: () => THIS_MACHINE,
    columns: wanted.columns ?? 100,
    onSignal: (subscriber) => {
      told.add(subscriber);
      return () => told.delete(subscriber);
    },
  };
  const stop = (signal: StopSignal): void => {
    for (const subscriber of told) subscriber(signal);
  };
  return { at, folder, out: out.text, err: err.text, stop };
}

/** A machine with a name and an address of its own, as documents have them. */
export const THIS_MACHINE = { addresses: ["127.0.0.1", "::1", "192.0.2.10"], hostname: "workshop" };

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hookcli-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A sink over a file, and what the file holds when all is written. */
export function recordedStream(path: string): { readonly sink: Sink; readonly text: () => Promise<string> } {
  const fd = openSync(path, "w");
  const sink = new Sink(fd);
  onTestFinished(async () => {
    await sink.flushed();
    closeSync(fd);
  });
  const text = async (): Promise<string> => {
    await sink.flushed();
    return readFileSync(path, "utf8");
  };
  return { sink, text };
}
