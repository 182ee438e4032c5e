/** hookcli, from its source, with the small tree of commands in place of its own. */
import { completion } from "../../src/cli/commands/completion/command.ts";
import { runInProcess } from "../../src/cli/process.ts";
import { smallTree } from "./small-tree.ts";

await runInProcess(process.argv.slice(2), "0.0.0", [...smallTree, completion]);
