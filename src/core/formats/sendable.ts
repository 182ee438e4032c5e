import { headerFields, headerValue } from "../model/headers.ts";
import { outgoingHeaders } from "../model/outgoing-headers.ts";
import type { ExportedRequest } from "./format.ts";

/** What a client has to be told so that a captured request is sent again. */
export interface Sendable {
  /** `http://localhost:8000`, wire text. */
  readonly origin: string;
  /** Starts with `/`, wire text. */
  readonly path: string;
  /** Without those that every client makes itself: length, connection, and the Host that the URL names anyway. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Whether the length was told, so that even an empty body is one. */
  readonly hasBody: boolean;
}

/** Splits a URL (wire text) before its path, query or fragment; a path that is empty or lacks its slash gets one. */
export function splitUrl(url: string): readonly [origin: string, path: string] {
  const [origin = ""] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url) ?? [];
  const path = url.slice(origin.length);
  return [origin, path.startsWith("/") ? path : `/${path}`];
}

/** A request as a client sends it. */
export function sendable(request: ExportedRequest): Sendable {
  const [origin, path] = splitUrl(request.url);
  const host = origin.replace(/^[^:]*:\/\/(?:[^@]*@)?/, "");
  const edits = { bodySizeBytes: request.body.length, preserveHost: true, edits: [] };
  const { headers } = outgoingHeaders(request.headers, { host, ...edits });
  const fields: [string, string][] = [];
  for (const [name, value] of headerFields(headers)) {
    const lower = name.toLowerCase();
    if (lower === "content-length" || (lower === "host" && value.toLowerCase() === host.toLowerCase())) continue;
    fields.push([lower === "host" ? "Host" : name, value]);
  }
  return { origin, path, fields, hasBody: headerValue(headers, "content-length") !== undefined };
}

/** Names of these that the request does not carry: a client would add its own. */
export function absentOf(fields: Sendable["fields"], names: readonly string[]): readonly string[] {
  const present = new Set(fields.map(([name]) => name.toLowerCase()));
  return names.filter((name) => !present.has(name.toLowerCase()));
}

/** Why no client can send a request; undefined for all that were valid HTTP. */
export function unsendable(request: ExportedRequest): string | undefined {
  return request.completeness === "malformed" || request.method === "" ? "it was not valid HTTP" : undefined;
}

/** True where a client that tidies URLs sends the path as it stands. */
export function isTidy(path: string): boolean {
  return /^\/[!"$-~]*$/.test(path) && !/(?:^|[/\\])(?:\.|%2e){1,2}(?:[/\\?]|$)/i.test(path);
}

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
