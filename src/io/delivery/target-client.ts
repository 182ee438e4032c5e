import { Readable } from "node:stream";
import { Pool } from "undici";
import { bodySizeBytes } from "../../core/model/body.ts";
import { Connector, type ConnectorOptions } from "./connector.ts";
import { Exchange, type OutgoingRequest, type SendOptions } from "./exchange.ts";
import { LineClient } from "./line.ts";

const MAX_RESPONSE_HEAD_BYTES = 64 * 1024;
/**
 * How long a connection is kept that nobody uses. Servers close such connections too, after 2 s (gunicorn), 5 s (Node,
 * uvicorn) or whatever they like, and what is sent at that moment is lost. So it is much less here: a new connection costs
 * next to nothing without TLS.
 */
const KEPT_FOR_MS = 25;
const KEPT_FOR_WITH_TLS_MS = 1000;
/** A server that says in `Keep-Alive` how long it waits is believed, up to this, */
const KEPT_FOR_AT_MOST_MS = 4000;
/** but for this much: its time is running already when its word arrives. */
const KEEP_ALIVE_MARGIN_MS = 1000;

/** Connections to one target: exact bytes out, exact bytes in, no redirects, no decoding. Closed by whoever made it. */
export class TargetClient {
  readonly #origin: string;
  readonly #connector: Connector;
  readonly #options: ConstructorParameters<typeof LineClient>[1];
  readonly #pool: Pool;
  readonly #lone = new Set<LineClient>();

  constructor(options: ConnectorOptions) {
    this.#origin = options.origin;
    this.#connector = new Connector(options);
    this.#options = {
      // Over HTTP/2 header names would arrive in lower case.
      allowH2: false,
      maxHeaderSize: MAX_RESPONSE_HEAD_BYTES,
      // The one limit is on the whole exchange.
      headersTimeout: 0,
      bodyTimeout: 0,
      // With more, undici sends again by itself what it had sent already.
      pipelining: 1,
      keepAliveTimeout: options.origin.startsWith("https:") ? KEPT_FOR_WITH_TLS_MS : KEPT_FOR_MS,
      keepAliveMaxTimeout: KEPT_FOR_AT_MOST_MS,
      keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
      connect: this.#connector.connect,
    };
    this.#pool = new Pool(options.origin, {
      ...this.#options,
      factory: (origin) => new LineClient(origin, this.#options),
    });
  }

  /** Starts one attempt. Never throws: every failure is an outcome. */
  send({ method, path, headers, body }: OutgoingRequest, options: SendOptions): Exchange {
    const exchange = new Exchange(method, options);
    const over = options.isAlone === true ? this.#openLone(exchange) : this.#pool;
    try {
      const isEmpty = bodySizeBytes(body) === 0;
      const content = body.kind === "file" ? Readable.from(body.read(), { objectMode: false }) : body.bytes;
      over.dispatch({ method, path, headers: [...headers], body: isEmpty ? null : content }, exchange);
    } catch (error) {
      exchange.onResponseError(undefined, error instanceof Error ? error : new Error(String(error)));
    }
    return exchange;
  }

  /** Cuts what is still open. */
  async close(): Promise<void> {
    this.#connector.close();
    await Promise.all([...this.#lone, this.#pool].map((client) => client.destroy()));
  }

  #openLone(exchange: Exchange): LineClient {
    const client = new LineClient(this.#origin, this.#options);
    this.#lone.add(client);
    void exchange.ended.then(async () => {
      await client.destroy();
      this.#lone.delete(client);
    });
    return client;
  }
}
