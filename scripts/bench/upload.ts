import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomFillSync } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Bench } from "./lib/bench.ts";
import { memoryOf } from "./lib/process-memory.ts";
import { say, sayBar } from "./lib/report.ts";

const PIECES = 1024;
const PIECE_BYTES = 1024 * 1024;
const MOST_MB = 150;

/** One body of 1 GiB: captured and forwarded, then replayed; how much memory each takes, and whether the bytes are the same. */
export async function upload(bench: Bench): Promise<void> {
  const target = await bench.program("hash-target.ts");
  const args = ["--forward", `http://127.0.0.1:${target.port}`, "--max-body", "2GiB", "--timeout", "10m"];
  const listener = await bench.listen("upload", args);

  const forwarded = hashAtTarget(target.child);
  const startedAt = performance.now();
  const sent = await send(listener.port);
  const seconds = (performance.now() - startedAt) / 1000;
  say(`  sent, stored, forwarded and answered ${sent.status} in ${seconds.toFixed(1)} s`);
  sayBar("listen: most memory", memoryOf(listener.pid)?.peakMb ?? NaN, "<=", MOST_MB, " MB");
  saySame("forwarded", sent.sha256, await forwarded);

  const replayed = hashAtTarget(target.child);
  const replayPeakMb = await replay(bench, listener.dbPath);
  sayBar("replay: most memory", replayPeakMb, "<=", MOST_MB, " MB");
  saySame("replayed", sent.sha256, await replayed);
}

async function send(port: number): Promise<{ readonly sha256: string; readonly status: number | undefined }> {
  const hash = createHash("sha256");
  const piece = Buffer.alloc(PIECE_BYTES);
  function* pieces(): Generator<Buffer> {
    randomFillSync(piece);
    for (let at = 0; at < PIECES; at += 1) {
      // Every piece is another one, at little cost.
      piece.writeUInt32BE(at, 0);
      const copy = Buffer.from(piece);
      hash.update(copy);
      yield copy;
    }
  }
  const headers = { "Content-Type": "application/octet-stream", "Content-Length": PIECES * PIECE_BYTES };
  const sending = request({ host: "127.0.0.1", port, method: "POST", path: "/upload", headers });
  const answered = once(sending, "response");
  await pipeline(Readable.from(pieces(), { objectMode: false }), sending);
  const [response] = (await answered) as [Readable & { readonly statusCode?: number }];
  await response.resume().toArray();
  return { sha256: hash.digest("hex"), status: response.statusCode };
}

/** Replays the request in a process of its own. @returns the most memory that it was seen to take, in MB */
async function replay(bench: Bench, dbPath: string): Promise<number> {
  const args = [bench.bin, "replay", "latest", "--db", dbPath, "--timeout", "10m"];
  const child = spawn(process.execPath, args, {
    cwd: bench.folder,
    env: bench.environment(),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  let peakMb = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peakMb = memoryOf(child.pid ?? 0)?.peakMb ?? peakMb;
    await Promise.race([wait(20), ended]);
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`replay ended with ${code}`);
  return peakMb;
}

async function hashAtTarget(target: ChildProcess): Promise<string> {
  const [message] = (await once(target, "message")) as [{ readonly sha256: string }];
  return message.sha256;
}

function saySame(name: string, sent: string, received: string): void {
  const verdict = sent === received ? "HOLDS " : "BROKEN";
  say(`${verdict}  ${name}: sha256 ${received.slice(0, 16)}… is what was sent (${sent.slice(0, 16)}…)`);
}
