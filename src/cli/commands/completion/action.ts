import { badValue } from "../../../core/model/errors.ts";
import type { Action } from "../../settings/command.ts";
import { completionScripts } from "./scripts.ts";
import { EXIT } from "../../terminal/exit.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import { SHELLS } from "./shell-names.ts";
import type { FlagsOf } from "../../settings/flags.ts";

/** Prints the script for one shell. */
export const completion: Action<FlagsOf> = async (at, [asked = ""], flags) => {
  const shell = SHELLS.find((known) => known === asked);
  if (shell === undefined) {
    throw badValue("a shell", asked, `it is not one of ${SHELLS.join(", ")}`, "hookcli completion bash");
  }
  const script = completionScripts[shell];
  const shape: JsonShape<"completion"> = { v: 1, kind: "completion", shell, script };
  if (flags.isOn("json")) at.out.json(shape);
  else at.out.text(script);
  return EXIT.ok;
};
