import { existsSync } from "node:fs";
import { FILTER_KEYS } from "../../core/filter/filter-keys.ts";
import { isCode } from "../config/distrust.ts";
import { findConfigFiles } from "../config/find-config.ts";
import type { ConfigFile } from "../config/read-config.ts";
import type { Command } from "../settings/command.ts";
import { Flags } from "../settings/flags.ts";
import { requestLine } from "../words/request-words.ts";
import { fromFiles } from "../settings/settings.ts";
import { storePath } from "../running/store-path.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import type { Candidate, LiveCandidates } from "./complete.ts";
import { attributeName, commonFlags, type RawFlag } from "../flags/flag.ts";

const MOST_REQUESTS = 30;
/** Nobody waits for a suggestion. */
const BUSY_TIMEOUT_MS = 50;
/** Keys whose values are few enough to be offered one by one. */
const LISTED_KEYS = ["status", "is", "sig"];
/** A sender chose the text, and what is completed gets run: nothing that means something to a shell is offered. */
const PLAIN = /^[\w.:/@-]+$/;

interface Named {
  readonly id: number;
  readonly says: string;
  readonly type: string | undefined;
}

/** A line on which somebody presses Tab. */
export interface TypedLine {
  /** All words behind `hookcli`, up to the cursor. */
  readonly words: readonly string[];
  /** The tree of commands that there are. */
  readonly commands: readonly Command[];
  readonly at: Surroundings;
}

/**
 * Ids, descriptions and event types of the newest requests in the store that the line names, and the filter's keys. A
 * store that is not there, or cannot be used, has nothing to offer; none is made.
 */
export function liveCandidates(line: TypedLine): LiveCandidates {
  const newest = (): Promise<readonly Named[]> => newestRequests(line).catch(() => []);
  return {
    async requests(typed) {
      const requests = await newest();
      if (requests.length === 0) return [];
      const ids = requests.map(({ id, says }) => ({ value: String(id), says }));
      const latest = { value: "latest", says: "the newest one" };
      const byType = typed.startsWith("latest:") ? typesOf(requests, "latest:") : [];
      return [...ids, latest, ...byType];
    },
    async filterTerms(typed) {
      if (typed.startsWith("type:")) return typesOf(await newest(), "type:");
      const listed = FILTER_KEYS.find(({ key }) => LISTED_KEYS.includes(key) && typed.startsWith(`${key}:`));
      if (listed) return listed.examples.map((value) => ({ value, says: "" }));
      return FILTER_KEYS.map(({ key, summary }) => ({ value: `${key}:`, says: summary }));
    },
    async providers() {
      const { knownSchemes } = await import("../../core/schemes/known-schemes.ts");
      const files = await filesOf(line).catch(() => []);
      const { schemes } = new Flags({}, () => ({ kind: "default" }), { files });
      return knownSchemes(schemes).map(({ name, title }) => ({ value: name, says: title }));
    },
  };
}

function typesOf(requests: readonly Named[], prefix: string): readonly Candidate[] {
  const types = new Set(requests.flatMap(({ type }) => (type !== undefined && PLAIN.test(type) ? [type] : [])));
  return [...types].map((type) => ({ value: `${prefix}${type}`, says: "" }));
}

/** As for any other command: what the line says, the environment, the configuration files, the default. */
async function storeOf(line: TypedLine): Promise<string> {
  const db = valueOf("--db", line.words) || line.at.env["HOOKCLI_DB"] || (await storeInFiles(line));
  return storePath(line.at, new Flags({ db }, () => ({ kind: "default" })));
}

async function storeInFiles(line: TypedLine): Promise<RawFlag | undefined> {
  const flag = commonFlags.find(({ flags }) => flags.startsWith("--db "));
  return flag && fromFiles(flag, attributeName(flag), await filesOf(line))?.value;
}

/**
 * Files of data alone: nobody who presses Tab means to run a program.
 * @throws where one of them is code: what it says is not known, so neither is the store
 */
async function filesOf({ words, commands, at }: TypedLine): Promise<readonly ConfigFile[]> {
  const asked = valueOf("--config", words) || at.env["HOOKCLI_CONFIG"] || undefined;
  const paths = findConfigFiles(at, words.includes("--no-config") ? false : asked);
  if (paths.length === 0) return [];
  if (paths.some(isCode)) throw new Error("a configuration file that is code is not run for a suggestion");
  const { loadConfig } = await import("../config/load-config.ts");
  return loadConfig(paths, commands, at.env);
}

function valueOf(flag: string, words: readonly string[]): string | undefined {
  const at = words.lastIndexOf(flag);
  return at < 0 ? words.findLast((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1) : words[at + 1];
}

async function newestRequests(line: TypedLine): Promise<readonly Named[]> {
  const { at } = line;
  const path = await storeOf(line);
  if (!existsSync(path)) return [];
  const { Store } = await import("../../io/store/store.ts");
  const store = new Store({
    path,
    clock: at.clock,
    pid: at.processes.pid,
    busyTimeoutMs: BUSY_TIMEOUT_MS,
    busyPatienceMs: BUSY_TIMEOUT_MS,
  });
  try {
    const page = store.read.listRequests({ limit: MOST_REQUESTS, includeMalformed: false });
    return page.map(({ request }) => {
      const { eventType: type } = request.event;
      return { id: request.id, says: [requestLine(request), ...(type === undefined ? [] : [type])].join(" "), type };
    });
  } finally {
    store.close();
  }
}
