import { badValue } from "./errors.ts";

/** A URL that requests are posted to. */
export interface Target {
  /** `http://localhost:8000` or `https://…`: scheme, host and port, no path. */
  readonly origin: string;
  /** What stands behind the origin, as it was written: empty, or starting with `/`. */
  readonly path: string;
  /** Query behind the path, without `?`; undefined where there is none. */
  readonly query?: string | undefined;
}

const EXAMPLE = "localhost:8000, 8000/hooks, :8000, /hooks, or https://example.test/hooks";

/**
 * Reads a target in any of its short forms: `8000`, `:8000/hooks`, `localhost:8000`, `/hooks` (port 80 of localhost) or a
 * full URL. A host without a port gets its scheme's own.
 * @param name what the person called it (`--forward`), for the error
 * @throws BAD_VALUE
 */
export function parseTarget(text: string, name: string): Target {
  const url = withScheme(text.trim());
  if (!URL.canParse(url)) throw badValue(name, text, "it is not an address", EXAMPLE);
  const parsed = new URL(url);
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:")
    throw badValue(name, text, `${parsed.protocol.slice(0, -1)} is not a way to post a request`, EXAMPLE);
  if (parsed.username || parsed.password)
    throw badValue(
      name,
      text.replace(/(^|\/\/)[^/?#]*@/, "$1…@"),
      "a user and password do not belong into an address",
      '--header "Authorization: Basic …"',
    );
  if (parsed.hash) throw badValue(name, text, "the part behind # never reaches a server", EXAMPLE);
  if (parsed.port === "0") throw badValue(name, text, "nothing listens on port 0", EXAMPLE);
  const verbatim = /^[a-z]+:\/\/[^/?#]*([^?#]*)(?:\?([^#]*))?/i.exec(url);
  const path = verbatim?.[1] ?? "";
  if (/^[a-z]+:\/\/[^/?#]*\\/i.test(url) || !/^[\u0021-\u007e]*$/.test(path + (verbatim?.[2] ?? "")))
    throw badValue(name, text, "its path holds characters that must be written as %XX", EXAMPLE);
  return { origin: parsed.origin, path: path === "/" ? "" : path, query: verbatim?.[2] };
}

function withScheme(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  if (/^\d+(?:[/?]|$)/.test(text)) return `http://localhost:${text}`;
  if (text.startsWith(":")) return `http://localhost${text}`;
  if (text.startsWith("/")) return `http://localhost${text}`;
  return `http://${text}`;
}

/** The target as a person would write it in full. */
export function targetUrl(target: Target): string {
  return `${target.origin}${target.path}${target.query === undefined ? "" : `?${target.query}`}`;
}

/** Each target once, in the order in which they come first. */
export function distinctTargets(targets: Iterable<Target>): readonly Target[] {
  const byUrl = new Map<string, Target>();
  for (const target of targets) {
    const url = targetUrl(target);
    if (!byUrl.has(url)) byUrl.set(url, target);
  }
  return [...byUrl.values()];
}

/**
 * Where on the target a captured request goes, verbatim: capture path `/` posts to the target's own path, any other path
 * is appended to it. Queries of both are joined. The captured target never chooses the host.
 * @param requestTarget as it stood in the request line; of an absolute form only the path counts
 */
export function pathOnTarget(target: Target, requestTarget: string): string {
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(requestTarget);
  const asked = origin ? requestTarget.slice(origin[0].length) : requestTarget;
  const queryAt = asked.indexOf("?");
  const askedPath = queryAt < 0 ? asked : asked.slice(0, queryAt);
  const query = [target.query, queryAt < 0 ? undefined : asked.slice(queryAt + 1)].filter((part) => part !== undefined);
  const path = joinPaths(target.path, askedPath === "*" ? "" : askedPath);
  return query.length > 0 ? `${path}?${query.join("&")}` : path;
}

function joinPaths(base: string, asked: string): string {
  if (asked === "" || asked === "/") return base === "" ? "/" : base;
  const tail = asked.startsWith("/") ? asked : `/${asked}`;
  return base.endsWith("/") ? base.slice(0, -1) + tail : base + tail;
}
