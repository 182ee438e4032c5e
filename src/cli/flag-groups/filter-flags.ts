import type { Argument } from "../settings/command.ts";
import type { Flag } from "../flags/flag.ts";

/** A filter as the words of a command line. */
export const filterArgument: Argument = {
  name: "[filter...]",
  description:
    "which requests: status:5xx, type:order.*, is:failed, path:/hooks/*, header:x-foo=bar, since:10m, a word, '\"some words\"' (docs/filters.md)",
};

/** Flags of every command that picks requests: shorthands for terms of the filter. */
export const filterFlags = [
  { flags: "--filter <text>", description: "the filter as one text; for one that begins with a minus: -path:/health" },
  { flags: "--type <glob>", description: "only this event type: order.completed, order.*" },
  { flags: "--since <time>", description: "only what came in the last 10m, 2h or 3d, or since 2026-03-04T05:06" },
  { flags: "--failed", description: "only what your app did not answer with 2xx" },
] as const satisfies readonly Flag[];

export type FilterFlag = (typeof filterFlags)[number];
