import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { patiently } from "./patiently.ts";
import { root } from "./sources.ts";

/** A line of `listen --json`. */
export interface JsonLine {
  readonly kind: string;
  readonly [field: string]: unknown;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const bin = join(root, "bin/hookcli.js");

/** `hookcli listen --json` as a process of its own, on a port and a store of its own. Stopped by whoever started it. */
export class Listener {
  readonly url: string;
  readonly port: number;
  readonly dbPath: string;
  readonly pid: number;
  /** What it printed so far, parsed; the ready line is the first. */
  readonly lines: readonly JsonLine[];
  readonly #child: ChildProcess;
  readonly #folder: string | undefined;
  readonly #ended: Promise<Ended>;
  readonly #errors: string[];
  readonly #whenLine: Set<() => void>;

  private constructor(started: Started) {
    this.lines = started.lines;
    this.url = String(started.lines[0]?.["capture"]);
    this.port = Number(new URL(this.url).port);
    this.dbPath = started.dbPath;
    this.pid = started.child.pid ?? 0;
    this.#child = started.child;
    this.#folder = started.folder;
    this.#ended = started.ended;
    this.#errors = started.errors;
    this.#whenLine = started.whenLine;
  }

  /**
   * Starts it and waits for its ready line.
   * @param dbPath undefined: a new store, deleted by `stop` and `kill`
   */
  static async start(args: readonly string[] = [], dbPath?: string, env: NodeJS.ProcessEnv = {}): Promise<Listener> {
    const folder = dbPath === undefined ? mkdtempSync(join(tmpdir(), "hookcli-test-")) : undefined;
    const path = dbPath ?? join(folder ?? "", "hooks.db");
    const child = spawn(process.execPath, [bin, "listen", "--json", "--port", "0", "--db", path, ...args], {
      cwd: folder ?? root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const started: Started = {
      child,
      folder,
      dbPath: path,
      lines: [],
      errors: [],
      whenLine: new Set(),
      ended: new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal }))),
    };
    child.stderr.setEncoding("utf8").on("data", (text: string) => started.errors.push(text));
    createInterface(child.stdout).on("line", (line) => {
      started.lines.push(JSON.parse(line) as JsonLine);
      for (const tell of started.whenLine) tell();
    });
    const isReady = await Promise.race([
      lineOf(started, ({ kind }) => kind === "ready").then(() => true),
      started.ended.then(() => false),
    ]);
    if (isReady) return new Listener(started);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    throw new Error(`hookcli listen ended before it was ready: ${started.errors.join("")}`);
  }

  /** What it printed on stderr so far. */
  get stderr(): string {
    return this.#errors.join("");
  }

  /** Resolves with the first line, printed or yet to come, that is so. */
  async line(isIt: (line: JsonLine) => boolean): Promise<JsonLine> {
    return lineOf({ lines: this.lines, whenLine: this.#whenLine }, isIt);
  }

  /** Resolves when it ends by itself. */
  async ended(): Promise<Ended> {
    return this.#ended;
  }

  /** Asks it to end, and fails where it does not end well. Deletes the store unless it was given. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<JsonLine> {
    this.#child.kill(signal);
    const { code } = await this.#ended;
    this.#cleanUp();
    const summary = this.lines.at(-1);
    if (code !== 0 || summary?.kind !== "summary")
      throw new Error(`hookcli listen ended with ${code}: ${this.#errors.join("")}`);
    return summary;
  }

  /** Ends it as a power cut would, as far as the process is concerned. Does nothing where it has ended. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
    this.#cleanUp();
  }

  #cleanUp(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly folder: string | undefined;
  readonly dbPath: string;
  readonly lines: JsonLine[];
  readonly errors: string[];
  readonly whenLine: Set<() => void>;
  readonly ended: Promise<Ended>;
}

function lineOf(
  { lines, whenLine }: { readonly lines: readonly JsonLine[]; readonly whenLine: Set<() => void> },
  isIt: (line: JsonLine) => boolean,
): Promise<JsonLine> {
  const found = new Promise<JsonLine>((resolve) => {
    const look = (): void => {
      const line = lines.find(isIt);
      if (!line) return;
      whenLine.delete(look);
      resolve(line);
    };
    whenLine.add(look);
    look();
  });
  return patiently(
    found,
    () => `no line was ${String(isIt)}; there were:\n${lines.map((line) => JSON.stringify(line)).join("\n")}`,
  );
}
