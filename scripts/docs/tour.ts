import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { steady } from "./steady.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const SHOWN_CAPTURE_PORT = "4400";
const SHOWN_APP_PORT = "8000";

export interface TourOptions {
  /** A terminal that has not printed what was expected, and then nothing for so long, has printed all that it will. */
  readonly quietMs: number;
  /** Further variables of what is typed, say a time zone. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Plays the `console` blocks of a Markdown text with the built bin, in order: a line that starts with `$ ` is typed, what
 * follows is what was printed. A block with a name (`console listen`) is a terminal of its own, in which the program goes
 * on running: a later block of that name without a command shows what was printed since, and `^C` stops it.
 * @returns the text with what was really printed
 */
export async function playTour(markdown: string, options: TourOptions): Promise<string> {
  const tour = await Tour.begin(options);
  try {
    const parts = markdown.split(/^(```console(?: \w+)?\n[^]*?^```$)/m);
    for (const [at, part] of parts.entries()) {
      const block = /^(```console(?: (\w+))?\n)([^]*?)^```$/m.exec(part);
      if (at % 2 === 0 || !block) continue;
      const [, fence = "", terminal, told = ""] = block;
      parts[at] = `${fence}${terminal === undefined ? tour.type(told) : await tour.goOn(terminal, told)}\`\`\``;
    }
    return parts.join("");
  } finally {
    await tour.end();
  }
}

class Tour {
  readonly #folder = mkdtempSync(join(tmpdir(), "hookcli-tour-"));
  readonly #appPort: string;
  readonly #options: TourOptions;
  readonly #terminals = new Map<string, Terminal>();
  #capturePort = SHOWN_CAPTURE_PORT;

  private constructor(appPort: string, options: TourOptions) {
    this.#appPort = appPort;
    this.#options = options;
  }

  static async begin(options: TourOptions): Promise<Tour> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    return new Tour(String(port), options);
  }

  /** Types every command of a block and waits for each to end. */
  type(told: string): string {
    const commands = told.split("\n").filter((line) => line.startsWith("$ "));
    return commands
      .map((line) => {
        const { stdout, stderr } = spawnSync("sh", ["-c", this.#real(line)], {
          ...this.#surroundings(),
          encoding: "utf8",
        });
        return `${line}\n${endLine(this.#shown(stdout + stderr))}`;
      })
      .join("");
  }

  /** Starts a program, or shows what the one that runs there has printed since. */
  async goOn(name: string, told: string): Promise<string> {
    const [first = "", ...rest] = told.split("\n");
    const isCommand = first.startsWith("$ ");
    if (isCommand) await this.#start(name, first);
    const terminal = this.#terminals.get(name);
    if (!terminal) throw new Error(`nothing runs in the terminal ${name}`);
    if (first === "^C") terminal.stop();
    const echo = isCommand || first === "^C" ? `${first}\n` : "";
    const expected = steady(echo === "" ? told : rest.join("\n"));
    const shown = (): string => this.#shown(terminal.unseen);
    await terminal.until(this.#options.quietMs, () => {
      this.#learnPort(terminal.unseen);
      // An empty block waits to be filled.
      return expected !== "" && steady(shown()) === expected;
    });
    const played = echo + shown();
    terminal.see();
    return played;
  }

  async end(): Promise<void> {
    for (const terminal of this.#terminals.values()) await terminal.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(name: string, line: string): Promise<void> {
    await this.#terminals.get(name)?.kill();
    this.#terminals.set(name, new Terminal(spawn("sh", ["-c", `exec ${this.#real(line)}`], this.#surroundings())));
  }

  #learnPort(printed: string): void {
    const port = /Capture +http:\/\/127\.0\.0\.1:(\d+)/.exec(printed)?.[1];
    if (port !== undefined) this.#capturePort = port;
  }

  #surroundings() {
    const env = {
      PATH: process.env["PATH"],
      HOME: this.#folder,
      LANG: "C.UTF-8",
      HOOKCLI_PORT: "0",
      PORT: this.#appPort,
      ...this.#options.env,
    };
    return { cwd: root, env };
  }

  #real(line: string): string {
    return line
      .slice(2)
      .replaceAll("npx hookcli", `"${process.execPath}" bin/hookcli.js`)
      .replaceAll("node docs/", `"${process.execPath}" docs/`)
      .replaceAll("curl ", "curl -s ")
      .replaceAll(SHOWN_CAPTURE_PORT, this.#capturePort)
      .replaceAll(SHOWN_APP_PORT, this.#appPort);
  }

  #shown(printed: string): string {
    return printed
      .replaceAll(`:${this.#appPort}`, `:${SHOWN_APP_PORT}`)
      .replaceAll(`:${this.#capturePort}`, `:${SHOWN_CAPTURE_PORT}`);
  }
}

/** A program that goes on running, and what it has printed. */
class Terminal {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #printed = "";
  #seen = 0;
  #tell: () => void = () => undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, "close");
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#printed += text;
        this.#tell();
      });
    }
  }

  get unseen(): string {
    return this.#printed.slice(this.#seen);
  }

  see(): void {
    this.#seen = this.#printed.length;
  }

  stop(): void {
    this.#child.kill("SIGINT");
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  /** Resolves when it is so, or nothing more has been printed for a long while. */
  async until(quietMs: number, isSo: () => boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, quietMs);
      this.#tell = () => {
        timer.refresh();
        if (!isSo()) return;
        clearTimeout(timer);
        resolve();
      };
      if (isSo()) this.#tell();
    });
    this.#tell = () => undefined;
  }
}

function endLine(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
