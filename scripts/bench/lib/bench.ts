import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export interface Started {
  readonly pid: number;
  readonly port: number;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));

const STARTED_WITHIN_MS = 20_000;
const ENDED_WITHIN_MS = 20_000;

/**
 * One run of a measurement: a folder on the disk of this checkout (the temp folder may be memory, where a durable store
 * costs nothing) and the processes it started. `close` ends them, each by its own id, and removes the folder.
 */
export class Bench {
  readonly folder: string;
  /** The bin as a user runs it: a copy of bin/ and dist/, so that a build during the run changes nothing. */
  readonly bin: string;
  readonly #children = new Map<number, ChildProcess>();
  readonly #killAll = (): void => {
    for (const child of this.#children.values()) child.kill("SIGKILL");
  };

  constructor() {
    const cache = join(root, "node_modules", ".cache", "hookcli-bench");
    if (!existsSync(join(root, "dist", "main.js"))) throw new Error("there is no dist/: npm run build");
    mkdirSync(cache, { recursive: true });
    this.folder = mkdtempSync(join(cache, "run-"));
    for (const part of ["package.json", "bin", "dist"])
      cpSync(join(root, part), join(this.folder, "hookcli", part), { recursive: true });
    this.bin = join(this.folder, "hookcli", "bin", "hookcli.js");
    process.once("exit", this.#killAll);
  }

  /** A script of `programs/` that sends `{ port }` when it listens. */
  async program(script: string, args: readonly string[] = []): Promise<Started & { readonly child: ChildProcess }> {
    const path = fileURLToPath(new URL(`../programs/${script}`, import.meta.url));
    const child = spawn(process.execPath, [path, ...args], {
      env: this.environment(),
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const pid = this.#keep(child);
    const signal = AbortSignal.timeout(STARTED_WITHIN_MS);
    const [message] = (await once(child, "message", { signal })) as [{ readonly port: number }];
    return { child, pid, port: message.port };
  }

  /** `hookcli listen` on a store of its own in the folder, with its plain log going to a file, as `nohup` would have it. */
  async listen(name: string, args: readonly string[] = []): Promise<Started & { readonly dbPath: string }> {
    const dbPath = join(this.folder, `${name}.db`);
    const command = [this.bin, "listen", "--port", "0", "--db", dbPath, ...args];
    const started = await this.#logged(name, process.execPath, command, /Capture\s+http:\/\/127\.0\.0\.1:(\d+)/);
    return { ...started, dbPath };
  }

  /** `mitmdump` as a reverse proxy, saying nothing about what passes. */
  async mitmdump(targetPort: number): Promise<Started> {
    const mode = ["--mode", `reverse:http://127.0.0.1:${targetPort}`, "--listen-host", "127.0.0.1", "-p", "0"];
    const quiet = ["--set", "flow_detail=0", "--set", `confdir=${join(this.folder, "mitmproxy")}`];
    return this.#logged("mitmdump", "mitmdump", [...mode, ...quiet], /listening at \S*?:(\d+)/);
  }

  /**
   * The tester's environment without what changes a measurement: settings of hookcli and Node, and extra certificates
   * (35 ms a start). Temporary files, Node's compile cache among them, go to the folder.
   */
  environment(): NodeJS.ProcessEnv {
    const changing = /^(?:HOOKCLI_|NODE_|npm_|FORCE_COLOR$|https?_proxy$|no_proxy$)/i;
    const kept = Object.entries(process.env).filter(([name]) => !changing.test(name));
    return { ...Object.fromEntries(kept), TMPDIR: this.folder };
  }

  /** Asks one process to end and waits until it has. */
  async stop(pid: number, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.#children.get(pid);
    this.#children.delete(pid);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    const late = new AbortController();
    const killLate = wait(ENDED_WITHIN_MS, undefined, { signal: late.signal }).then(
      () => child.kill("SIGKILL"),
      () => undefined,
    );
    await ended;
    late.abort();
    await killLate;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#children.keys()].map((pid) => this.stop(pid)));
    process.off("exit", this.#killAll);
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #logged(name: string, command: string, args: readonly string[], ready: RegExp): Promise<Started> {
    const logPath = join(this.folder, `${name}.log`);
    const log = openSync(logPath, "w");
    const child = spawn(command, args, { cwd: this.folder, env: this.environment(), stdio: ["ignore", log, log] });
    closeSync(log);
    const pid = this.#keep(child);
    const deadline = performance.now() + STARTED_WITHIN_MS;
    for (;;) {
      const text = readFileSync(logPath, "utf8");
      const port = ready.exec(text)?.[1];
      if (port !== undefined) return { pid, port: Number(port) };
      if (child.exitCode !== null || performance.now() > deadline) throw new Error(`${name} did not start: ${text}`);
      await wait(20);
    }
  }

  #keep(child: ChildProcess): number {
    const { pid } = child;
    if (pid === undefined) throw new Error(`${child.spawnfile} cannot be run`);
    this.#children.set(pid, child);
    return pid;
  }
}
