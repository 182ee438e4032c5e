import { dirname } from "node:path";
import { exposureOf } from "../../io/files/exposure.ts";
import { styled } from "../terminal/printer.ts";
import type { Surroundings } from "../terminal/surroundings.ts";

/** Says it where others may put files beside the store, as in /tmp. What they put in place of its own files is refused. */
export function warnOfSharedFolder(at: Surroundings, storePath: string): void {
  const exposure = exposureOf(dirname(storePath));
  if (exposure.kind !== "shared") return;
  const advice = "A store in a folder of your own is out of their reach: --db <file>";
  at.err.line(styled("warning: ", "wait"), `${exposure.reason}. ${advice}`);
}
