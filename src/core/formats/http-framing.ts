import { headerValues, type HeaderPairs } from "../model/headers.ts";

/**
 * How the end of a message's body is told: in chunks, by a length, or (in a request) by having no body at all.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export type Framing =
  | { readonly kind: "chunked" }
  | { readonly kind: "length"; readonly values: readonly string[] }
  | { readonly kind: "none" };

/** What the headers of a message say about the end of its body. Codings other than chunked are content like any other. */
export function framingOf(headers: HeaderPairs): Framing {
  const coding = headerValues(headers, "transfer-encoding").join(",").split(",").at(-1)?.trim().toLowerCase();
  if (coding === "chunked") return { kind: "chunked" };
  const values = headerValues(headers, "content-length");
  return values.length > 0 ? { kind: "length", values } : { kind: "none" };
}
