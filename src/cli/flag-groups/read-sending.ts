import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { type JsonEdit, parseJsonEdit, parseTextEdit } from "../../core/json/edit-json.ts";
import { MOST_SEED } from "../../core/model/seeded.ts";
import { distinctTargets, parseTarget, type Target } from "../../core/model/target.ts";
import type { Flags } from "../settings/flags.ts";
import { readFileBytes } from "../terminal/read-file.ts";
import type { Surroundings } from "../terminal/surroundings.ts";

/** What `--to` names, each once; undefined: nothing. @throws BAD_VALUE */
export function readTargets(flags: Flags<never, "to", never>): readonly Target[] | undefined {
  const targets = distinctTargets(flags.list("to").map((text) => parseTarget(text, flags.nameOf("to"))));
  return targets.length > 0 ? targets : undefined;
}

/** What `--set` and then `--set-json` change. @throws BAD_VALUE */
export function readValueEdits(flags: Flags<never, "set" | "set-json", never>): readonly JsonEdit[] {
  return [
    ...flags.list("set").map((text) => parseTextEdit(text, flags.nameOf("set"))),
    ...flags.list("set-json").map((text) => parseJsonEdit(text, flags.nameOf("set-json"))),
  ];
}

/** The dice of `--shuffle`, given or thrown now; undefined: in order. @throws BAD_VALUE */
export function readShuffleSeed(flags: Flags<"seed", never, "shuffle">): number | undefined {
  if (!flags.isOn("shuffle")) return undefined;
  return flags.wholeNumber("seed", 0, MOST_SEED) ?? randomInt(MOST_SEED + 1);
}

/** Whether a signature was asked for, with a secret or without one. */
export function hasSecretFlag(flags: Flags<"secret", never, never>): boolean {
  return flags.isOn("secret") || flags.text("secret") !== undefined;
}

/** A body as a person gives it: the text itself, `@file`, or `-` for standard input. @throws FILE_UNREADABLE */
export async function readGivenBody(at: Surroundings, given: string | undefined): Promise<Uint8Array | undefined> {
  if (given === undefined) return undefined;
  if (given === "-") return at.input.readAll();
  return given.startsWith("@") ? readFileBytes(resolve(at.directory, given.slice(1))) : Buffer.from(given);
}
