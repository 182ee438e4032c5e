import { type LookupAddress, promises as dns } from "node:dns";
import { isIP } from "node:net";
import { isLoopback } from "../../core/model/this-machine.ts";
import { patientTimeout } from "./patient-timeout.ts";

/** Asks the system for all addresses of a name, in the order in which they are to be tried. */
export type LookUp = (hostname: string) => Promise<readonly LookupAddress[]>;

/** `localhost` is both loopback addresses, whatever the hosts file says: servers bind one or the other. */
const LOOPBACK: readonly LookupAddress[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];
/** A name server may answer with as many as it likes. */
const MAX_ADDRESSES = 16;
/** Connections that are made one after the other do not each ask again. */
const KNOWN_FOR_MS = 1000;

const askSystem: LookUp = (hostname) => dns.lookup(hostname, { all: true, order: "verbatim" });

/**
 * Where a host is reached. A name is looked up once for all who wait for it: each look-up keeps one of the process's few
 * threads busy for as long as a name server is silent, and the store needs them for its disk.
 */
export class Addresses {
  readonly #hostname: string;
  readonly #fixed: readonly LookupAddress[] | undefined;
  readonly #lookUp: LookUp;
  #found: Promise<readonly LookupAddress[]> | undefined;

  /** @param hostname as a URL has it: an IPv6 address in brackets */
  constructor(hostname: string, lookUp: LookUp = askSystem) {
    this.#hostname = hostname.replace(/^\[(.*)\]$/, "$1");
    const family = isIP(this.#hostname);
    if (family !== 0) this.#fixed = [{ address: this.#hostname, family }];
    else if (isLoopback(this.#hostname)) this.#fixed = LOOPBACK;
    this.#lookUp = lookUp;
  }

  /** In the order in which they are to be tried, at most 16. Rejects as the system's look-up does. */
  async find(): Promise<readonly LookupAddress[]> {
    if (this.#fixed) return this.#fixed;
    this.#found ??= this.#ask();
    return this.#found;
  }

  async #ask(): Promise<readonly LookupAddress[]> {
    try {
      const found = await this.#lookUp(this.#hostname);
      setTimeout(() => (this.#found = undefined), KNOWN_FOR_MS).unref();
      return found.slice(0, MAX_ADDRESSES);
    } catch (error) {
      this.#found = undefined;
      throw error;
    }
  }
}

const SOON_MS = 1000;

/**
 * All addresses of a host; none where there are none, or where the name server does not answer within a second: a start
 * must not wait for it. Never rejects.
 * @param hostname as a URL has it
 */
export async function resolveSoon(hostname: string, lookUp?: LookUp, soonMs = SOON_MS): Promise<readonly string[]> {
  let stop = (): void => undefined;
  const late = new Promise<readonly string[]>((resolve) => (stop = patientTimeout(soonMs, () => resolve([]))));
  try {
    const found = new Addresses(hostname, lookUp).find();
    return await Promise.race([found.then((all) => all.map(({ address }) => address)), late]);
  } catch {
    return [];
  } finally {
    stop();
  }
}
