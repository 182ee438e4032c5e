/** Part of a reply as it stood on the wire. */
export interface WireReply {
  readonly status: number;
  readonly statusText: string;
  /** Name, value, name, value …, in wire order. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/**
 * The whole replies in what a server sent, 1xx included. Takes them apart by content-length, chunks, or (`isEnded`) the
 * end of the connection.
 */
export function parseReplies(bytes: Buffer, isEnded: boolean, isHead = false): readonly WireReply[] {
  const replies: WireReply[] = [];
  let rest = bytes;
  for (;;) {
    const first = firstReply(rest, isEnded, isHead);
    if (!first.reply) return replies;
    replies.push(first.reply);
    rest = first.rest;
  }
}

/** The same of a connection that goes on: what was read once is not read again, nor is a long body before it is whole. */
export class ReplyReader {
  readonly #whole: WireReply[] = [];
  #seen = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #neededBytes = 0;

  /** @param chunks all that came, of which it has seen some */
  read(chunks: readonly Buffer[]): readonly WireReply[] {
    for (const chunk of chunks.slice(this.#seen)) {
      this.#waiting.push(chunk);
      this.#waitingBytes += chunk.length;
    }
    this.#seen = chunks.length;
    if (this.#waitingBytes < this.#neededBytes) return this.#whole;
    let rest: Buffer = Buffer.concat(this.#waiting);
    let first = firstReply(rest, false, false);
    for (; first.reply; first = firstReply(rest, false, false)) {
      this.#whole.push(first.reply);
      rest = first.rest;
    }
    this.#waiting = [rest];
    this.#waitingBytes = rest.length;
    this.#neededBytes = first.neededBytes;
    return this.#whole;
  }
}

type FirstReply =
  | { readonly reply: WireReply; readonly rest: Buffer }
  /** With fewer bytes there is no whole reply. */
  | { readonly reply: undefined; readonly neededBytes: number };

function firstReply(bytes: Buffer, isEnded: boolean, isHead: boolean): FirstReply {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return { reply: undefined, neededBytes: bytes.length + 1 };
  const [statusLine = "", ...lines] = bytes.toString("latin1", 0, headEnd).split("\r\n");
  const [, status = "", statusText = ""] = /^HTTP\/1\.\d (\d{3}) ?(.*)$/.exec(statusLine) ?? [];
  const headers = lines.flatMap((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
  const framed = bodyOf(bytes.subarray(headEnd + 4), Number(status), headers, isEnded, isHead);
  if ("neededBytes" in framed) return { reply: undefined, neededBytes: headEnd + 4 + framed.neededBytes };
  return { reply: { status: Number(status), statusText, headers, body: framed.body }, rest: framed.rest };
}

type Framed = { readonly body: Buffer; readonly rest: Buffer } | { readonly neededBytes: number };

function bodyOf(bytes: Buffer, status: number, headers: readonly string[], isEnded: boolean, isHead: boolean): Framed {
  const valueOf = (name: string): string | undefined =>
    headers[headers.findIndex((part, at) => at % 2 === 0 && part.toLowerCase() === name) + 1 || -1];
  if (status < 200 || status === 204 || status === 304 || isHead) return { body: Buffer.alloc(0), rest: bytes };
  const length = valueOf("content-length");
  if (length !== undefined) {
    const size = Number(length);
    return bytes.length < size ? { neededBytes: size } : { body: bytes.subarray(0, size), rest: bytes.subarray(size) };
  }
  if (valueOf("transfer-encoding") !== undefined) return dechunked(bytes);
  return isEnded ? { body: bytes, rest: Buffer.alloc(0) } : { neededBytes: bytes.length + 1 };
}

function dechunked(bytes: Buffer): Framed {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return { neededBytes: bytes.length + 1 };
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return { neededBytes: end };
    if (size === 0) return { body: Buffer.concat(chunks), rest: bytes.subarray(end) };
    chunks.push(bytes.subarray(lineEnd + 2, end - 2));
    at = end;
  }
}
