import { headerFields, type HeaderPairs } from "../model/headers.ts";
import { badImport } from "./bad-import.ts";
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
  const { method, target } = request;
  if (!TOKEN.test(method) && !(isMalformed && /^[!-~\u0080-\u00ff]*$/.test(method)))
    throw badImport(place, `${JSON.stringify(method)} is no HTTP method`);
  if (!(isMalformed ? /^[^\r\n ]*$/ : /^[!-~\u0080-\u00ff]+$/).test(target))
    throw badImport(place, `the target ${JSON.stringify(target)} holds characters that must be written as %XX`);
  checkHeaders(request.headers, isMalformed, place);
  checkHeaders(request.trailers, isMalformed, place);
  return request;
}

function checkHeaders(headers: HeaderPairs, isMalformed: boolean, place: string): void {
  for (const [name, value] of headerFields(headers)) {
    if (!(isMalformed ? /^[^\s:]+$/ : TOKEN).test(name))
      throw badImport(place, `${JSON.stringify(name)} is no header name`);
    if ((isMalformed ? /[\r\n]/ : /[\r\n\0]/).test(value))
      throw badImport(place, `the header ${name} holds a line break or NUL`);
  }
}
