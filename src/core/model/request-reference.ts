import { badValue } from "./errors.ts";

/** How a person names a stored request. */
export type RequestReference =
  | { readonly kind: "id"; readonly id: number }
  /** The newest (0), the one before it (1) … */
  | { readonly kind: "latest"; readonly back: number };

/**
 * Reads `42`, `#42`, `latest` or `latest~2`.
 * @throws BAD_VALUE
 */
export function parseRequestReference(text: string): RequestReference {
  const id = /^#?(\d{1,15})$/.exec(text);
  if (id) return { kind: "id", id: Number(id[1]) };
  const latest = /^latest(?:~(\d{1,9}))?$/.exec(text);
  if (latest) return { kind: "latest", back: Number(latest[1] ?? 0) };
  throw badValue("a request", text, "it is neither an id nor latest", "42, #42, latest or latest~2");
}
