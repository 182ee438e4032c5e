import { dirname, join, resolve } from "node:path";
import type { RouteRule } from "../../core/model/route-rule.ts";
import type { ConfigDocument } from "./config-document.ts";
import { noSuchKey, type Steps, wrongKind } from "./config-problems.ts";
import { type ConfigKey, otherKeys, valueText } from "./config-shape.ts";
import { entriesOf, rawValue } from "./config-values.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";
import { readRoutes } from "./read-routes.ts";
import { readSchemes } from "./read-schemes.ts";
import { type PlacedSource, readSecretSources } from "./read-secrets.ts";
import type { RawFlag } from "../flags/flag.ts";

/** A configuration file whose keys and kinds of values are all known. */
export interface ConfigFile {
  readonly path: string;
  /** By key: `db`, `listen.port`. */
  readonly settings: ReadonlyMap<string, FileSetting>;
  /** Undefined where the file says nothing about routes. */
  readonly routes: readonly RouteRule[] | undefined;
  /** A person's own, in the order in which they stand there. */
  readonly schemes: readonly Scheme[];
  readonly secrets: readonly PlacedSource[];
  /** It belongs to a person, not to a project. */
  readonly isOwn: boolean;
}

/** Where a file lies. */
export interface FilePlace {
  /** What `~/` stands for in a path; undefined: nothing. */
  readonly home: string | undefined;
  readonly isOwn: boolean;
}

/** A value as a flag would have given it, and where it stands. */
export interface FileSetting {
  readonly value: RawFlag;
  readonly place: string;
}

/**
 * Checks a document against the table of keys and brings its values into the form of flags.
 * @throws BAD_CONFIG at the first key that does not exist or holds the wrong kind of value, BAD_VALUE for a route's target
 */
export function readConfig(document: ConfigDocument, keys: readonly ConfigKey[], place: FilePlace): ConfigFile {
  const settings = new Map<string, FileSetting>();
  const found: Partial<Pick<ConfigFile, OtherKey>> = {};
  const walk = (value: unknown, above: readonly string[]): void => {
    for (const [name, inner] of entriesOf(value, above, document, "an object with settings")) {
      const steps = [...above, name];
      const known = keys.find(({ path }) => path.length === steps.length && startsWith(path, steps));
      if (known) settings.set(known.key, readSetting(known, inner, document, place.home));
      else if (keys.some(({ path }) => startsWith(path, steps))) walk(inner, steps);
      else if (steps.length === 1 && isOtherKey(name))
        Object.assign(found, { [name]: otherReaders[name](inner, document, place) });
      else throw unknownKey(steps, document, keys);
    }
  };
  if (document.content !== undefined) walk(document.content, []);
  const { routes, schemes = [], secrets = [] } = found;
  return { path: document.path, settings, routes, schemes, secrets, isOwn: place.isOwn };
}

type OtherKey = (typeof otherKeys)[number];

const otherReaders: {
  readonly [Key in OtherKey]: (value: unknown, document: ConfigDocument, place: FilePlace) => ConfigFile[Key];
} = {
  routes: readRoutes,
  schemes: readSchemes,
  secrets: (value, document, { isOwn }) => readSecretSources(value, document, isOwn),
};

function isOtherKey(name: string): name is OtherKey {
  return (otherKeys as readonly string[]).includes(name);
}

function unknownKey(steps: readonly string[], document: ConfigDocument, keys: readonly ConfigKey[]): Error {
  const above = steps.slice(0, -1);
  const here = keys.filter(({ path }) => startsWith(path, above)).flatMap(({ path }) => path[above.length] ?? []);
  const neighbours = above.length === 0 ? [...here, ...otherKeys] : here;
  return noSuchKey(steps, document, neighbours, [...keys.map(({ key }) => key), ...otherKeys]);
}

function startsWith(path: readonly string[], steps: Steps): boolean {
  return steps.every((step, at) => path[at] === step);
}

function readSetting(
  known: ConfigKey,
  value: unknown,
  document: ConfigDocument,
  home: string | undefined,
): FileSetting {
  const place = document.placeOf(known.path);
  const raw = rawValue(known.holds, value);
  if (raw === undefined) throw wrongKind(value, known.path, document, valueText(known.holds));
  if (known.holds !== "path" || typeof raw !== "string") return { value: raw, place };
  const path = home !== undefined && raw.startsWith("~/") ? join(home, raw.slice(2)) : raw;
  return { value: resolve(dirname(document.path), path), place };
}
