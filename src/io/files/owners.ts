import { readFileSync, type Stats, statfsSync } from "node:fs";
import { userInfo } from "node:os";

const ROOT = 0;
/** A file system that cannot tell shows this user (/proc/sys/kernel/overflowuid). */
const NOBODY = 65_534;
const GROUP_MAY_WRITE = 0o020;
const ALL_MAY_WRITE = 0o002;
/** Of Windows drives inside WSL (9p and the older driver): every mode there is made up, and is 0777. */
const MADE_UP_MODES: readonly number[] = [0x0102_1997, 0x5346_4846];

/** Whom this process trusts with its files. */
export interface Owners {
  /** Of the process. */
  readonly uid: number;
  readonly gid: number;
  /** With whom root works through sudo; undefined: nobody. */
  readonly sudoUid: number | undefined;
}

/** Undefined where the system has no user ids (Windows): nothing can be told there. */
export function owners(): Owners | undefined {
  const [uid, gid] = [process.geteuid?.(), process.getegid?.()];
  if (uid === undefined || gid === undefined) return undefined;
  const sudo = uid === ROOT ? Number.parseInt(process.env["SUDO_UID"] ?? "", 10) : Number.NaN;
  return { uid, gid, sudoUid: Number.isSafeInteger(sudo) ? sudo : undefined };
}

/** Whether a file of this user is as good as our own: it is, or is root's, or of the person behind sudo. */
export function isTrustedUser(uid: number, us: Owners): boolean {
  if (uid === us.uid || uid === ROOT || uid === us.sudoUid) return true;
  // In a namespace of users without root, what is root's is shown as nobody's.
  return uid === NOBODY && !isRootMapped();
}

/** Who else may write, as the beginning of a sentence; undefined: nobody that is not trusted. */
export function otherWriters({ mode, gid }: Stats, path: string, us: Owners): string | undefined {
  const isOpen = (mode & ALL_MAY_WRITE) !== 0;
  if (!isOpen && ((mode & GROUP_MAY_WRITE) === 0 || isPrivateGroup(gid, us))) return undefined;
  if (isOpen && (mode & 0o777) === 0o777 && hasMadeUpModes(path)) return undefined;
  return isOpen ? "everyone" : `a group (gid ${gid})`;
}

/** Whether nobody but this user is in a group. Systems that give each user a group of the same name let it write by default. */
export function isPrivateGroup(gid: number, us: Owners): boolean {
  if (gid === ROOT) return true;
  if (gid !== us.gid) return false;
  const line = groupLines().find((each) => each[2] === String(gid));
  if (!line) return gid === us.uid;
  const { username } = userInfo();
  const members = (line[3] ?? "").split(",").filter((name) => name !== "" && name !== username);
  return line[0] === username && members.length === 0;
}

function groupLines(): readonly (readonly string[])[] {
  return readText("/etc/group")
    .split("\n")
    .map((line) => line.split(":"));
}

function isRootMapped(): boolean {
  const lines = readText("/proc/self/uid_map").trim();
  return lines === "" || lines.split("\n").some((line) => /^\s*0\s+0\s/.test(line));
}

function hasMadeUpModes(path: string): boolean {
  try {
    return MADE_UP_MODES.includes(statfsSync(path).type);
  } catch {
    return false;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
