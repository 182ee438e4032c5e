import type { ExportedRequest } from "./format.ts";

/**
 * What people should know of a request, as a comment of a shell or of JavaScript, line end included; empty where there is
 * nothing. Only plain characters are left: an interactive zsh takes a comment for a command, and a quote in it would go on.
 */
export function commentLine(mark: "#" | "//", { note }: Pick<ExportedRequest, "note">): string {
  return note === undefined ? "" : `${mark} ${plainNote(note)}\n`;
}

function plainNote(note: string): string {
  return note.replaceAll(/[^\w.,:/ -]+/g, " ").trim();
}
