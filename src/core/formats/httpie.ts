import { wireBytes, utf8Text } from "./encodings.ts";
import { absentOf, commentLine, sendable, unsendable } from "./sendable.ts";
import { feedingCommand, shellQuote, shellSafeText, shellWord } from "./shell-text.ts";
import type { ExportedRequest, ExportFormat } from "./format.ts";

/** Paths that HTTPie leaves alone; what is escaped without need, or in small letters, it writes anew. */
const KEPT_PATH =
  /^\/(?!.*\/\.{1,2}(?:[/?]|$))(?:[\w!$&'()*+,./:;=?@~-]|%(?!2[DE]|3\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])[\dA-F]{2})*$/;

/**
 * An HTTPie command for a POSIX shell. Left out are the same headers as for curl. HTTPie tidies URLs, so a path with
 * fragments, bytes beyond ASCII or such is not sent as it stands; the command then says so.
 * @see https://httpie.io/docs/cli/request-items
 */
export const httpie: ExportFormat = {
  name: "httpie",
  title: "HTTPie command for a POSIX shell",
  extension: "sh",
  obstacle,
  begin: () => "",
  one: (request, isFirst) => `${isFirst ? "" : "\n"}${commentLine("#", request)}${command(request)}\n`,
  end: () => "",
};

function obstacle(request: ExportedRequest): string | undefined {
  if (!/^[A-Za-z]*$/.test(request.method)) return "HTTPie takes a method of other than letters for a URL";
  for (const [, value] of sendable(request).fields) {
    if (utf8Text(wireBytes(value)) === undefined) return "HTTPie sends no header that is not UTF-8";
    if (/\\[:;=@]/.test(value)) return "HTTPie cannot be told a header with a backslash before :, ;, = or @";
  }
  return unsendable(request);
}

function command(request: ExportedRequest): string {
  const { origin, path, fields, hasBody } = sendable(request);
  const fed = hasBody ? feedingCommand(request.body) : undefined;
  // The blank keeps a value that starts with = or @ from being read as another kind of item; HTTPie strips it.
  const headers = fields.map(([name, value]) => shellWord(value === "" ? `${name};` : `${name}: ${value}`));
  // Without a User-Agent of the request HTTPie names itself; it cannot be told not to.
  const ownHeaders = ["Accept", ...(hasBody ? ["Content-Type"] : [])];
  const items = [...headers, ...absentOf(fields, ownHeaders).map((name) => `${name}:`)];
  const options = fed === undefined ? ["--ignore-stdin"] : [];
  if (hasBody && fed === undefined) options.push(`--raw=${shellQuote(shellSafeText(request.body) ?? "")}`);
  if (items.some((word) => /^'?-/.test(word))) options.push("--");
  const words = ["http", ...options, shellWord(request.method), shellWord(origin + path)].join(" ");
  const warning = KEPT_PATH.test(path) ? "" : "# HTTPie tidies this path: it is not sent as it was captured\n";
  return `${warning}${fed === undefined ? "" : `${fed} | `}${[words, ...items].join(" \\\n  ")}`;
}
