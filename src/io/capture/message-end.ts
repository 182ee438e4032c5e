/**
 * Where the first HTTP/1 message in the bytes ends, or undefined where it does not end in them. Only for messages that
 * the strict parser has taken: nothing is checked here, and what comes out serves the record of what came after.
 */
export function messageEnd(bytes: Buffer): number | undefined {
  const start = afterEmptyLines(bytes);
  const headEnd = bytes.indexOf("\r\n\r\n", start);
  if (headEnd < 0) return undefined;
  const bodyAt = headEnd + 4;
  const head = bytes.toString("latin1", start, headEnd);
  if (/\r\ntransfer-encoding:/i.test(head)) return chunksEnd(bytes, bodyAt);
  const lengthBytes = Number(/\r\ncontent-length:[ \t]*(\d+)/i.exec(head)?.[1] ?? 0);
  return bodyAt + lengthBytes <= bytes.length ? bodyAt + lengthBytes : undefined;
}

/** RFC 9112 lets empty lines stand before a request line. */
function afterEmptyLines(bytes: Buffer): number {
  let at = 0;
  while (bytes[at] === 0x0d || bytes[at] === 0x0a) at += 1;
  return at;
}

function chunksEnd(bytes: Buffer, bodyAt: number): number | undefined {
  let at = bodyAt;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return undefined;
    const sizeBytes = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (sizeBytes === 0) return trailersEnd(bytes, lineEnd);
    // Also ends at what is no size at all: a size that is negative would lead back to where it was read.
    if (!(sizeBytes > 0)) return undefined;
    at = lineEnd + 2 + sizeBytes + 2;
    if (at > bytes.length) return undefined;
  }
}

/** @param lineEnd of the last chunk's size: without trailers the empty line follows at once */
function trailersEnd(bytes: Buffer, lineEnd: number): number | undefined {
  const end = bytes.indexOf("\r\n\r\n", lineEnd);
  return end < 0 ? undefined : end + 4;
}
