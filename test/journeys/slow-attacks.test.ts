import { execFile } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import { test } from "vitest";
import { Listener } from "../helpers/listener.ts";
import { inParallel, post } from "../helpers/load.ts";
import { describeWithTool } from "../helpers/tools.ts";
import { within } from "../helpers/within.ts";

const CONNECTIONS = 300;
/** Longer than a head may take to arrive. */
const ATTACK_SECONDS = 13;
/** Whoever had to wait for the attackers would wait for as long as they may take: 10 s for a head, 30 s within a body. */
const ANSWER_WITHIN_MS = 5000;
const MEMORY_GROWTH_MB = 50;
/** What a listener takes for everybody's requests is no growth by the attack. */
const WARM_UP_REQUESTS = 2000;
const WARM_UP_CLIENTS = 8;
/** An attack takes its time, and so does everything else on a busy machine. */
const LIMIT_MS = 300_000;

const modes = [
  ["a head that never ends", ["-H", "-i", "2", "-x", "10"]],
  ["a body that trickles", ["-B", "-i", "2", "-s", "8192", "-x", "10"]],
  ["a reply that is read byte by byte", ["-X", "-n", "2", "-w", "10", "-y", "20", "-z", "3", "-k", "3"]],
] as const;

describeWithTool("slowhttptest", "under an attack with", () => {
  test.concurrent.for(modes)(
    "%s everybody else is served at once, and nothing is left behind",
    { timeout: LIMIT_MS },
    async ([, flags], { expect, onTestFinished }) => {
      const listener = await Listener.start();
      onTestFinished(() => listener.kill());
      await warmUp(listener.url);
      const before = { sockets: socketsOf(listener.pid), memoryMb: memoryMbOf(listener.pid) };

      const over = new AbortController();
      const attack = attackOn(listener.url, flags).finally(() => over.abort());
      let answered = 0;
      let mostSockets = 0;
      while (!over.signal.aborted) {
        const reply = await within(ANSWER_WITHIN_MS, post(listener.url, "from everybody else"));
        expect(reply).toMatchObject({ status: 200 });
        answered += 1;
        mostSockets = Math.max(mostSockets, socketsOf(listener.pid));
      }
      await attack;

      // Otherwise there was no attack.
      expect(mostSockets - before.sockets).toBeGreaterThan(CONNECTIONS / 2);
      expect(answered).toBeGreaterThan(ATTACK_SECONDS);
      await expect.poll(() => socketsOf(listener.pid)).toBeLessThan(before.sockets + 10);
      expect(memoryMbOf(listener.pid) - before.memoryMb).toBeLessThan(MEMORY_GROWTH_MB);
      await listener.stop();
    },
  );
});

async function warmUp(url: string): Promise<void> {
  const warm = new AbortController();
  let sent = 0;
  await inParallel(WARM_UP_CLIENTS, warm.signal, async (agent) => {
    await post(url, "warm", agent);
    sent += 1;
    if (sent >= WARM_UP_REQUESTS) warm.abort();
  });
}

async function attackOn(url: string, flags: readonly string[]): Promise<void> {
  const load = ["-c", String(CONNECTIONS), "-r", String(CONNECTIONS), "-l", String(ATTACK_SECONDS), "-v", "1"];
  // It tells by its exit code whether it thinks that it won; what counts is what the others saw.
  await promisify(execFile)("slowhttptest", [...flags, ...load, "-u", url], { cwd: tmpdir() }).catch(() => undefined);
}

function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => linkOf(`${folder}/${fd}`).startsWith("socket:")).length;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function memoryMbOf(pid: number): number {
  const resident = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(resident) / 1024;
}
