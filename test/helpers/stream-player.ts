import { connect } from "node:net";
import { systemClock } from "../../src/core/model/clock.ts";
import { jsonReply } from "../../src/core/model/reply.ts";
import type { CapturedRequest } from "../../src/core/model/request.ts";
import { type CaptureLimits, DEFAULT_LIMITS } from "../../src/io/capture/limits.ts";
import { CaptureServer } from "../../src/io/capture/server.ts";
import { within } from "./within.ts";
import type { WireStream } from "./wire-streams.ts";

/** Several times as long as any limit of the capture port: a stream that takes longer hangs. */
const HANGS_AFTER_MS = 60_000;

/** What came of one stream of bytes. */
export interface Outcome {
  /** What the handler was given, in order. */
  readonly records: readonly CapturedRequest[];
  /** All that the sender got. */
  readonly received: string;
  readonly isHung: boolean;
}

/** A real capture server in this process, for streams of bytes that each have a connection of their own. */
export class StreamPlayer {
  readonly #server: CaptureServer;
  readonly #records = new Map<string, CapturedRequest[]>();
  #port = 0;

  private constructor(limits: Partial<CaptureLimits>) {
    this.#server = new CaptureServer({
      limits: { ...DEFAULT_LIMITS, ...limits },
      clock: systemClock,
      openSink: () => Promise.reject(new Error("no body here is that large")),
      handle: async (request) => {
        this.#records.get(request.remoteAddress)?.push(request);
        return jsonReply(request.refusal?.status ?? 200, {});
      },
      onSpoolFailure: (error) => jsonReply(503, { error: String(error) }),
    });
  }

  static async start(limits: Partial<CaptureLimits> = {}): Promise<StreamPlayer> {
    const player = new StreamPlayer(limits);
    ({ port: player.#port } = await player.#server.listen("127.0.0.1", 0, false));
    return player;
  }

  close(): void {
    this.#server.close();
  }

  /** Writes the packets one by one, does what the stream says at its end, and waits for the end of the connection. */
  async play({ packets, ending }: WireStream): Promise<Outcome> {
    const socket = connect({ port: this.#port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    let received = "";
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => (received += text));
    socket.on("error", () => undefined);
    socket.on("end", () => socket.end());
    const closed = new Promise((resolve) => socket.once("close", resolve));
    await new Promise((resolve) => socket.once("connect", resolve));
    const name = `127.0.0.1:${socket.localPort ?? 0}`;
    const records: CapturedRequest[] = [];
    this.#records.set(name, records);
    for (const [at, packet] of packets.entries()) {
      // The server is in this process: by then it has read what was written.
      if (at > 0) await new Promise((resolve) => setImmediate(resolve));
      if (!socket.destroyed) socket.write(packet, "latin1");
    }
    if (ending === "half-close") socket.end();
    if (ending === "close") socket.destroySoon();
    if (ending === "reset") socket.resetAndDestroy();
    const isHung = await within(HANGS_AFTER_MS, closed).then(
      () => false,
      () => true,
    );
    socket.destroy();
    this.#records.delete(name);
    return { records, received, isHung };
  }
}
