import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digest } from "../../../test/helpers/acknowledged.ts";
import { Listener } from "../../../test/helpers/listener.ts";
import { idIn, inParallel, post } from "../../../test/helpers/load.ts";
import { readRecording, type Step } from "./recording.ts";

const CLIENTS = 8;
const LARGE_BYTES = 1_200_000;
/** Into a store that the second listener finds. */
const FIRST_REQUESTS = 5;

/** Kinds of syncs that a control leaves out. */
export type Relaxed = "log" | "bodies" | "folders";

export interface RecordOptions {
  /** An empty one. */
  readonly folder: string;
  /** So many are acknowledged before the end. */
  readonly requests: number;
  /** Each so many-th request has a body that goes to a file. */
  readonly largeEvery: number;
  /** A control, which leaves these syncs out; undefined: hookcli as it is. */
  readonly relaxed?: Relaxed | undefined;
}

export interface Recording {
  readonly steps: readonly Step[];
  /** What each request's body was. */
  readonly digests: ReadonlyMap<number, string>;
  readonly folder: string;
  readonly dbPath: string;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Records a listener that makes the store and ends, and then one under load that is killed. */
export async function recordListeners({ folder, requests, largeEvery, relaxed }: RecordOptions): Promise<Recording> {
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
  const env = {
    LD_PRELOAD: recorder,
    RECORD_FOLDER: disk,
    RECORD_LOG: log,
    UV_USE_IO_URING: "0",
    ...(relaxed && { RELAXED: relaxed, NODE_OPTIONS: `--import=${new URL("relaxed.mjs", import.meta.url).href}` }),
  };
  const digests = new Map<number, string>();
  let sent = 0;
  const sendUntil = async (most: number, { url }: Listener): Promise<void> => {
    const enough = new AbortController();
    await inParallel(CLIENTS, enough.signal, async (agent) => {
      sent += 1;
      const padding = "x".repeat(sent % largeEvery === 0 ? LARGE_BYTES : 600);
      const body = JSON.stringify({ sent, padding });
      const reply = await post(url, body, agent);
      digests.set(idIn(reply), digest(body));
      if (digests.size >= most) enough.abort();
    });
  };
  const first = await Listener.start([], dbPath, env);
  await sendUntil(FIRST_REQUESTS, first);
  await first.stop();
  const second = await Listener.start([], dbPath, env);
  await sendUntil(FIRST_REQUESTS + requests, second);
  await second.kill();
  return { steps: readRecording(log), digests, folder: disk, dbPath };
}
