import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digest } from "../../../test/helpers/acknowledged.ts";
import { Listener } from "../../../test/helpers/listener.ts";
import { idIn, inParallel, post } from "../../../test/helpers/load.ts";
import { readRecording, type Step } from "./recording.ts";

const CLIENTS = 8;
const LARGE_EVERY = 60;
const LARGE_BYTES = 1_200_000;

export interface Recording {
  readonly steps: readonly Step[];
  /** What each request's body was. */
  readonly digests: ReadonlyMap<number, string>;
  readonly folder: string;
  readonly dbPath: string;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/**
 * Records a listener under load until so many requests are acknowledged.
 * @param folder an empty one
 * @param isRelaxed the control: commits are not synced
 */
export async function recordListener(folder: string, requests: number, isRelaxed: boolean): Promise<Recording> {
  const recorder = join(folder, "recorder.so");
  execFileSync(process.env["CC"] ?? "gcc", [
    "-O2",
    "-Wall",
    "-shared",
    "-fPIC",
    "-o",
    recorder,
    here("recorder.c"),
    "-ldl",
    "-lpthread",
  ]);
  const disk = join(folder, "disk");
  const log = join(folder, "log");
  mkdirSync(disk);
  const dbPath = join(disk, "deep/down/hooks.db");
  const listener = await Listener.start([], dbPath, {
    LD_PRELOAD: recorder,
    RECORD_FOLDER: disk,
    RECORD_LOG: log,
    UV_USE_IO_URING: "0",
    ...(isRelaxed ? { NODE_OPTIONS: `--import=${new URL("relaxed.mjs", import.meta.url).href}` } : {}),
  });
  const digests = new Map<number, string>();
  const enough = new AbortController();
  let sent = 0;
  await inParallel(CLIENTS, enough.signal, async (agent) => {
    sent += 1;
    const padding = "x".repeat(sent % LARGE_EVERY === 0 ? LARGE_BYTES : 600);
    const body = JSON.stringify({ sent, padding });
    const reply = await post(listener.url, body, agent);
    digests.set(idIn(reply), digest(body));
    if (digests.size >= requests) enough.abort();
  });
  await listener.kill();
  return { steps: readRecording(log), digests, folder: disk, dbPath };
}
