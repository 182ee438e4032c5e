import { createReadStream } from "node:fs";
import { open, readdir, rm, stat, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { BodySink, FileBody } from "../../core/model/body.ts";
import { HookcliError } from "../../core/model/errors.ts";
import { makePrivateFolder, syncFolder } from "../sqlite/private-folder.ts";

const READ_CHUNK_BYTES = 64 * 1024;

/** One file of the body folder. */
export interface SpoolFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly changedAtMs: number;
}

/**
 * Folder of the bodies that are too large for the database, beside it (`hooks.db-bodies`, mode 0700). A file belongs to
 * exactly one row; its name starts with the session that wrote it.
 */
export class Spool {
  readonly folder: string;
  readonly #prefix: string;
  #count = 0;

  /** @param session makes names unique among processes */
  constructor(folder: string, session: string) {
    this.folder = folder;
    this.#prefix = session;
  }

  /** Opens a fresh file. Rejects with the system's error (ENOSPC, EACCES). */
  async openSink(): Promise<BodySink> {
    makePrivateFolder(this.folder);
    this.#count += 1;
    const name = `${this.#prefix}-${this.#count}.body`;
    return new SpoolSink(await open(join(this.folder, name), "wx", 0o600), this, name);
  }

  /** A body that was written earlier, by whichever session. */
  body(name: string, sizeBytes: number): FileBody {
    const path = join(this.folder, name);
    return { kind: "file", name, sizeBytes, read: () => readFile(path) };
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true }).catch(() => undefined);
  }

  /** All files that are there. Never throws: what cannot be looked at is not listed. */
  async files(): Promise<readonly SpoolFile[]> {
    const files: SpoolFile[] = [];
    for (const name of await readdir(this.folder).catch(() => [])) {
      const found = await stat(join(this.folder, name)).catch(() => undefined);
      if (found) files.push({ name, sizeBytes: found.size, changedAtMs: found.mtimeMs });
    }
    return files;
  }

  /** Removes what killed sessions left: files that nobody wrote to since `beforeMs` and that no row names. Never throws. */
  async sweep(beforeMs: number, isInUse: (name: string) => boolean): Promise<void> {
    for (const { name, changedAtMs } of await this.files()) {
      try {
        if (changedAtMs < beforeMs && !isInUse(name)) await this.remove(name);
      } catch {
        // The store cannot be asked: the next start looks again.
      }
    }
  }
}

async function* readFile(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: READ_CHUNK_BYTES })) yield chunk as Buffer;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new HookcliError("BODY_FILE_MISSING", { path, reason }, { cause: error });
  }
}

class SpoolSink implements BodySink {
  readonly #file: FileHandle;
  readonly #spool: Spool;
  readonly #name: string;
  #sizeBytes = 0;

  constructor(file: FileHandle, spool: Spool, name: string) {
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
    syncFolder(this.#spool.folder);
    return this.#spool.body(this.#name, this.#sizeBytes);
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await this.#spool.remove(this.#name);
  }
}
