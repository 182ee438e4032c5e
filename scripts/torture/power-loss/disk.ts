import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Step } from "./recording.ts";

/** How much of what was not synced survives: nothing, each sector and name by the toss of a coin, or everything. */
export type Policy = "none" | "half" | "all";

export const POLICIES: readonly Policy[] = ["none", "half", "all"];

/** A disk writes sectors, not pages: a write that was not synced may survive in part. */
const SECTOR_BYTES = 512;

type Change =
  | { readonly kind: "write"; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: "cut"; readonly to: number };

interface Inode {
  synced: Buffer;
  unsynced: Change[];
}

/** A name that points to a file or a folder, or to nothing any more. */
interface NameChange {
  readonly path: string;
  readonly to: Inode | "folder" | undefined;
}

/**
 * A disk that forgets, as strictly as POSIX allows: contents are safe when their file was synced, names when their folder
 * was. Follows a recording step by step and can be written out as a power cut would leave it.
 */
export class Disk {
  readonly #folder: string;
  readonly #now = new Map<string, Inode | "folder">();
  readonly #safe = new Map<string, Inode | "folder">();
  #unsafeNames: NameChange[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  follow({ kind, path, offset, content }: Step): void {
    if (kind === "A") return;
    if (kind === "S") return this.#sync(path);
    if (kind === "C") return this.#rename({ path, to: { synced: Buffer.alloc(0), unsynced: [] } });
    if (kind === "M") return this.#rename({ path, to: "folder" });
    if (kind === "U") return this.#rename({ path, to: undefined });
    const inode = this.#now.get(path);
    if (inode === undefined || inode === "folder") return;
    inode.unsynced.push(kind === "T" ? { kind: "cut", to: offset } : { kind: "write", at: offset, bytes: content });
  }

  /** Writes what a power cut now would leave below `into`. The index of the log (-shm) is memory, not disk. */
  writeOut(into: string, policy: Policy, toss: () => boolean): void {
    const names = new Map(this.#safe);
    for (const { path, to } of this.#unsafeNames) {
      if (!survives(policy, toss)) continue;
      if (to === undefined) names.delete(path);
      else names.set(path, to);
    }
    for (const [path, inode] of names) {
      if (inode === "folder" || path.endsWith("-shm") || !isReachable(path, names, this.#folder)) continue;
      const place = join(into, relative(this.#folder, path));
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, contentOf(inode, policy, toss));
    }
  }

  #sync(path: string): void {
    const inode = this.#now.get(path);
    if (inode === undefined || inode === "folder") {
      for (const { path: name, to } of this.#unsafeNames) {
        if (dirname(name) !== path) continue;
        if (to === undefined) this.#safe.delete(name);
        else this.#safe.set(name, to);
      }
      this.#unsafeNames = this.#unsafeNames.filter(({ path: name }) => dirname(name) !== path);
    } else {
      inode.synced = contentOf(inode, "all", () => true);
      inode.unsynced = [];
    }
  }

  #rename(change: NameChange): void {
    if (change.to === undefined) this.#now.delete(change.path);
    else this.#now.set(change.path, change.to);
    this.#unsafeNames.push(change);
  }
}

function survives(policy: Policy, toss: () => boolean): boolean {
  return policy === "all" || (policy === "half" && toss());
}

/** A file is lost with any of the folders above it. */
function isReachable(path: string, names: ReadonlyMap<string, unknown>, folder: string): boolean {
  for (let above = dirname(path); above !== folder; above = dirname(above)) if (!names.has(above)) return false;
  return true;
}

function contentOf({ synced, unsynced }: Inode, policy: Policy, toss: () => boolean): Buffer {
  let size = synced.length;
  for (const change of unsynced) size = Math.max(size, change.kind === "write" ? change.at + change.bytes.length : 0);
  const bytes = Buffer.alloc(size);
  synced.copy(bytes);
  let length = synced.length;
  for (const change of unsynced) {
    if (change.kind === "cut") {
      if (!survives(policy, toss)) continue;
      bytes.fill(0, change.to);
      length = change.to;
      continue;
    }
    const { at, bytes: written } = change;
    for (let from = 0; from < written.length;) {
      const to = Math.min(written.length, (Math.floor((at + from) / SECTOR_BYTES) + 1) * SECTOR_BYTES - at);
      if (survives(policy, toss)) {
        written.copy(bytes, at + from, from, to);
        length = Math.max(length, at + to);
      }
      from = to;
    }
  }
  return bytes.subarray(0, length);
}
