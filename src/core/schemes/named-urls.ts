import { pathOnTarget, type Target, targetUrl } from "../model/target.ts";

/**
 * Where a provider posts to, as a person named it, likeliest first; never empty. What was named may be the whole address,
 * or only what stands before the path that arrives here.
 * @param requestTarget as it stood in the request line
 */
export function namedUrls(named: Target, requestTarget: string): readonly string[] {
  const { origin, path } = named;
  const behind = origin + pathOnTarget(named, requestTarget);
  const asIs = pathOnTarget({ origin, path: "" }, requestTarget);
  const [askedPath = "", query] = asIs.split(/\?(.*)/s);
  const folder = path.replace(/\/$/, "");
  // The path came through to here as the provider wrote it.
  const isWhole = path !== "" && (askedPath === folder || askedPath.startsWith(`${folder}/`));
  if (isWhole) return unique([origin + asIs, behind, targetUrl(named)]);
  if (path === "") return [behind];
  const withQuery = origin + pathOnTarget(named, query === undefined ? "" : `?${query}`);
  return unique([behind, withQuery, targetUrl(named)]);
}

function unique(urls: readonly string[]): readonly string[] {
  return [...new Set(urls)];
}
