import { onTestFinished } from "vitest";
import { Feed } from "../../src/app/session/feed.ts";
import { Forwarder, type ForwardOptions } from "../../src/app/delivering/forwarder.ts";
import { Pipeline, type PipelineOptions } from "../../src/app/listening/pipeline.ts";
import type { Sender } from "../../src/io/capture/sender.ts";
import { Recogniser } from "../../src/app/listening/recogniser.ts";
import type { SignatureOptions } from "../../src/app/listening/examine.ts";
import { type Clock, systemClock } from "../../src/core/model/clock.ts";
import type { FeedEntry } from "../../src/core/model/feed.ts";
import type { Reply } from "../../src/core/model/reply.ts";
import { parseTarget } from "../../src/core/model/target.ts";
import type { Store } from "../../src/io/store/store.ts";
import { FORWARD } from "./session.ts";
import { openStore, sampleSession } from "./stores.ts";

export interface StartedPipeline {
  readonly pipeline: Pipeline;
  readonly store: Store;
  readonly feed: Feed;
  readonly forwarder: Forwarder;
  readonly clock: Clock;
  /** Everything the feed told, in order. */
  readonly told: readonly FeedEntry[];
  readonly notices: readonly string[];
}

export interface PipelineWanted extends Partial<Omit<PipelineOptions, "targets">> {
  readonly targets?: readonly string[];
  readonly forward?: Partial<ForwardOptions>;
  readonly signatures?: Partial<SignatureOptions>;
}

/** A forwarder with real connections, closed when the test ends. */
export function openForwarder(
  store: Store,
  changes: Partial<ForwardOptions> = {},
  onNotice: (text: string) => void = () => undefined,
): Forwarder {
  const forwarder = new Forwarder({ ...FORWARD, ...changes }, async () => store.openSink(), onNotice);
  onTestFinished(() => forwarder.close());
  return forwarder;
}

/** A pipeline with a real store and real connections, but no port of its own. */
export async function startPipeline(wanted: PipelineWanted = {}): Promise<StartedPipeline> {
  const { targets = [], forward, signatures, ...changes } = wanted;
  const store = changes.store ?? openStore();
  if (store.sessionId === 0) await store.beginSession(sampleSession());
  const notices: string[] = [];
  const forwarder = changes.forwarder ?? openForwarder(store, forward, (text) => notices.push(text));
  const feed = new Feed();
  const told: FeedEntry[] = [];
  feed.subscribe((entry) => told.push(entry));
  const recogniser = new Recogniser({ secrets: [], schemes: [], answersHandshakes: false, ...signatures });
  const { clock = systemClock } = changes;
  const pipeline = new Pipeline({
    clock,
    routes: [],
    pathPrefix: "",
    filter: [],
    respond: { status: 200 },
    onError: "502",
    ...changes,
    store,
    feed,
    forwarder,
    recogniser,
    targets: targets.map((target) => parseTarget(target, "a target")),
  });
  return { pipeline, store, feed, forwarder, clock, told, notices };
}

/** A sender that waits as long as it is asked to, as far as nothing is said. */
export function waitingSender(changes: Partial<Sender> = {}): Sender {
  const { signal } = new AbortController();
  const ends = { remoteAddress: "192.0.2.1:50000", localAddress: "192.0.2.2:4400" };
  return {
    ends,
    isGone: () => false,
    heard: async () => true,
    left: () => signal,
    ending: signal,
    mayLetGo: () => undefined,
    ...changes,
  };
}

/** All of a reply's body. Rejects where the reply is cut. */
export async function textOfReply({ body }: Reply): Promise<string> {
  if (body.kind === "bytes") return Buffer.from(body.bytes).toString();
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.chunks) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
