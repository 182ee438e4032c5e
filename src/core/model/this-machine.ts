/** What the system says about itself. */
export interface ThisMachine {
  /** Of its network interfaces, IPv4 and IPv6, as the system writes them. */
  readonly addresses: readonly string[];
  /** The name that it was given; empty where it has none. */
  readonly hostname: string;
}

/**
 * Whether a host, as it stands in an address, is this machine as far as that can be told without asking a name server: the
 * loopback, the address that stands for all of them, an address of its own in whatever form, its own name.
 */
export function isThisMachine(host: string, { addresses, hostname }: ThisMachine): boolean {
  const asked = canonicalHost(host);
  if (isLoopback(asked) || isAnyAddress(asked)) return true;
  if (addresses.some((address) => canonicalHost(address) === asked)) return true;
  const own = canonicalHost(hostname);
  return own !== "" && (asked === own || asked === `${own}.local`);
}

/**
 * Whether a host never leaves the machine: 127.0.0.0/8, ::1, and the names that are kept for them.
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export function isLoopback(host: string): boolean {
  const asked = canonicalHost(host);
  return asked === "::1" || /^127(?:\.\d{1,3}){3}$/.test(asked) || /^(?:.+\.)?localhost$/.test(asked);
}

/** `0.0.0.0` and `::`: who listens there is reached at every address, and who connects there reaches the loopback. */
export function isAnyAddress(host: string): boolean {
  const asked = canonicalHost(host);
  return asked === "0.0.0.0" || asked === "::";
}

/**
 * One form for each host: lower case, no brackets, zone or dot at the end, numbers as dotted decimals, an IPv4 address
 * within an IPv6 one as what it is.
 */
export function canonicalHost(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  const url = `http://${bare.includes(":") ? `[${bare}]` : bare}/`;
  const name = URL.canParse(url) ? new URL(url).hostname.replace(/^\[(.*)\]$/, "$1") : bare.toLowerCase();
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name) ?? [];
  if (high === undefined || low === undefined) return name.replace(/\.$/, "");
  const number = parseInt(high, 16) * 0x1_00_00 + parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join(".");
}
