import { lstat, readdir, unlink, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Body,
  type BodySink,
  type FileBody,
  parseSpoolName,
  type SpoolName,
  spoolName,
  type SpoolWriter,
} from "../../../core/model/body.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { createOwnFileLater, openRegularFile } from "../../files/own-file.ts";
import { isOwnFolder, makeOwnFolder, makePrivateFolder, syncFolder } from "../../files/own-folder.ts";
import { type FileIdentity, isSameFile, markOf } from "../../sqlite/file-mark.ts";

const READ_CHUNK_BYTES = 64 * 1024;
/** Of a name that is none. */
const MOST_SHOWN = 100;

/** One file of the body folder. */
export interface SpoolFile {
  readonly name: SpoolName;
  readonly sizeBytes: number;
  readonly changedAtMs: number;
}

/**
 * Folder of the bodies that are too large for the database, beside it (`hooks.db-bodies`, mode 0700). A file belongs to
 * exactly one row; its name starts with the process that wrote it. What has another name, is a link or is no file is none
 * of hookcli's, and is neither read nor removed.
 */
export class Spool {
  readonly folder: string;
  readonly #writer: SpoolWriter;
  readonly #onTaken: (() => void) | undefined;
  #count = 0;
  #known: FileIdentity | undefined;

  /**
   * @param writer makes names unique among processes
   * @param onTaken told when `look` finds that the folder is not the one that was there
   */
  constructor(folder: string, writer: SpoolWriter, onTaken?: () => void) {
    this.folder = folder;
    this.#writer = writer;
    this.#onTaken = onTaken;
    this.#known = markOf(folder);
  }

  /** Looks whether the folder is still there, and still the same. */
  look(): void {
    if (!this.#known) return;
    const now = markOf(this.folder);
    if (isSameFile(now, this.#known)) return;
    this.#known = now;
    this.#onTaken?.();
  }

  /** Opens a fresh file. Rejects with FILE_REFUSED where the folder is not ours, or the system's error (ENOSPC, EACCES). */
  async openSink(): Promise<BodySink> {
    this.look();
    makePrivateFolder(dirname(this.folder));
    if (makeOwnFolder(this.folder)) syncFolder(dirname(this.folder));
    this.#known ??= markOf(this.folder);
    this.#count += 1;
    const name = spoolName(this.#writer, this.#count);
    const file = await createOwnFileLater(join(this.folder, name)).catch((error: unknown) => {
      throw (error as NodeJS.ErrnoException).code === "ENOENT" ? this.taken(name, error) : error;
    });
    return new SpoolSink(file, this, name);
  }

  /** A body that was written earlier, by whichever process. @param stored the file's name as a row has it: it may be anything */
  body(stored: string, sizeBytes: number): FileBody {
    const name = parseSpoolName(stored);
    const read = (): AsyncIterable<Uint8Array> => (name === undefined ? refuseName(stored) : this.#read(name));
    return { kind: "file", name, sizeBytes, read };
  }

  /**
   * For what is about to be acknowledged: its file is where readers look for it.
   * @throws STORE_MOVED
   */
  vouchFor(body: Body): void {
    if (body.kind !== "file" || body.name === undefined) return;
    if (markOf(join(this.folder, body.name))?.sizeBytes !== body.sizeBytes) throw this.taken(body.name);
  }

  /** What became of a body whose file is not where readers look for it. */
  taken(name: SpoolName, cause?: unknown): HookcliError {
    const what = "a large body was removed, replaced or cut short while it was stored";
    const remedy = `Its sender was told to send it again. Leave ${this.folder} alone while hookcli runs`;
    return new HookcliError("STORE_MOVED", { path: join(this.folder, name), what, remedy }, { cause });
  }

  async remove(name: SpoolName): Promise<void> {
    if (isOwnFolder(this.folder)) await unlink(join(this.folder, name)).catch(() => undefined);
  }

  /** All body files that are there. Never throws: what cannot be looked at is not listed. */
  async files(): Promise<readonly SpoolFile[]> {
    const files: SpoolFile[] = [];
    if (!isOwnFolder(this.folder)) return files;
    for (const entry of await readdir(this.folder).catch(() => [])) {
      const name = parseSpoolName(entry);
      const found = name && (await lstat(join(this.folder, name)).catch(() => undefined));
      if (name && found?.isFile()) files.push({ name, sizeBytes: found.size, changedAtMs: found.mtimeMs });
    }
    return files;
  }

  /** Removes what killed sessions left: files that nobody wrote to since `beforeMs` and that no row names. Never throws. */
  async sweep(beforeMs: number, isInUse: (name: SpoolName) => boolean): Promise<void> {
    for (const { name, changedAtMs } of await this.files()) {
      try {
        if (changedAtMs < beforeMs && !isInUse(name)) await this.remove(name);
      } catch {
        // The store cannot be asked: the next start looks again.
      }
    }
  }

  async *#read(name: SpoolName): AsyncGenerator<Uint8Array, void, undefined> {
    const path = join(this.folder, name);
    try {
      const file = await openRegularFile(path);
      for await (const chunk of file.createReadStream({ highWaterMark: READ_CHUNK_BYTES })) yield chunk as Buffer;
    } catch (error) {
      throw unreadable(error, path);
    }
  }
}

/** What a row says of where a body is; null: it is in the database. */
export function fileOf(body: Body): SpoolName | null {
  if (body.kind === "bytes") return null;
  if (body.name === undefined) throw new Error("a body that is in no store was to be stored by its name");
  return body.name;
}

function unreadable(error: unknown, path: string): HookcliError {
  if (error instanceof HookcliError) {
    const reason = `of its file ${path}, ${String(error.details["reason"])}`;
    return new HookcliError("BODY_FILE_REFUSED", { reason }, { cause: error });
  }
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return new HookcliError("BODY_FILE_MISSING", { path, reason }, { cause: error });
}

// oxlint-disable-next-line require-yield -- there is nothing to read
async function* refuseName(stored: string): AsyncGenerator<Uint8Array, void, undefined> {
  const shown = JSON.stringify(stored.slice(0, MOST_SHOWN));
  const reason = `the store says that it is in a file ${shown}, and no file of hookcli's own is called so`;
  throw new HookcliError("BODY_FILE_REFUSED", { reason });
}

class SpoolSink implements BodySink {
  readonly #file: FileHandle;
  readonly #spool: Spool;
  readonly #name: SpoolName;
  #sizeBytes = 0;

  constructor(file: FileHandle, spool: Spool, name: SpoolName) {
    this.#file = file;
    this.#spool = spool;
    this.#name = name;
  }

  async write(chunk: Uint8Array): Promise<void> {
    let written = 0;
    while (written < chunk.length) written += (await this.#file.write(chunk, written)).bytesWritten;
    this.#sizeBytes += chunk.length;
  }

  async finish(): Promise<FileBody> {
    await this.#file.sync();
    await this.#file.close();
    try {
      syncFolder(this.#spool.folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw this.#spool.taken(this.#name, error);
      throw error;
    }
    return this.#spool.body(this.#name, this.#sizeBytes);
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await this.#spool.remove(this.#name);
  }
}
