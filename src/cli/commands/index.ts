import type { Command } from "./command.ts";
import { list } from "./list.ts";
import { listen } from "./listen.ts";
import { replay } from "./replay.ts";
import { show } from "./show.ts";

/** Every command, in the order of help and docs. */
export const commands: readonly Command[] = [listen, list, show, replay];
