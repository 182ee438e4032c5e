import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import * as v from "valibot";
import { onTestFinished } from "vitest";
import { jsonShapes } from "../../src/core/wire/shapes/index.ts";
import { patiently } from "./patiently.ts";
import { root } from "./sources.ts";
import { temporaryFolder } from "./surroundings.ts";

/** Path of the built bin. */
export const binPath = join(root, "bin/hookcli.js");

export interface BinOptions {
  /** Working directory and home. Default: a fresh folder. */
  readonly folder?: string;
  /** Set beside a bare environment; nothing of the tester's own gets in. */
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string | Uint8Array;
  /** Runs as this user and group; only root may ask for it. */
  readonly uid?: number;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: Buffer;
  /** The same as text. */
  readonly out: string;
  readonly err: string;
}

/** Kept from run to run: a home of its own would compile everything anew. */
const compileCache = join(root, "node_modules/.cache/compiled");

/** The environment of every run: no colour asked or forbidden, UTF-8, a home of its own. */
export function bareEnvironment(folder: string, env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const own = { PATH: process.env["PATH"], HOME: folder, LANG: "C.UTF-8", TERM: "xterm-256color" };
  return { ...own, NODE_COMPILE_CACHE: compileCache, ...env };
}

/** Runs the built bin to its end. */
export async function runBin(args: readonly string[], options: BinOptions = {}): Promise<Finished> {
  return RunningBin.start(args, options).ended();
}

/** The built bin while it runs. Killed when the test ends. */
export class RunningBin {
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly #out: Buffer[] = [];
  readonly #err: Buffer[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #ended: Promise<number | null>;
  #isOver = false;

  private constructor(child: ChildProcess, folder: string) {
    this.folder = folder;
    this.#child = child;
    this.#keep(child.stdout, this.#out);
    this.#keep(child.stderr, this.#err);
    this.#ended = new Promise((resolve) =>
      child.once("close", (code) => {
        this.#isOver = true;
        this.#tell();
        resolve(code);
      }),
    );
    onTestFinished(async () => {
      child.kill("SIGKILL");
      await this.#ended;
    });
  }

  static start(args: readonly string[], options: BinOptions = {}): RunningBin {
    return RunningBin.spawn([process.execPath, binPath, ...args], options);
  }

  /** Another program, such as a shell around the bin. */
  static spawn([program = "", ...args]: readonly string[], options: BinOptions = {}): RunningBin {
    const folder = options.folder ?? temporaryFolder();
    const who = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
    const child = spawn(program, args, { cwd: folder, env: bareEnvironment(folder, options.env), ...who });
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input);
    return new RunningBin(child, folder);
  }

  get out(): string {
    return Buffer.concat(this.#out).toString();
  }

  get err(): string {
    return Buffer.concat(this.#err).toString();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves with the match as soon as it is on standard output; fails where the program ends without it. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#until(() => pattern.exec(this.out), pattern);
  }

  /** The same for standard error. */
  async complains(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#until(() => pattern.exec(this.err), pattern);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async ended(): Promise<Finished> {
    const code = await patiently(this.#ended, () => `it did not end:\n${this.out}\n${this.err}`);
    return { code, stdout: Buffer.concat(this.#out), out: this.out, err: this.err };
  }

  #keep(stream: NodeJS.ReadableStream | null, chunks: Buffer[]): void {
    stream?.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      this.#tell();
    });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #until(find: () => RegExpExecArray | null, pattern: RegExp): Promise<RegExpExecArray> {
    const found = new Promise<RegExpExecArray>((resolve, reject) => {
      const look = (): void => {
        const match = find();
        if (!match && !this.#isOver) return;
        this.#listeners.delete(look);
        if (match) resolve(match);
        else reject(new Error(`it ended without printing ${String(pattern)}:\n${this.out}\n${this.err}`));
      };
      this.#listeners.add(look);
      look();
    });
    return patiently(found, () => `it did not print ${String(pattern)}:\n${this.out}\n${this.err}`);
  }
}

/** A listener for people, on a port of its own: what it prints is read, not parsed. */
export interface PlainListener {
  readonly bin: RunningBin;
  /** `http://127.0.0.1:41234` */
  readonly url: string;
}

/** `hookcli listen` in its plain form; resolves when it waits for requests. */
export async function listenPlainly(args: readonly string[] = [], options: BinOptions = {}): Promise<PlainListener> {
  const bin = RunningBin.start(["listen", "--port", "0", ...args], options);
  const [, url = ""] = await bin.prints(/Capture {4}(http\S+)[^]*Waiting for requests/);
  return { bin, url };
}

export interface JsonShapeLine {
  readonly kind: keyof typeof jsonShapes;
  readonly [field: string]: unknown;
}

/** The JSON lines of an output, each of them held against its shape; an unknown field fails as a wrong one does. */
export function jsonLinesOf(text: string): readonly JsonShapeLine[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const parsed = JSON.parse(line) as JsonShapeLine;
      const known = v.parse(jsonShapes[parsed.kind], parsed);
      if (JSON.stringify(known) !== JSON.stringify(parsed)) throw new Error(`not all of this is documented: ${line}`);
      return parsed;
    });
}

/** Posts a JSON webhook. */
export async function post(
  url: string,
  body = '{"type":"order.completed"}',
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
}
