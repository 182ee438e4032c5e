import { headerFields, type HeaderPairs } from "./headers.ts";

/** A header that a person wants set, or (without a value) gone, on everything that is sent. */
export interface HeaderEdit {
  readonly name: string;
  /** Undefined removes the header. */
  readonly value: string | undefined;
}

export interface OutgoingOptions {
  /** `example.test:8000`: what the Host header names unless the captured one is kept. */
  readonly host: string;
  readonly preserveHost: boolean;
  readonly bodySizeBytes: number;
  readonly edits: readonly HeaderEdit[];
  /** What this listener is called among those that a request has been through; undefined: no such header goes out. */
  readonly hop?: string | undefined;
}

/** Names the listeners that a request has been through, where it may come back over the Internet. */
export const HOP_HEADER = "X-Hookcli-Hop";

export interface OutgoingHeaders {
  readonly headers: HeaderPairs;
  /** What was done that the captured request did not ask for, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Belong to one connection, never to the message that travels on: RFC 9110 section 7.6.1, and the older ones that proxies
 * still strip. `expect` is answered by capture; a body is sent with its length, so `transfer-encoding` and `trailer` go too.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
const HOP_BY_HOP = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** A sender must not be able to strip what a handler verifies by naming it in Connection. */
const KEPT_WHATEVER_CONNECTION_SAYS =
  /^(?:content-|host$|authorization$|user-agent$)|signature|hmac|webhook|svix|timestamp|token|event|delivery/;

/**
 * The headers to send for a captured request: as they came, without the hop-by-hop ones, with host and content-length
 * of our own, then the person's edits (the first of a name is replaced in place, further ones go; new ones come last).
 */
export function outgoingHeaders(captured: HeaderPairs, options: OutgoingOptions): OutgoingHeaders {
  const named = connectionOptions(captured);
  const notes: string[] = [];
  const headers: string[] = ["host", options.host];
  let hadLength = options.bodySizeBytes > 0;
  // An index loop: this runs for every request.
  for (let at = 0; at + 1 < captured.length; at += 2) {
    const name = captured[at] ?? "";
    const value = captured[at + 1] ?? "";
    const lower = name.toLowerCase();
    if (lower === "content-length" || lower === "transfer-encoding") hadLength = true;
    if (lower === "host" && options.preserveHost) headers[1] = value;
    if (lower === "host" || lower === "content-length" || HOP_BY_HOP.has(lower)) continue;
    if (named?.has(lower) === true) {
      if (!KEPT_WHATEVER_CONNECTION_SAYS.test(lower)) continue;
      notes.push(`kept ${lower}, which the sender's Connection header asked to drop`);
    }
    headers.push(name, value);
  }
  const edited = applyEdits(
    headers,
    options.hop === undefined ? options.edits : [hopEdit(captured, options.hop), ...options.edits],
  );
  if (hadLength) edited.push("content-length", String(options.bodySizeBytes));
  return { headers: edited, notes };
}

/** The listeners that a request has been through, as far as it says. */
export function hopsOf(headers: HeaderPairs): readonly string[] {
  const hops: string[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? "";
    if (name.length !== HOP_HEADER.length || name.toLowerCase() !== "x-hookcli-hop") continue;
    for (const hop of (headers[at + 1] ?? "").split(",")) hops.push(hop.trim());
  }
  return hops;
}

function hopEdit(captured: HeaderPairs, hop: string): HeaderEdit {
  return { name: HOP_HEADER, value: [...hopsOf(captured), hop].join(", ") };
}

/** What the sender's Connection header names, in lower case; undefined: there is none. */
function connectionOptions(captured: HeaderPairs): ReadonlySet<string> | undefined {
  let named: Set<string> | undefined;
  for (let at = 0; at + 1 < captured.length; at += 2) {
    const name = captured[at] ?? "";
    if (name.length !== 10 || name.toLowerCase() !== "connection") continue;
    named ??= new Set();
    for (const option of (captured[at + 1] ?? "").split(",")) named.add(option.trim().toLowerCase());
  }
  return named;
}

function applyEdits(headers: string[], edits: readonly HeaderEdit[]): string[] {
  let edited = headers;
  for (const { name, value } of edits) {
    const kept: string[] = [];
    let placed = value === undefined;
    for (const [field, old] of headerFields(edited)) {
      if (field.toLowerCase() !== name.toLowerCase()) kept.push(field, old);
      else if (!placed) {
        kept.push(name, value ?? "");
        placed = true;
      }
    }
    if (!placed) kept.push(name, value ?? "");
    edited = kept;
  }
  return edited;
}
