import { unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HookcliError } from "../../../core/model/errors.ts";
import { checkOwnFile } from "../../../io/files/own-file.ts";
import type { Action } from "../../settings/command.ts";
import { STARTER_FILE, STARTER_TEXT } from "./starter.ts";
import { EXIT } from "../../terminal/exit.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import { styled } from "../../terminal/printer.ts";
import type { Given } from "./flags.ts";

const NEXT = "hookcli listen";

/** Writes the starter file into the current folder. */
export const init: Action<Given> = async (at, _args, flags) => {
  if (flags.isOn("print")) {
    at.out.text(STARTER_TEXT);
    return EXIT.ok;
  }
  const path = join(at.directory, STARTER_FILE);
  writeNew(path, flags.isOn("force"));
  if (flags.isOn("json")) {
    at.out.json({ v: 1, kind: "written", path, next: NEXT } satisfies JsonShape<"written">);
  } else {
    at.out.line("wrote ", styled(path, "bold"));
    at.out.line("  Put your app's address into it, then: ", NEXT);
  }
  return EXIT.ok;
};

/** Never follows what is there, also not where it appears in this very moment: what is written over makes room first. */
function writeNew(path: string, isForced: boolean): void {
  try {
    if (isForced && checkOwnFile(path)) unlinkSync(path);
    writeFileSync(path, STARTER_TEXT, { flag: "wx" });
  } catch (error) {
    if (error instanceof HookcliError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    if (reason === "EEXIST") throw new HookcliError("FILE_EXISTS", { path, again: "hookcli init --force" });
    throw new HookcliError("FILE_UNWRITABLE", { path, reason }, { cause: error });
  }
}
