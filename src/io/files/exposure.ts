import { lstatSync, readlinkSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import { isPrivateGroup, isTrustedUser, otherWriters, type Owners, owners } from "./owners.ts";

/** Who else has a hand in a folder. */
export type Exposure =
  | { readonly kind: "private" }
  /** Nobody takes our files away there, but others may put theirs beside them. */
  | { readonly kind: "shared"; readonly reason: string }
  /** Others may put something else in place of the folder, or of what is in it. */
  | { readonly kind: "open"; readonly reason: string; readonly advice: string };

interface Finding {
  readonly path: string;
  readonly what: "open" | "sticky" | "foreign" | "foreign link";
  readonly reason: string;
}

const STICKY = 0o1000;
const GROUP_MAY_ENTER = 0o010;
const ALL_MAY_ENTER = 0o001;
const MOST_LINKS = 40;
const PLACE = ", and could put something else in its place";

/**
 * Judges a folder by itself and by everything above it, as far as it is there: who may rename one of them may put another
 * in its place. What lies below a folder that others cannot enter is out of their reach.
 */
export function exposureOf(folder: string): Exposure {
  const us = owners();
  if (!us) return { kind: "private" };
  const { findings, end } = new Walk(us).down(folder);
  const open = findings.filter(({ what }) => what === "open");
  const [worst] = open;
  if (worst) {
    const paths = open.map(({ path }) => path).join(" ");
    return { kind: "open", reason: worst.reason, advice: `Take that away (chmod go-w ${paths})` };
  }
  const foreign =
    findings.find(({ what }) => what === "foreign link") ?? findings.find(({ what }) => what === "foreign");
  // Root in a container works in folders of the machine's user, who may do there what root leaves to them.
  if (foreign && (us.uid !== 0 || foreign.what === "foreign link"))
    return { kind: "open", reason: foreign.reason, advice: "Choose a folder of your own" };
  const shared = foreign ?? findings.find(({ what, path }) => what === "sticky" && path === end);
  return shared ? { kind: "shared", reason: shared.reason } : { kind: "private" };
}

/** The way to a folder, link by link. */
class Walk {
  readonly #us: Owners;
  readonly #findings: Finding[] = [];
  /** Others cannot enter it. */
  #closed: string | undefined;

  constructor(us: Owners) {
    this.#us = us;
  }

  /** @returns with `end`: the folder without links; undefined: it is not there */
  down(folder: string): { readonly findings: readonly Finding[]; readonly end: string | undefined } {
    const findings = this.#findings;
    const todo = partsOf(folder);
    let at = "/";
    let links = 0;
    this.#judge(at);
    for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
      const next = part === ".." ? dirname(at) : join(at, part);
      const found = look(next);
      if (!found || links > MOST_LINKS) return { findings, end: undefined };
      if (found.isSymbolicLink()) {
        links += 1;
        this.#judgeLink(next, found);
        const target = targetOf(next);
        if (target.startsWith("/")) at = "/";
        todo.unshift(...partsOf(target));
      } else {
        at = next;
        this.#judge(at, found);
      }
    }
    return { findings, end: at };
  }

  #judge(path: string, found = look(path)): void {
    if (!found?.isDirectory()) return;
    if (!this.#isOutOfReach(path)) this.#findings.push(...findingsOn(path, found, this.#us));
    if (!this.#isOutOfReach(path) && isTrustedUser(found.uid, this.#us) && !mayOthersEnter(found, this.#us))
      this.#closed = path;
  }

  #judgeLink(path: string, { uid }: Stats): void {
    if (isTrustedUser(uid, this.#us) || this.#isOutOfReach(path)) return;
    const reason = `${path} is a symbolic link of another user (uid ${uid})`;
    this.#findings.push({ path, what: "foreign link", reason });
  }

  #isOutOfReach(path: string): boolean {
    return this.#closed !== undefined && path.startsWith(`${this.#closed}/`);
  }
}

function findingsOn(path: string, found: Stats, us: Owners): readonly Finding[] {
  if (!isTrustedUser(found.uid, us))
    return [
      {
        path,
        what: "foreign",
        reason: `${path} belongs to another user (uid ${found.uid}), who could put something else in its place`,
      },
    ];
  const writers = otherWriters(found, path, us);
  if (writers === undefined) return [];
  const what = (found.mode & STICKY) === 0 ? "open" : "sticky";
  return [{ path, what, reason: `${writers} may write to ${path}${what === "open" ? PLACE : ""}` }];
}

function mayOthersEnter({ mode, gid }: Stats, us: Owners): boolean {
  if ((mode & ALL_MAY_ENTER) !== 0) return true;
  return (mode & GROUP_MAY_ENTER) !== 0 && !isPrivateGroup(gid, us);
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

/** What cannot be looked at cannot be opened either, and that is said better there. */
function look(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}
