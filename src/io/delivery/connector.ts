import { isIP, type Socket } from "node:net";
import { rootCertificates } from "node:tls";
import { buildConnector } from "undici";
import { Addresses, type LookUp } from "./addresses.ts";
import { Dial } from "./dial.ts";
import { patientTimeout } from "./patient-timeout.ts";

export interface ConnectorOptions {
  /** `http://localhost:8000` */
  readonly origin: string;
  /** Take any certificate. */
  readonly insecure: boolean;
  /** PEM certificates to trust beside the well-known ones. */
  readonly ca?: string | undefined;
  /** Told of each connection that stands, before anything is sent over it. What it waits for counts as connecting. */
  readonly introduce?: ((socket: Socket) => Promise<void> | undefined) | undefined;
}

/** A target that does not take the connection in this time will not take it at all. */
const CONNECT_TIMEOUT_MS = 10_000;

class ConnectTimeout extends Error {
  readonly code: string;

  constructor(code: string, what: string, timeoutMs: number) {
    super(`${what} within ${timeoutMs} ms`);
    this.code = code;
  }
}

/** Makes connections to one target: every address of it has the whole time-out, name and TLS included. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #port: number;
  readonly #addresses: Addresses;
  readonly #timeoutMs: number;
  readonly #startTls: buildConnector.connector;
  /** Certificates are held against the target's own name, whatever Host is sent. */
  readonly #servername: string;
  /** What breaks off the connections that do not stand yet. */
  readonly #pending = new Set<(reason: Error) => void>();

  constructor(options: ConnectorOptions, lookUp?: LookUp, timeoutMs = CONNECT_TIMEOUT_MS) {
    const { protocol, hostname, port } = new URL(options.origin);
    const { insecure, ca } = options;
    this.#options = options;
    this.#port = Number(port) || (protocol === "https:" ? 443 : 80);
    this.#addresses = new Addresses(hostname, lookUp);
    this.#timeoutMs = timeoutMs;
    const bare = hostname.replace(/^\[(.*)\]$/, "$1");
    this.#servername = isIP(bare) === 0 ? bare : "";
    const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
    // No time-out of undici's: `#within` gives TLS what is left of ours.
    this.#startTls = buildConnector({ allowH2: false, timeout: 0, rejectUnauthorized: !insecure, ...trusted });
  }

  readonly connect: buildConnector.connector = (options, connected) => {
    void this.#connect(options).then(
      (socket) => connected(null, socket),
      (error: Error) => connected(error, null),
    );
  };

  /** Breaks off what does not stand yet. */
  close(): void {
    for (const breakOff of this.#pending) breakOff(new Error("the connection is not wanted any more"));
  }

  async #connect(options: buildConnector.Options): Promise<Socket> {
    const startedMs = performance.now();
    const leftMs = (): number => Math.max(1, this.#timeoutMs - (performance.now() - startedMs));
    const addresses = await this.#within(leftMs(), "DNS_TIMEOUT", "no address from the name server", () =>
      this.#addresses.find(),
    );
    const dial = new Dial(addresses, this.#port, leftMs());
    const socket = await this.#breakable((reason) => dial.cancel(reason), dial.connected);
    try {
      const waiting = this.#options.introduce?.(socket);
      if (waiting) await waiting;
      if (options.protocol !== "https:") return socket;
      return await this.#within(leftMs(), "ETIMEDOUT", "no TLS", () => this.#secure(options, socket));
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  async #secure(options: buildConnector.Options, httpSocket: Socket): Promise<Socket> {
    return new Promise((resolve, reject) => {
      this.#startTls({ ...options, servername: this.#servername, httpSocket }, (error, socket) => {
        if (socket) resolve(socket);
        else reject(error);
      });
    });
  }

  /** Runs what cannot be stopped: when its time is over it goes on, and nobody waits for it. */
  async #within<Result>(timeoutMs: number, code: string, what: string, start: () => Promise<Result>): Promise<Result> {
    let stop = (): void => undefined;
    try {
      let breakOff: (reason: Error) => void = () => undefined;
      const late = new Promise<never>((_, reject) => {
        breakOff = reject;
        stop = patientTimeout(timeoutMs, () => reject(new ConnectTimeout(code, what, this.#timeoutMs)));
      });
      return await this.#breakable(breakOff, Promise.race([start(), late]));
    } finally {
      stop();
    }
  }

  async #breakable<Result>(breakOff: (reason: Error) => void, result: Promise<Result>): Promise<Result> {
    this.#pending.add(breakOff);
    try {
      return await result;
    } finally {
      this.#pending.delete(breakOff);
    }
  }
}
