import type { LookupAddress, LookupOptions } from "node:dns";
import { Readable } from "node:stream";
import { isIP } from "node:net";
import { rootCertificates } from "node:tls";
import { buildConnector, Pool } from "undici";
import type { Body, BodySink } from "../../core/model/body.ts";
import type { HeaderPairs } from "../../core/model/headers.ts";
import { Exchange } from "./exchange.ts";

export interface TargetClientOptions {
  /** `http://localhost:8000` */
  readonly origin: string;
  /** Take any certificate. */
  readonly insecure: boolean;
  /** PEM certificates to trust beside the well-known ones. */
  readonly ca?: string | undefined;
}

/** One HTTP message to be sent exactly as it stands. */
export interface OutgoingRequest {
  readonly method: string;
  /** Path and query, verbatim. */
  readonly path: string;
  /** With host and content-length. */
  readonly headers: HeaderPairs;
  readonly body: Body;
}

export interface SendOptions {
  /** For the whole exchange, connection and body included. 0: no limit but the 10 s that a connection may take. */
  readonly timeoutMs: number;
  /** Somebody waits for the response while it arrives. */
  readonly isRelayed: boolean;
  /** Opens a file for a response too large for memory. */
  readonly openSink: () => Promise<BodySink>;
}

const MAX_RESPONSE_HEAD_BYTES = 64 * 1024;
/** A target that does not take the connection in this time will not take it at all. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Connections to one target: exact bytes out, exact bytes in, no redirects, no decoding. Closed by whoever made it. */
export class TargetClient {
  readonly #pool: Pool;

  constructor(options: TargetClientOptions) {
    this.#pool = new Pool(options.origin, {
      // Over HTTP/2 header names would arrive in lower case.
      allowH2: false,
      maxHeaderSize: MAX_RESPONSE_HEAD_BYTES,
      // The one limit is on the whole exchange.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: connectorFor(options),
    });
  }

  /** Starts one attempt. Never throws: every failure is an outcome. */
  send({ method, path, headers, body }: OutgoingRequest, options: SendOptions): Exchange {
    const exchange = new Exchange(options);
    try {
      const content = body.kind === "file" ? Readable.from(body.read(), { objectMode: false }) : body.bytes;
      const isEmpty = body.kind === "bytes" && body.bytes.length === 0;
      this.#pool.dispatch({ method, path, headers: [...headers], body: isEmpty ? null : content }, exchange);
    } catch (error) {
      exchange.onResponseError(undefined, error instanceof Error ? error : new Error(String(error)));
    }
    return exchange;
  }

  /** Cuts what is still open. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

/** Certificates are held against the target's own name, whatever Host is sent. */
function connectorFor({ origin, insecure, ca }: TargetClientOptions): buildConnector.connector {
  const hostname = new URL(origin).hostname.replace(/^\[(.*)\]$/, "$1");
  const connect = buildConnector({
    allowH2: false,
    timeout: CONNECT_TIMEOUT_MS,
    autoSelectFamily: true,
    rejectUnauthorized: !insecure,
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(hostname === "localhost" ? { lookup: lookUpLocalhost } : {}),
  });
  const servername = isIP(hostname) === 0 ? hostname : "";
  return (options, callback) => connect({ ...options, servername }, callback);
}

type LookupCallback = (error: null, address: string | LookupAddress[], family?: number) => void;

/** `localhost` is both loopback addresses, whatever the hosts file says: servers bind one or the other. */
function lookUpLocalhost(_hostname: string, options: LookupOptions, callback: LookupCallback): void {
  const both: LookupAddress[] = [
    { address: "127.0.0.1", family: 4 },
    { address: "::1", family: 6 },
  ];
  if (options.all === true) callback(null, both);
  else callback(null, "127.0.0.1", 4);
}
