import type { Command } from "./command.ts";
import { completion } from "./completion.ts";
import { exportCommand } from "./export.ts";
import { faults } from "./faults.ts";
import { importCommand } from "./import.ts";
import { diff } from "./diff.ts";
import { info } from "./info.ts";
import { init } from "./init.ts";
import { list } from "./list.ts";
import { listen } from "./listen.ts";
import { providers } from "./providers.ts";
import { prune } from "./prune.ts";
import { replay } from "./replay.ts";
import { retries } from "./retries.ts";
import { rm } from "./rm.ts";
import { schedules } from "./schedules.ts";
import { search } from "./search.ts";
import { send } from "./send.ts";
import { show } from "./show.ts";
import { verify } from "./verify.ts";
import { wait } from "./wait.ts";

/** Every command, in the order of help and docs. */
export const commands: readonly Command[] = [
  listen,
  list,
  search,
  show,
  diff,
  verify,
  wait,
  retries,
  providers,
  schedules,
  faults,
  send,
  replay,
  rm,
  prune,
  exportCommand,
  importCommand,
  info,
  init,
  completion,
];
