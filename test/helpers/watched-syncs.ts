import fs, { type NoParamCallback } from "node:fs";
import { open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./surroundings.ts";

/** The system's own syncs, seen and held back. What SQLite syncs by itself is not among them. */
export interface WatchedSyncs {
  /** Paths of the files and folders whose sync has begun, in order. */
  readonly begun: readonly string[];
  /** From now on no sync ends that does not block the thread. */
  hold(): void;
  /** Lets those that are held back happen, and all that come. */
  release(): void;
}

/** Watches this process's syncs until the test ends. Linux. */
export async function watchSyncs(): Promise<WatchedSyncs> {
  const begun: string[] = [];
  let held: (() => void)[] | undefined;
  const see = (file: number): void => void begun.push(fs.readlinkSync(`/proc/self/fd/${file}`));
  const released = async (): Promise<void> => {
    const waiting = held;
    if (waiting) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const { fdatasync, fsyncSync } = fs;
  const some = await open(`${temporaryFolder()}/any`, "w");
  const handle = Object.getPrototypeOf(some) as { sync: (this: { fd: number }) => Promise<void> };
  await some.close();
  const { sync } = handle;

  Reflect.set(fs, "fdatasync", (file: number, done: NoParamCallback) => {
    see(file);
    void released().then(() => fdatasync(file, done));
  });
  Reflect.set(fs, "fsyncSync", (file: number) => {
    see(file);
    fsyncSync(file);
  });
  handle.sync = async function watched() {
    see(this.fd);
    await released();
    return sync.call(this);
  };
  syncBuiltinESMExports();
  const release = (): void => {
    for (const goOn of held?.splice(0) ?? []) goOn();
    held = undefined;
  };
  onTestFinished(() => {
    release();
    Object.assign(fs, { fdatasync, fsyncSync });
    handle.sync = sync;
    syncBuiltinESMExports();
  });
  return { begun, hold: () => (held ??= []), release };
}
