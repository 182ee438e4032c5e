import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { HookcliError } from "../../core/model/errors.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Opens `$VISUAL`, else `$EDITOR`, else `vi` on a temporary file that holds these bytes, and resolves when it is closed.
 * The file is only this person's to read, and removed afterwards.
 * @param name of the file: editors go by its end
 * @returns what the file holds then
 * @throws COMMAND_NOT_STARTED where the editor cannot be run, or says that it failed
 */
export async function openInEditor(at: Surroundings, name: string, bytes: Uint8Array): Promise<Uint8Array> {
  const editor = at.env["VISUAL"] || at.env["EDITOR"] || "vi";
  const folder = mkdtempSync(join(tmpdir(), "hookcli-edit-"));
  try {
    const path = join(folder, name);
    writeFileSync(path, bytes, { mode: 0o600, flag: "wx" });
    await runEditor(at, editor, path);
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Through a shell, because these variables hold command lines: `code --wait`. */
async function runEditor(at: Surroundings, editor: string, path: string): Promise<void> {
  const child =
    platform() === "win32"
      ? spawn(`${editor} "${path}"`, { shell: true, stdio: "inherit" })
      : spawn("/bin/sh", ["-c", `${editor} "$1"`, "editor", path], { stdio: "inherit" });
  // Ctrl-C in a terminal reaches both; what it means is the editor's affair. Other signals are passed on.
  const stopHearing = at.onSignal((signal) => {
    if (signal !== "SIGINT") child.kill(signal);
  });
  try {
    const ended = await new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("close", (code, signal) => resolve(code === 0 ? "" : (signal ?? `it ended with exit code ${code}`)));
    });
    if (ended === "") return;
    const advice = "Nothing was sent. Name an editor: EDITOR=nano hookcli replay 42 --edit";
    throw new HookcliError("COMMAND_NOT_STARTED", { command: editor, reason: ended, advice });
  } finally {
    stopHearing();
  }
}
