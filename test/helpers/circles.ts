import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { onTestFinished } from "vitest";
import { LoopGuard } from "../../src/app/listening/loop-guard.ts";
import { Forwarder, type ForwardOptions } from "../../src/app/delivering/forwarder.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import { DEFAULT_LIMITS } from "../../src/io/capture/limits.ts";
import { CaptureServer } from "../../src/io/capture/server.ts";
import type { Store } from "../../src/io/store/store.ts";
import { startPipeline } from "./pipelines.ts";
import { FORWARD } from "./session.ts";
import { openStore, sampleSession } from "./stores.ts";

export interface Wired {
  readonly store: Store;
  readonly port: number;
  readonly url: string;
  readonly settled: () => Promise<void>;
}

/** Ports that nobody listens on, to be known before anybody does. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

/** A listener that is wired as `listen` wires it, without the look at its targets that would refuse circles. */
export async function wiredListener(
  path: string,
  port: number,
  target: string,
  { host = "127.0.0.1", ...forward }: Partial<ForwardOptions> & { readonly host?: string } = {},
): Promise<Wired> {
  const store = openStore({ path });
  await store.beginSession(sampleSession({ captureUrl: `http://127.0.0.1:${port}`, targets: [target] }));
  const guard = new LoopGuard({ store, clock: systemClock, hop: forward.hop });
  const options = { ...FORWARD, ...forward };
  const forwarder = new Forwarder(
    options,
    async () => store.openSink(),
    () => undefined,
    guard.introduce,
  );
  onTestFinished(() => forwarder.close());
  const { pipeline } = await startPipeline({ store, forwarder, targets: [target] });
  const capture = new CaptureServer({
    limits: DEFAULT_LIMITS,
    clock: systemClock,
    openSink: async () => store.openSink(),
    handle: async (request, sender) => pipeline.handle(guard.mark(request, sender.ends), sender),
    onSpoolFailure: (error) => pipeline.failureReply(error),
  });
  onTestFinished(() => capture.close());
  await capture.listen(host, port, false);
  guard.begin(port);
  return { store, port, url: `http://127.0.0.1:${port}`, settled: async () => pipeline.settled() };
}

/** Passes bytes on to another port, as a tunnel does: who is behind it shows another peer. */
export async function relayTo(port: number): Promise<string> {
  const server = createServer((socket) => {
    const onward = connect(port, "127.0.0.1");
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on("error", () => void (socket.destroy(), onward.destroy()));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
