import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:net";
import { Listener } from "./listener.ts";
import type { MemoryAttack } from "./memory-attacks.ts";
import { memoryTarget } from "./memory-target.ts";
import { root } from "./sources.ts";

export interface MeasuredAttack {
  readonly startMb: number;
  readonly mostMb: number;
  /** Requests that were stored. */
  readonly rows: number;
}

const SAMPLE_EVERY_MS = 20;
/** The machine has other things to do: more need not be known. */
const GIVEN_UP_AT_MB = 1200;

/** Starts a listener, carries out one attack on it from another process, and says how its memory grew. */
export async function measureAttack(attack: MemoryAttack, durationMs: number): Promise<MeasuredAttack> {
  const target = await memoryTarget(attack.target);
  const listener = await Listener.start(["--forward", `http://127.0.0.1:${target.port}`, ...attack.flags]);
  try {
    // What comes after the ready line is part of the start.
    await warmUp(listener.port);
    const startMb = memoryMbOf(listener.pid);
    let mostMb = startMb;
    const enough = new AbortController();
    const sampling = setInterval(() => {
      mostMb = Math.max(mostMb, memoryMbOf(listener.pid));
      if (mostMb > GIVEN_UP_AT_MB) enough.abort();
    }, SAMPLE_EVERY_MS);
    await runAttack(attack.name, listener.port, durationMs, enough.signal);
    clearInterval(sampling);
    return { startMb, mostMb, rows: listener.lines.filter(({ kind }) => kind === "request").length };
  } finally {
    await listener.kill();
    target.server.close();
  }
}

async function runAttack(name: string, port: number, durationMs: number, signal: AbortSignal): Promise<void> {
  const program = join(root, "test/helpers/memory-attack-program.ts");
  const child = spawn(process.execPath, [program, name, String(port), String(durationMs)], {
    stdio: "inherit",
    signal,
    killSignal: "SIGKILL",
  });
  child.on("error", () => undefined);
  await new Promise((resolve) => child.once("close", resolve));
}

/** Bytes that are no HTTP are stored and answered, and wait for no target. */
async function warmUp(port: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
    socket.resume();
    socket.end("junk\r\n\r\n");
  });
}

function memoryMbOf(pid: number): number {
  const resident = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(resident) / 1024;
}
