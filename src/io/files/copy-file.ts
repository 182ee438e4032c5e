import { unlink } from "node:fs/promises";
import { createOwnFileLater, openRegularFile } from "./own-file.ts";

const CHUNK_BYTES = 1024 * 1024;

/**
 * Copies a regular file, and nothing that a link leads to, into one that was not there, for its owner alone; it is on the
 * disk then. What was copied in part is removed again.
 * @throws FILE_REFUSED, the system's error (ENOENT, EEXIST, ENOSPC)
 */
export async function copyRegularFile(from: string, to: string): Promise<void> {
  const source = await openRegularFile(from);
  try {
    const copy = await createOwnFileLater(to);
    try {
      for await (const chunk of source.createReadStream({ highWaterMark: CHUNK_BYTES, autoClose: false }))
        await copy.writeFile(chunk as Buffer);
      await copy.sync();
    } catch (error) {
      await unlink(to).catch(() => undefined);
      throw error;
    } finally {
      await copy.close();
    }
  } finally {
    await source.close();
  }
}
