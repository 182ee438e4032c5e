import { absentOf, commentLine, isTidy, type Sendable, sendable, unsendable } from "./sendable.ts";
import { feedingCommand, shellQuote, shellSafeText, shellWord } from "./shell-text.ts";
import type { ExportedRequest, ExportFormat } from "./format.ts";

/** Above this curl asks first and waits a second for an answer that few servers give. */
const EXPECT_THRESHOLD_BYTES = 1024 * 1024;

/**
 * A curl command for any POSIX shell that sends the same bytes: method, path, headers in order with repeats, body. Left out
 * are content-length and the connection's own headers, and Host where the URL names it; headers that curl would add are
 * switched off.
 * @see https://curl.se/docs/manpage.html
 */
export const curl: ExportFormat = {
  name: "curl",
  title: "curl command for a POSIX shell",
  extension: "sh",
  obstacle: unsendable,
  begin: () => "",
  one: (request, isFirst) => `${isFirst ? "" : "\n"}${commentLine("#", request)}${command(request)}\n`,
  end: () => "",
};

function command(request: ExportedRequest): string {
  const parts = sendable(request);
  const body = parts.hasBody ? bodyArguments(request.body) : { before: "", options: [] };
  const headers = parts.fields.map(
    ([name, value]) => `-H ${shellWord(value === "" ? `${name};` : `${name}: ${value}`)}`,
  );
  const ownHeaders = ["User-Agent", "Accept", ...(parts.hasBody ? ["Content-Type"] : [])];
  const switchedOff = absentOf(parts.fields, ownHeaders).map((name) => `-H '${name}:'`);
  if (request.body.length > EXPECT_THRESHOLD_BYTES) switchedOff.push("-H 'Expect:'");
  const options = [...headers, ...switchedOff, ...body.options];
  return [`${body.before}curl ${method(request.method, parts)}${address(parts)}`, ...options].join(" \\\n  ");
}

function method(name: string, { hasBody }: Sendable): string {
  if (name === "HEAD" && !hasBody) return "--head ";
  return name === "GET" && !hasBody ? "" : `-X ${shellWord(name)} `;
}

function address({ origin, path }: Sendable): string {
  // The request line then has these very bytes; as part of the URL curl would cut, fold or refuse them.
  if (path.includes("#") || !isTidy(path)) return `--request-target ${shellWord(path)} ${shellWord(`${origin}/`)}`;
  return `${/[[\]{}]/.test(path) ? "--globoff " : ""}${shellWord(origin + path)}`;
}

interface BodyArguments {
  /** What stands before `curl` and feeds it. */
  readonly before: string;
  readonly options: readonly string[];
}

function bodyArguments(body: Uint8Array): BodyArguments {
  const fed = feedingCommand(body);
  if (fed !== undefined) return { before: `${fed} | `, options: ["--data-binary @-"] };
  const text = shellSafeText(body) ?? "";
  // An @ in front would name a file.
  return { before: "", options: [`${text.startsWith("@") ? "--data-raw" : "--data-binary"} ${shellQuote(text)}`] };
}
