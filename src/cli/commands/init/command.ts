import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const init: CommandOf<typeof flags> = {
  name: "init",
  group: "Manage",
  summary: "Write a commented configuration file to start from",
  description:
    "Writes hookcli.config.jsonc into the current folder. Every command in this folder and below reads it; docs/config.md tells what it may hold. A file that is there already stays as it is.",
  arguments: [],
  flags,
  excludes: { print: ["json"] },
  examples: [
    { line: "hookcli init", says: "then change it, and run: hookcli listen" },
    { line: "hookcli init --print", says: "every setting, as a file" },
  ],
  ignoresConfig: true,
  load: async () => (await import("./action.ts")).init,
};
