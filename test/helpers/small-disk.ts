import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const MIB = 1024 * 1024;

/** A file system of a few MiB in memory, mounted for the length of a test. Mounting takes root, or sudo that does not ask. */
export class SmallDisk {
  readonly folder: string;
  readonly #filler: string;

  constructor(sizeMib: number) {
    const folder = mkdtempSync(join(tmpdir(), "hookcli-disk-"));
    asRoot("mount", "-t", "tmpfs", "-o", `size=${sizeMib}m,mode=0700,uid=${process.getuid?.() ?? 0}`, "tmpfs", folder);
    this.folder = folder;
    this.#filler = join(folder, "filler");
    onTestFinished(() => {
      asRoot("umount", folder);
      rmSync(folder, { recursive: true });
    });
  }

  /** Why there can be none on this machine; undefined where there can. */
  static obstacle(): string | undefined {
    if (process.platform !== "linux") return "needs Linux: a small file system is mounted";
    if (process.getuid?.() === 0 || spawnSync("sudo", ["-n", "true"]).status === 0) return undefined;
    return "needs root, or sudo without a password: a small file system is mounted";
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  /** Takes all room but this much (0: up to the last byte); what was taken before is given back first. */
  fillUpTo(leftBytes: number): void {
    this.makeRoom();
    try {
      writeFileSync(this.#filler, Buffer.alloc(Math.max(0, this.freeBytes - leftBytes)));
    } catch (error) {
      // A listener that looks for room took some of it meanwhile; what was written stays, so it is taken.
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }

  /** Takes this much. */
  fill(mib: number): void {
    writeFileSync(this.#filler, Buffer.alloc(mib * MIB));
  }

  /** Gives back what `fill` and `fillUpTo` took. */
  makeRoom(): void {
    rmSync(this.#filler, { force: true });
  }
}

function asRoot(...command: readonly [string, ...string[]]): void {
  const [program, ...args] = process.getuid?.() === 0 ? command : (["sudo", "-n", ...command] as const);
  execFileSync(program, args);
}
