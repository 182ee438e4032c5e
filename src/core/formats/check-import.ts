import { headerFields, type HeaderPairs } from "../model/headers.ts";
import { badImport, shortText } from "./bad-import.ts";
import type { ImportedRequest } from "./format.ts";

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
