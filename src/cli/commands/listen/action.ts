import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isLostAck, readFaultNote } from "../../../core/model/fault-note.ts";
import type { FeedEntry } from "../../../core/model/feed.ts";
import { everyTarget } from "../../../core/model/route-rule.ts";
import { targetUrl } from "../../../core/model/target.ts";
import { isFailed } from "../../../core/model/verdict.ts";
import type { SignatureOptions } from "../../../app/listening/examine.ts";
import { ListenSession } from "../../../app/listening/listen-session.ts";
import type { Action } from "../../settings/command.ts";
import { JsonRenderer } from "./json-renderer.ts";
import { LineRenderer } from "./line-renderer.ts";
import type { ListenCounts, ListenRenderer } from "./listen-renderer.ts";
import { styled } from "../../terminal/printer.ts";
import { SteadyRenderer } from "./steady-renderer.ts";
import { storePath } from "../../running/store-path.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { CommandRun } from "./command-run.ts";
import type { FailFlags } from "./read-fail-flags.ts";
import { type ListenFlags, readListenFlags } from "./read-flags.ts";
import { readSignatureFlags } from "./read-signature-flags.ts";
import { untilStopped } from "./until-stopped.ts";
import { warnOfSharedFolder } from "../../running/warn-of-shared-folder.ts";
import type { Given } from "./flags.ts";

/** Captures until it is told to stop. */
export const listen: Action<Given> = async (at, words, flags) => {
  const asked = readListenFlags(flags);
  const faults = await failFlags(at, flags);
  const signatures = await readSignatureFlags(at, flags);
  const command = words.length > 0 ? new CommandRun(words) : undefined;
  const path = asked.isEphemeral ? join(mkdtempSync(join(tmpdir(), "hookcli-")), "hooks.db") : storePath(at, flags);
  try {
    warnOfSharedFolder(at, path);
    return await listenOn(at, { ...asked, signatures, faults }, path, command);
  } finally {
    if (asked.isEphemeral) rmSync(dirname(path), { recursive: true, force: true });
  }
};

type Asked = ListenFlags & { readonly signatures: SignatureOptions; readonly faults: FailFlags | undefined };

/** Nothing of it is loaded where nothing goes wrong on purpose. */
async function failFlags(at: Surroundings, flags: Given): Promise<FailFlags | undefined> {
  const plan = flags.text("fail");
  if (plan === undefined) return undefined;
  return (await import("./read-fail-flags.ts")).readFailFlags(plan, flags, at);
}

const NOTHING_COUNTED: Readonly<ListenCounts> = {
  received: 0,
  delivered: 0,
  failed: 0,
  refused: 0,
  duplicates: 0,
  outOfOrder: 0,
  failedSignatures: 0,
  faulted: 0,
  lostAcks: 0,
};

async function listenOn(
  at: Surroundings,
  asked: Asked,
  path: string,
  command: CommandRun | undefined,
): ReturnType<Action<Given>> {
  const { clock } = at;
  const session = await startSession(at, asked, path);
  const ended = new AbortController();
  try {
    // Standard output belongs to the command.
    const screen = command ? { ...at, out: at.err, outSink: at.errSink, isOutTty: at.isErrTty } : at;
    const inner = asked.isJson ? new JsonRenderer(screen) : new LineRenderer(screen, asked.isQuiet);
    const renderer = new SteadyRenderer(inner, at);
    const counts: ListenCounts = { ...NOTHING_COUNTED };
    const tellNoMore = session.feed.subscribe((entry) => renderer.entry(entry));
    const enough = asked.exitAfter === undefined ? undefined : countUntil(asked.exitAfter, session);
    session.feed.subscribe((entry) => count(entry, counts));
    // Who reads the ready line may send a signal at once.
    const stopped = untilStopped(at, session, { enough, forMs: asked.forMs, command });
    sayReady(screen, asked, path, session, renderer);
    // Whoever waits for the first line shall not wait for what comes next.
    await screen.out.flushed();
    void import("../../running/heap.ts").then(({ keepHeapSmall }) => keepHeapSmall(clock, ended.signal, session.meter));
    const warming = session.warmUp(everyTarget(asked.routes, asked.targets));
    command?.start(at, variablesFor(asked, path, session));
    const stop = await stopped;
    await warming;
    tellNoMore();
    renderer.summary({
      ...counts,
      silent: session.silentConnections,
      isFaulty: asked.faults !== undefined,
      storePath: path,
      isEphemeral: asked.isEphemeral,
      atMs: clock.nowMs(),
    });
    return stop;
  } finally {
    ended.abort();
    await session.close();
  }
}

async function startSession(
  { clock, processes, machine, directory }: Surroundings,
  asked: Asked,
  storePath: string,
): Promise<ListenSession> {
  // Only what may come back over the Internet needs a mark; without it nothing is added to what is forwarded.
  const hop = asked.signatures.publicUrl === undefined ? undefined : randomUUID();
  const forward = { ...asked.forward, hop };
  const misbehaviour = asked.faults?.misbehaviour;
  return ListenSession.start({ ...asked, forward, misbehaviour, storePath, clock, processes, machine, directory });
}

/** What a command finds in its environment. */
function variablesFor(
  { targets }: ListenFlags,
  path: string,
  session: ListenSession,
): Readonly<Record<string, string>> {
  const [target] = targets;
  return {
    HOOKCLI_CAPTURE_URL: session.captureUrl,
    HOOKCLI_PORT: String(session.port),
    HOOKCLI_DB: path,
    ...(target ? { HOOKCLI_TARGET: targetUrl(target) } : {}),
  };
}

function sayReady(
  at: Surroundings,
  asked: Asked,
  path: string,
  session: ListenSession,
  renderer: ListenRenderer,
): void {
  const { captureUrl, storedBefore } = session;
  renderer.ready({
    captureUrl,
    targets: everyTarget(asked.routes, asked.targets).map(targetUrl),
    storePath: path,
    stored: storedBefore,
    pid: at.processes.pid,
    atMs: at.clock.nowMs(),
    faults: asked.faults?.shown,
  });
  if (!session.isLoopback) {
    at.err.line(
      styled("warning: ", "wait"),
      `listening on ${asked.host}: everyone who reaches this machine can send to your app. Use --host 127.0.0.1 to keep it here.`,
    );
  }
  at.outSink.onClosed(() => at.err.line("nobody reads the output any more; requests are still captured, Ctrl-C stops"));
}

function count(entry: FeedEntry, counts: ListenCounts): void {
  if (entry.kind === "request") {
    counts.received += 1;
    const { refusal, occurrence = 1, overtakenBy, event } = entry.request;
    if (refusal) counts.refused += 1;
    if (occurrence > 1) counts.duplicates += 1;
    if (overtakenBy !== undefined) counts.outOfOrder += 1;
    if (event.verdict && isFailed(event.verdict)) counts.failedSignatures += 1;
  } else if (entry.kind === "attempt" && !entry.elsewhere) {
    if (entry.delivery.status === "delivered") counts.delivered += 1;
    else counts.failed += 1;
  } else if (entry.kind === "settled") {
    const { reply } = entry.request;
    if (readFaultNote(reply?.note)) counts.faulted += 1;
    if (isLostAck(reply, entry.deliveries[0]?.status === "delivered")) counts.lostAcks += 1;
  }
}

/** Resolves when so many requests are settled. */
async function countUntil(wanted: number, session: ListenSession): Promise<void> {
  let settled = 0;
  await new Promise<void>((resolve) => {
    session.feed.subscribe((entry) => {
      if (entry.kind === "settled") settled += 1;
      if (settled === wanted) resolve();
    });
  });
}
