import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { unendedSessions } from "../../../app/session/processes.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { recoverStore } from "../../../io/store/upkeep/recover-store.ts";
import type { StoreSizes } from "../../../io/store/upkeep/upkeep.ts";
import type { Action } from "../../settings/command.ts";
import { describeSettings } from "../../settings/describe-settings.ts";
import { EXIT } from "../../terminal/exit.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import {
  infoToJson,
  isSound,
  printInfo,
  printRecovered,
  printSettings,
  recoveredToJson,
  type StoreInfo,
} from "./store-info.ts";
import { storePath } from "../../running/store-path.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { openStore } from "../../running/with-store.ts";
import type { Given } from "./flags.ts";

const NOTHING: StoreSizes = { databaseBytes: 0, logBytes: 0, bodyBytes: 0 };

/** Tells about the store; with a flag about its soundness, or about settings. */
export const info: Action<Given> = async (at, _args, flags) => {
  const path = storePath(at, flags);
  const recovered = flags.text("recover");
  if (flags.isOn("settings")) return showSettings(at, flags);
  if (recovered !== undefined) return recover(at, path, resolve(at.directory, recovered), flags.isOn("json"));
  const found = existsSync(path) ? await lookAt(at, flags, path) : nothingThere(path);
  if (flags.isOn("json")) at.out.json(infoToJson(found));
  else printInfo(at, found);
  return found.check && !isSound(found.check) ? EXIT.no : EXIT.ok;
};

function nothingThere(path: string): StoreInfo {
  return { path, exists: false, sizes: NOTHING, facts: undefined, living: [], check: undefined };
}

/** Writes nothing: a store that may be damaged is looked at as it is. */
async function lookAt(at: Surroundings, flags: Given, path: string): Promise<StoreInfo> {
  const wantsCheck = flags.isOn("check");
  try {
    const store = openStore(at, flags);
    try {
      const { upkeep, read } = store;
      const check = wantsCheck ? { damage: damageText(read.findDamage()), ...(await upkeep.findBodies()) } : undefined;
      const facts = check?.damage === undefined ? upkeep.facts() : undefined;
      const living = check?.damage === undefined ? unendedSessions(store, at.processes).living : [];
      return { path, exists: true, sizes: await upkeep.sizes(), facts, living, check };
    } finally {
      store.close();
    }
  } catch (error) {
    // Damage may show before anything is looked for; then that is the answer.
    if (!wantsCheck || !(error instanceof HookcliError) || error.code !== "STORE_CORRUPT") throw error;
    const check = { damage: String(error.details["reason"]), missing: [], stray: [] };
    return { ...nothingThere(path), exists: true, check };
  }
}

/** SQLite says in which database it looked, which has one name here. */
function damageText(found: string | undefined): string | undefined {
  return found?.replace(/^\*\*\* in database main \*\*\*\n/, "");
}

async function recover(at: Surroundings, from: string, to: string, isJson: boolean): ReturnType<Action<Given>> {
  const recovered = await recoverStore(from, to);
  if (isJson) at.out.json(recoveredToJson(from, to, recovered));
  else printRecovered(at, from, to, recovered);
  return EXIT.ok;
}

async function showSettings(at: Surroundings, flags: Given): ReturnType<Action<Given>> {
  const rows = describeSettings(flags.commands, flags, at.env, at.out.mask());
  if (!flags.isOn("json")) printSettings(at, rows);
  else
    for (const { key, value, origin } of rows) {
      const shape: JsonShape<"setting"> = { v: 1, kind: "setting", key, value: value ?? null, origin };
      at.out.json(shape);
    }
  return EXIT.ok;
}
