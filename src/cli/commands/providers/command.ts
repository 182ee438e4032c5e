import type { CommandOf } from "../../settings/command.ts";

export const providers: CommandOf<readonly []> = {
  name: "providers",
  group: "Look",
  summary: "List the providers that hookcli knows, or tell all about one",
  description:
    "Lists who signs how, and where the event's type and id stand; your own schemes from the configuration file come first. With a name: every rule that hookcli goes by, where it was taken from, and where a secret would come from.",
  arguments: [{ name: "[provider]", description: "its name: stripe" }],
  flags: [],
  examples: [
    { line: "hookcli providers", says: "all of them" },
    { line: "hookcli providers stripe", says: "what is signed, with which key, and how old it may be" },
  ],
  load: async () => (await import("./action.ts")).providers,
};
