import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ByteBudget } from "../../src/core/model/byte-budget.ts";
import { systemClock, type Clock } from "../../src/core/model/clock.ts";
import { jsonReply, type Reply } from "../../src/core/model/reply.ts";
import type { CapturedRequest } from "../../src/core/model/request.ts";
import type { CaptureOptions } from "../../src/io/capture/exchanges.ts";
import { type CaptureLimits, DEFAULT_LIMITS } from "../../src/io/capture/limits.ts";
import type { Sender } from "../../src/io/capture/sender.ts";
import { CaptureServer } from "../../src/io/capture/server.ts";
import { Spool } from "../../src/io/store/disk/spool.ts";

export interface StartCapture {
  readonly limits?: Partial<CaptureLimits>;
  readonly clock?: Clock;
  readonly openSink?: CaptureOptions["openSink"];
  readonly memory?: ByteBudget | undefined;
  readonly onNotice?: CaptureOptions["onNotice"];
  readonly handle?: (request: CapturedRequest, sender: Sender) => Promise<Reply> | Reply;
}

export interface StartedCapture {
  readonly server: CaptureServer;
  readonly port: number;
  /** What the handler was given, in order. */
  readonly captured: readonly CapturedRequest[];
  /** Resolves when the handler was given so many. */
  readonly handled: (count: number) => Promise<readonly CapturedRequest[]>;
}

/** A capture server on a port of its own for the length of a test. It answers 200, or what the refusal says. */
export async function startCapture(asked: StartCapture = {}): Promise<StartedCapture> {
  const { limits, clock = systemClock, openSink = tempSinks(), memory, onNotice, handle = answer } = asked;
  const captured: CapturedRequest[] = [];
  const waiting = new Set<() => void>();
  const server = new CaptureServer({
    limits: { ...DEFAULT_LIMITS, ...limits },
    clock,
    openSink,
    memory,
    onNotice,
    handle: async (request, sender) => {
      captured.push(request);
      for (const tell of waiting) tell();
      return handle(request, sender);
    },
    onSpoolFailure: (error) => jsonReply(503, { error: String(error) }),
  });
  onTestFinished(() => server.close());
  const { port } = await server.listen("127.0.0.1", 0, false);
  const handled = async (count: number) => {
    while (captured.length < count) await new Promise<void>((resolve) => waiting.add(resolve));
    return captured;
  };
  return { server, port, captured, handled };
}

/** Sinks in a folder that is gone when the test is over. */
export function tempSinks(): CaptureOptions["openSink"] {
  const folder = mkdtempSync(join(tmpdir(), "hookcli-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const spool = new Spool(join(folder, "bodies"), { startedAtMs: 1, pid: 1 });
  return async () => spool.openSink();
}

/** A promise that a test settles when it wants to. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

function answer({ refusal }: CapturedRequest): Reply {
  return jsonReply(refusal?.status ?? 200, { error: refusal?.reason ?? null });
}
