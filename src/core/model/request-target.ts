/**
 * The path in a request target: without the query, of the absolute form (`http://host/path`) only the path. Undefined
 * where a NUL hides a part of it.
 */
export function pathOfTarget(target: string): string | undefined {
  if (target.includes("\0")) return undefined;
  const [bare = ""] = target.split("?", 1);
  const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(bare)?.[0];
  return authority === undefined ? bare : bare.slice(authority.length) || "/";
}
