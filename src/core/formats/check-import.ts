import { HookcliError } from "../model/errors.ts";
import { headerFields, type HeaderPairs } from "../model/headers.ts";
import type { ImportedRequest } from "./format.ts";

const MOST_SHOWN = 60;

/** The beginning of a foreign value in an error; of objects and lists, which may be as deep as they like, what they are. */
export function shortText(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  if (typeof value !== "string") return String(value);
  return value.length <= MOST_SHOWN ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, MOST_SHOWN))}…`;
}

/**
 * A file that cannot be read as requests.
 * @param place `line 3`, `entry 2`, `message 1`, `command 1`, `the file`
 * @param problem what is wrong there, as a clause
 */
export function badImport(place: string, problem: string, cause?: unknown): HookcliError {
  return new HookcliError("BAD_IMPORT", { place, problem }, cause === undefined ? undefined : { cause });
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Gives back a request of which nothing can break the message that it is sent or stored as: a file is as foreign as the
 * network. What was stored as malformed may be odd, yet not break a line.
 * @throws BAD_IMPORT
 */
export function checkImport(request: ImportedRequest, place: string): ImportedRequest {
  const isMalformed = request.completeness === "malformed";
  const { method, target, httpVersion } = request;
  if (!(isMalformed ? /^[!-~\u0080-\u00ff]{0,200}$/ : /^\d(?:\.\d)?$/).test(httpVersion))
    throw badImport(place, `${shortText(httpVersion)} is no version of HTTP`);
  if (!TOKEN.test(method) && !(isMalformed && /^[!-~\u0080-\u00ff]*$/.test(method)))
    throw badImport(place, `${shortText(method)} is no HTTP method`);
  if (!(isMalformed ? /^[^\r\n ]*$/ : /^[!-~\u0080-\u00ff]+$/).test(target))
    throw badImport(place, `the target ${shortText(target)} holds characters that must be written as %XX`);
  checkHeaders(request.headers, isMalformed, place);
  checkHeaders(request.trailers, isMalformed, place);
  return request;
}

function checkHeaders(headers: HeaderPairs, isMalformed: boolean, place: string): void {
  for (const [name, value] of headerFields(headers)) {
    if (!(isMalformed ? /^[^\s:]+$/ : TOKEN).test(name)) throw badImport(place, `${shortText(name)} is no header name`);
    if ((isMalformed ? /[\r\n]/ : /[\r\n\0]/).test(value))
      throw badImport(place, `the header ${name.slice(0, 60)} holds a line break or NUL`);
  }
}
