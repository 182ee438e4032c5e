/**
 * Name of a file in a store's body folder. Only `spoolName` and `parseSpoolName` make one, so that no other text becomes
 * part of a path: a store may come from anybody, and its rows may name any file.
 */
export type SpoolName = string & { readonly isSpoolName: true };

/** Who writes body files; keeps the names of processes apart. */
export interface SpoolWriter {
  readonly startedAtMs: number;
  readonly pid: number;
}

/** When its process started (base 36), the process, and the how-manieth of its files it is. */
const FORM = /^[0-9a-z]{1,11}\.\d{1,10}-\d{1,15}\.body$/;

/** The `count`-th name of a process. */
export function spoolName({ startedAtMs, pid }: SpoolWriter, count: number): SpoolName {
  const name = parseSpoolName(`${Math.max(0, Math.trunc(startedAtMs)).toString(36)}.${pid}-${count}.body`);
  if (name === undefined) throw new Error(`no name for body file ${count} of process ${pid}`);
  return name;
}

/** Undefined where the text has not the form of our own names. */
export function parseSpoolName(text: string): SpoolName | undefined {
  return isSpoolName(text) ? text : undefined;
}

function isSpoolName(text: string): text is SpoolName {
  return FORM.test(text);
}

/** Content of a request or response: small ones are bytes in memory, large ones a file that the store owns. */
export type Body = BytesBody | FileBody;

export interface BytesBody {
  readonly kind: "bytes";
  /** Of a body that was let go each look reads it anew from the store, and may throw what that throws. */
  readonly bytes: Uint8Array;
  /** Set where it was let go. */
  readonly sizeBytes?: number;
}

/** A spooled body. */
export interface FileBody {
  readonly kind: "file";
  /** Of the file in the store's body folder; undefined: it is in none, or the store names what is no file of ours. */
  readonly name: SpoolName | undefined;
  readonly sizeBytes: number;
  /** The bytes, anew on each call. Fails with BODY_FILE_MISSING or BODY_FILE_REFUSED. */
  read(): AsyncIterable<Uint8Array>;
}

/** Where a body too large for memory is written while it arrives. Whoever opened it ends it with `finish` or `discard`. */
export interface BodySink {
  /** Resolves when the sink can take more. */
  write(chunk: Uint8Array): Promise<void>;
  /** Makes the bytes durable (file and folder synced) and hands over the body. */
  finish(): Promise<FileBody>;
  /** Forgets what was written. Never throws. */
  discard(): Promise<void>;
}

/** Bodies up to this many bytes stay in memory and in the database; larger ones go to a file. */
export const SPOOL_THRESHOLD_BYTES = 1024 * 1024;

export const EMPTY_BODY: BytesBody = { kind: "bytes", bytes: new Uint8Array(0) };

export function bytesBody(bytes: Uint8Array): BytesBody {
  return { kind: "bytes", bytes };
}

/** The bytes of any body, in pieces. */
export async function* readBody(body: Body): AsyncGenerator<Uint8Array, void, undefined> {
  if (body.kind === "file") yield* body.read();
  else if (body.bytes.length > 0) yield body.bytes;
}

export function bodySizeBytes(body: Body): number {
  return body.kind === "bytes" ? (body.sizeBytes ?? body.bytes.length) : body.sizeBytes;
}

/**
 * Forgets the bytes of a body that is stored, for everybody who has it: from now on each look at them calls `read`. What
 * waits for long, as one of many, need not wait in memory.
 */
export function letGoOf(body: BytesBody, read: () => Uint8Array): void {
  const sizeBytes = bodySizeBytes(body);
  Object.defineProperty(body, "sizeBytes", { value: sizeBytes, configurable: true });
  Object.defineProperty(body, "bytes", { get: read, enumerable: true, configurable: true });
}

/** A whole body in memory; for showing it. */
export async function wholeBody(body: Body): Promise<Buffer> {
  if (body.kind === "bytes") return Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.byteLength);
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBody(body)) chunks.push(chunk);
  return Buffer.concat(chunks, bodySizeBytes(body));
}
