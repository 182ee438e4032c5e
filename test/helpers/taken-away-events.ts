import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";

/** What somebody does to the files of a store that a listener has open. */
export interface TakenAwayEvent {
  /** Says what happens. */
  readonly name: string;
  /** @param backup of another time: a sound store that may be used up */
  readonly act: (dbPath: string, backup: string) => void;
  /** What puts it right, where it does not come right by itself. */
  readonly mend?: (dbPath: string, backup: string) => void;
  /** A file of somebody's own is at the path now: not a byte of it may change before `mend`. */
  readonly leavesForeign?: boolean;
  /** It may come at a moment when nothing is sound any more, and then this puts it right. */
  readonly mendWhenStuck?: (dbPath: string, backup: string) => void;
  /** False: whether somebody has to be told depends on what was there. */
  readonly isNoticed?: false;
  /** Nobody has to stop for it. */
  readonly isHarmless?: boolean;
}

/** In another folder of the same disk. */
function elsewhere(dbPath: string): string {
  const folder = join(dirname(dirname(dbPath)), "elsewhere");
  mkdirSync(folder, { recursive: true });
  return join(folder, "moved.db");
}

function copyOver(from: string, to: string): void {
  const bytes = readFileSync(from);
  const file = openSync(to, "r+");
  truncateSync(to, 0);
  writeSync(file, bytes, 0, bytes.length, 0);
  closeSync(file);
}

function moveAll(dbPath: string): void {
  for (const suffix of ["", "-wal", "-shm"])
    if (existsSync(`${dbPath}${suffix}`)) renameSync(`${dbPath}${suffix}`, `${elsewhere(dbPath)}${suffix}`);
}

function otherProgramsDatabase(dbPath: string): string {
  const path = `${elsewhere(dbPath)}.orders`;
  new Sqlite(path).exec("CREATE TABLE orders (id INTEGER)").close();
  return path;
}

/** A listener may make a file in it at this very moment. */
const WHOLE = { recursive: true, force: true, maxRetries: 10 } as const;

const wal = (dbPath: string): string => `${dbPath}-wal`;
const shm = (dbPath: string): string => `${dbPath}-shm`;
const bodies = (dbPath: string): string => `${dbPath}-bodies`;
const putBackup = (dbPath: string, backup: string): void => renameSync(backup, dbPath);

/** Every kind of it, the rare ones too. */
export const takenAwayEvents: readonly TakenAwayEvent[] = [
  { name: "file removed", act: (path) => rmSync(path) },
  {
    name: "file, log and index removed",
    act: (path) => ["", "-wal", "-shm"].forEach((suffix) => rmSync(`${path}${suffix}`)),
  },
  { name: "folder removed", act: (path) => rmSync(dirname(path), WHOLE) },
  { name: "folder moved", act: (path) => renameSync(dirname(path), `${dirname(path)}-moved`) },
  { name: "file moved", act: (path) => renameSync(path, elsewhere(path)) },
  { name: "all three moved", act: moveAll },
  {
    name: "file moved and put back",
    act: (path) => renameSync(path, elsewhere(path)),
    mend: (path) => renameSync(elsewhere(path), path),
  },
  {
    name: "all three moved and put back",
    act: moveAll,
    mend: (path) => {
      for (const suffix of ["-shm", "-wal", ""])
        if (existsSync(`${elsewhere(path)}${suffix}`)) renameSync(`${elsewhere(path)}${suffix}`, `${path}${suffix}`);
    },
  },
  { name: "backup moved over it", act: putBackup },
  { name: "backup copied over it", act: (path, backup) => copyOver(backup, path) },
  {
    name: "another program's file moved over it",
    act: (path) => renameSync(otherProgramsDatabase(path), path),
    mend: putBackup,
    leavesForeign: true,
  },
  {
    name: "text moved over it",
    act: (path) => {
      writeFileSync(elsewhere(path), "this is no database");
      renameSync(elsewhere(path), path);
    },
    mend: putBackup,
    leavesForeign: true,
  },
  {
    name: "garbage written over it",
    act: (path) => {
      const garbage = `${elsewhere(path)}.garbage`;
      writeFileSync(garbage, randomBytes(Math.max(8192, statSync(path).size)));
      copyOver(garbage, path);
    },
    mend: putBackup,
    leavesForeign: true,
  },
  { name: "cut to nothing", act: (path) => truncateSync(path, 0) },
  {
    name: "cut to one page",
    act: (path) => truncateSync(path, Math.min(4096, statSync(path).size - 1)),
    mend: putBackup,
  },
  { name: "log removed", act: (path) => rmSync(wal(path)) },
  { name: "log moved", act: (path) => renameSync(wal(path), `${elsewhere(path)}-wal`) },
  { name: "log replaced by an older copy", act: (path) => replaceByCopy(wal(path), 0.5) },
  { name: "log cut to nothing", act: (path) => truncateSync(wal(path), 0), isNoticed: false },
  {
    name: "log cut in half",
    act: (path) => truncateSync(wal(path), Math.floor(statSync(wal(path)).size / 2)),
    // Half folded: the pages that were folded last belong to those that were cut off.
    mendWhenStuck: putBackup,
    isNoticed: false,
  },
  {
    name: "garbage written over the log",
    act: (path) => writeFileSync(wal(path), randomBytes(50_000)),
    mendWhenStuck: putBackup,
  },
  { name: "index removed", act: (path) => rmSync(shm(path)) },
  { name: "index replaced by a copy", act: (path) => replaceByCopy(shm(path), 1) },
  { name: "index cut to nothing", act: (path) => truncateSync(shm(path), 0) },
  { name: "log and index removed", act: (path) => [wal, shm].forEach((of) => rmSync(of(path))) },
  { name: "bodies removed", act: (path) => rmSync(bodies(path), WHOLE), isNoticed: false },
  {
    name: "bodies moved",
    act: (path) => existsSync(bodies(path)) && renameSync(bodies(path), `${elsewhere(path)}-bodies`),
    isNoticed: false,
  },
  {
    name: "bodies replaced by an empty folder",
    act: (path) => {
      if (existsSync(bodies(path))) renameSync(bodies(path), `${elsewhere(path)}-bodies`);
      mkdirSync(bodies(path));
    },
    isNoticed: false,
  },
  { name: "ballast removed", act: (path) => rmSync(`${path}-ballast`, { force: true }), isHarmless: true },
  {
    name: "touched, and a file put beside it",
    act: (path) => {
      writeFileSync(`${path}.note`, "");
      utimesSync(path, 1, 1);
      chmodSync(path, 0o600);
    },
    isHarmless: true,
  },
  { name: "nothing", act: () => undefined, isHarmless: true },
];

function replaceByCopy(path: string, part: number): void {
  const bytes = readFileSync(path);
  writeFileSync(`${path}.copy`, bytes.subarray(0, Math.floor(bytes.length * part)));
  rmSync(path);
  renameSync(`${path}.copy`, path);
}
