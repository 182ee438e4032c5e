import type { Command } from "./command.ts";

export const replay: Command = {
  name: "replay",
  group: "Send",
  summary: "Send a stored request again",
  description:
    "Sends the stored bytes to the running listener's targets, or to where the request went before. Works while hookcli listen runs in another terminal, and appears there.",
  arguments: [{ name: "<request>", description: "42, #42, latest, or latest~1 for the one before it" }],
  flags: [
    { flags: "--to <target>", description: "send it there instead: 8000, localhost:8000/hooks, or a URL" },
    {
      flags: "--as-captured",
      description:
        "the exact bytes that came, old signature and all; what happens without it too, as long as nothing is edited",
    },
    {
      flags: "-H, --header <field>",
      description: 'set a header ("X-Env: dev"), or remove one ("X-Old:"); again for more',
      isRepeatable: true,
    },
    { flags: "--preserve-host", description: "send the captured Host header instead of the target's" },
    { flags: "--insecure", description: "take any certificate from an https target" },
    { flags: "--ca <file>", description: "trust the PEM certificates in this file as well" },
    {
      flags: "--timeout <duration>",
      description: "for a whole answer of the target; 0 waits for ever once connected",
      default: "30s",
    },
    { flags: "--force", description: "send a request of which only a part was stored" },
  ],
  examples: [
    { line: "hookcli replay 42", says: "again, to the same app" },
    { line: "hookcli replay latest --to localhost:9000", says: "the newest one, somewhere else" },
  ],
  load: async () => (await import("../actions/replay.ts")).replay,
};
