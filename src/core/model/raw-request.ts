import { headerFields, type HeaderPairs, wireText, withoutBlanks } from "./headers.ts";
import { HookcliError } from "./errors.ts";

/** What a person may change of a request: it all, but for what its connection brought. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
}

/** Worked out from the body when the request is made, so nobody writes them. */
const WORKED_OUT = /^(?:content-length|transfer-encoding|trailer)$/i;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** A request as text for an editor: request line and headers, a blank line, the body as it is. Lines end in LF. */
export function printRawRequest({ method, target, headers, body }: RawRequest): Uint8Array {
  let head = `${method} ${target} HTTP/1.1\n`;
  for (const [name, value] of headerFields(headers)) if (!WORKED_OUT.test(name)) head += `${name}: ${value}\n`;
  return Buffer.concat([Buffer.from(`${head}\n`, "latin1"), body]);
}

/**
 * The inverse. Lines of the head may end in LF or CR LF; white space around a header's value does not count.
 * @throws BAD_EDIT naming the line
 */
export function parseRawRequest(bytes: Uint8Array): RawRequest {
  const text = wireText(bytes);
  const headEnd = /\r?\n\r?\n/.exec(text);
  // Without a blank line all of it is head.
  const head = headEnd ? text.slice(0, headEnd.index) : text.replace(/\r?\n$/, "");
  const [requestLine = "", ...lines] = head.split(/\r?\n/);
  const [, method = "", target = ""] = /^([^ \t]+) ([^ \t]+)(?: HTTP\/1\.[01])?[ \t]*$/.exec(requestLine) ?? [];
  if (!TOKEN.test(method) || !/^(?:\/|\*$|[a-z][a-z0-9+.-]*:\/\/)[!-~\u0080-\u00ff]*$/i.test(target))
    throw badEdit(1, `${JSON.stringify(requestLine)} is not a request line such as POST /hooks HTTP/1.1`);
  const headers = lines.flatMap((line, index) => readField(line, index + 2));
  return {
    method,
    target,
    headers,
    body: headEnd ? bytes.subarray(headEnd.index + headEnd[0].length) : new Uint8Array(),
  };
}

function readField(line: string, number: number): readonly string[] {
  const [, name, written = ""] = /^([^:\s]+):(.*)$/.exec(line) ?? [];
  const value = withoutBlanks(written);
  if (name === undefined || !TOKEN.test(name))
    throw badEdit(number, `${JSON.stringify(line)} is not a header such as X-Env: dev`);
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) throw badEdit(number, "it holds a control character");
  return WORKED_OUT.test(name) ? [] : [name, value];
}

function badEdit(line: number, problem: string): HookcliError {
  return new HookcliError("BAD_EDIT", { line, problem });
}
