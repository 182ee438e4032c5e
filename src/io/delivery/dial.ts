import type { LookupAddress } from "node:dns";
import { connect, type Socket } from "node:net";
import { patientTimeout } from "./patient-timeout.ts";

/** The next address is tried beside the first when that has not answered for so long (RFC 8305, section 5). */
const NEXT_AFTER_MS = 250;
const TCP = {
  autoSelectFamily: false,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: 60_000,
  highWaterMark: 64 * 1024,
};

/** An address that took no connection in time. */
class AddressTimeout extends Error {
  readonly code = "ETIMEDOUT";
  readonly address: string;
  readonly port: number;
  readonly afterMs: number;

  constructor(address: string, port: number, afterMs: number) {
    super(`no connection within ${afterMs} ms`);
    this.address = address;
    this.port = port;
    this.afterMs = afterMs;
  }
}

/** What happened at each address, where none of them took the connection. */
export class DialFailure extends Error {
  /** Of the one that says most about the server: silence, else a refusal, else what the network said. */
  readonly code: string | undefined;
  readonly errors: readonly NodeJS.ErrnoException[];

  constructor(errors: readonly NodeJS.ErrnoException[]) {
    super("no address took the connection");
    this.errors = errors;
    const telling = ["ETIMEDOUT", "ECONNRESET", "ECONNREFUSED"];
    this.code = telling.find((code) => errors.some((error) => error.code === code)) ?? errors[0]?.code;
  }
}

/**
 * One connection, to the first of several addresses that takes it. All of them have the whole time: one that is slow is
 * not given up for another, the next one is tried beside it.
 */
export class Dial {
  /** Rejects with `DialFailure`. Closed by whoever gets it. */
  readonly connected: Promise<Socket>;
  readonly #addresses: readonly LookupAddress[];
  readonly #port: number;
  readonly #trying = new Map<Socket, LookupAddress>();
  readonly #failed: NodeJS.ErrnoException[] = [];
  readonly #stopDeadline: () => void;
  #stopNext: () => void = () => undefined;
  #next = 0;
  #isOver = false;
  #resolve: (socket: Socket) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  /** @param addresses at least one, in the order in which they are tried */
  constructor(addresses: readonly LookupAddress[], port: number, timeoutMs: number) {
    this.#addresses = addresses;
    this.#port = port;
    this.connected = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#stopDeadline = patientTimeout(timeoutMs, () => {
      for (const { address } of this.#trying.values()) this.#failed.push(new AddressTimeout(address, port, timeoutMs));
      this.#fail(new DialFailure(this.#failed));
    });
    this.#tryNext();
  }

  /** Nobody wants the connection any more. */
  cancel(reason: Error): void {
    this.#fail(reason);
  }

  readonly #tryNext = (): void => {
    const address = this.#addresses[this.#next];
    this.#stopNext();
    if (this.#isOver || !address) return;
    this.#next += 1;
    const socket = connect({ ...TCP, host: address.address, family: address.family, port: this.#port });
    this.#trying.set(socket, address);
    socket.once("connect", () => this.#win(socket));
    socket.on("error", (error) => this.#lose(socket, error));
    this.#stopNext = patientTimeout(NEXT_AFTER_MS, this.#tryNext);
  };

  #win(socket: Socket): void {
    this.#trying.delete(socket);
    if (this.#isOver) socket.destroy();
    else if (this.#end()) this.#resolve(socket);
  }

  #lose(socket: Socket, error: NodeJS.ErrnoException): void {
    // An error after the connection stood is the affair of whoever has it.
    if (!this.#trying.delete(socket) || this.#isOver) return;
    this.#failed.push(error);
    if (this.#next < this.#addresses.length) this.#tryNext();
    else if (this.#trying.size === 0) this.#fail(new DialFailure(this.#failed));
  }

  #fail(error: Error): void {
    if (this.#end()) this.#reject(error);
  }

  /** False: it was over before. */
  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#stopDeadline();
    this.#stopNext();
    for (const socket of this.#trying.keys()) socket.destroy();
    this.#trying.clear();
    return true;
  }
}
