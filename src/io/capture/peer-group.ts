/**
 * Who counts as one sender: an address, or of IPv6 the network of one customer (64 bits). Undefined: this machine, where
 * everybody behind a tunnel comes from.
 * @param remoteAddress address and port: `192.0.2.1:51234`, `[2001:db8::1]:51234`
 */
export function peerGroup(remoteAddress: string): string | undefined {
  const address = remoteAddress
    .slice(0, remoteAddress.lastIndexOf(":"))
    .replace(/^\[(?:::ffff:(?=[0-9.]+\]$))?|\]$/g, "");
  if (address === "" || address === "::1" || address.startsWith("127.")) return undefined;
  return address.includes(":") ? networkOf(address) : address;
}

/** The first four groups of an IPv6 address, as it is written. */
function networkOf(address: string): string {
  const [head = "", tail] = address.split("%", 1)[0]?.split("::") ?? [];
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const behind = tail === "" ? [] : tail.split(":");
    while (groups.length + behind.length < 8) groups.push("0");
    groups.push(...behind);
  }
  return groups.slice(0, 4).join(":");
}
