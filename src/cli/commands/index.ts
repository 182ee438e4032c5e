import type { Command } from "./command.ts";
import { completion } from "./completion.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { diff } from "./diff.ts";
import { info } from "./info.ts";
import { init } from "./init.ts";
import { list } from "./list.ts";
import { listen } from "./listen.ts";
import { prune } from "./prune.ts";
import { replay } from "./replay.ts";
import { rm } from "./rm.ts";
import { search } from "./search.ts";
import { show } from "./show.ts";
import { wait } from "./wait.ts";

/** Every command, in the order of help and docs. */
export const commands: readonly Command[] = [
  listen,
  list,
  search,
  show,
  diff,
  wait,
  replay,
  rm,
  prune,
  exportCommand,
  importCommand,
  info,
  init,
  completion,
];
