import type { Command } from "../settings/command.ts";
import { completion } from "./completion/command.ts";
import { exportCommand } from "./export/command.ts";
import { faults } from "./faults/command.ts";
import { importCommand } from "./import/command.ts";
import { diff } from "./diff/command.ts";
import { info } from "./info/command.ts";
import { init } from "./init/command.ts";
import { list } from "./list/command.ts";
import { listen } from "./listen/command.ts";
import { providers } from "./providers/command.ts";
import { prune } from "./prune/command.ts";
import { replay } from "./replay/command.ts";
import { retries } from "./retries/command.ts";
import { rm } from "./rm/command.ts";
import { schedules } from "./schedules/command.ts";
import { search } from "./search/command.ts";
import { send } from "./send/command.ts";
import { show } from "./show/command.ts";
import { verify } from "./verify/command.ts";
import { wait } from "./wait/command.ts";

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
