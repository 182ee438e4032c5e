import { type Mask } from "../../core/model/mask.ts";
import type { FlagsOf } from "./flags.ts";
import { fromEnvironment, fromFiles } from "./settings.ts";
import { signaturePhrase } from "../words/scheme-words.ts";
import { secretSourceText } from "../config/secret-source.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import { configKeys } from "../config/config-shape.ts";
import { originText, type SettingOrigin } from "../config/setting-origin.ts";
import { attributeName, commonFlags, type Flag, type FlaggedCommand, type RawFlag } from "../flags/flag.ts";

/** A setting as it stands now: what a command that is called without flags would use, and why. */
export interface SettingRow {
  /** `db`, `listen.maxBody` */
  readonly key: string;
  /** Credentials are masked; undefined where nothing is set and there is no fixed default. */
  readonly value: string | undefined;
  /** `flag`, `environment HOOKCLI_PORT`, `/shop/hookcli.config.jsonc:3:13` or `default`. */
  readonly origin: string;
}

/** Flags of every command that a file may set as well. */
const OWN = ["db", "color"] as const;

/**
 * Every setting that a file may hold, in the order of the docs, and at the end routes, schemes and secrets where there are any.
 * @param flags those of the command that asks, with the files that it read
 */
export function describeSettings(
  commands: readonly FlaggedCommand[],
  flags: FlagsOf,
  env: Surroundings["env"],
  mask: Mask,
): readonly SettingRow[] {
  const rows = configKeys(commands).map(({ key, path, flag }) => {
    const own = path.length === 1 ? ownFlag(flag, flags) : undefined;
    const found = own ?? fromEnvironment(flag, env) ?? fromFiles(flag, key, flags.files);
    const value = found?.value ?? flag.default;
    return { key, value: shown(key, value, mask), origin: originText(found?.origin ?? { kind: "default" }) };
  });
  const others = [...schemeRows(flags), ...secretRows(flags)];
  const withRoutes = flags.files.find(({ routes }) => routes !== undefined);
  if (!withRoutes) return [...rows, ...others];
  const count = flags.routes.length;
  const routes = { key: "routes", value: count === 1 ? "1 rule" : `${count} rules`, origin: withRoutes.path };
  return [...rows, routes, ...others];
}

function schemeRows({ files, schemes }: FlagsOf): readonly SettingRow[] {
  return schemes.map((scheme) => {
    const origin = files.find((file) => file.schemes.includes(scheme))?.path ?? "";
    return { key: `schemes.${scheme.name}`, value: signaturePhrase(scheme.signature), origin };
  });
}

/** Where secrets are to be had, never what they are. */
function secretRows({ files }: FlagsOf): readonly SettingRow[] {
  return files
    .flatMap(({ secrets }) => secrets)
    .map(({ key, source, place }) => ({ key, value: secretSourceText(source), origin: place }));
}

/** Flags of every command may be given to the one that asks, too. */
function ownFlag(flag: Flag, flags: FlagsOf): { readonly value: RawFlag; readonly origin: SettingOrigin } | undefined {
  const name = OWN.find((each) => each === attributeName(flag));
  if (name === undefined || !commonFlags.some((common) => common === flag)) return undefined;
  const value = flags.text(name);
  const origin = flags.origin(name);
  return origin.kind === "flag" && value !== undefined ? { value, origin } : undefined;
}

function shown(key: string, value: RawFlag | undefined, mask: Mask): string | undefined {
  if (value === undefined) return undefined;
  const texts = typeof value === "object" ? value : [String(value)];
  return texts.map((text) => (key.endsWith(".header") ? maskedHeader(text, mask) : mask.text(text))).join(", ");
}

function maskedHeader(text: string, mask: Mask): string {
  const colon = text.indexOf(":");
  if (colon < 0) return mask.text(text);
  const name = text.slice(0, colon);
  const value = text.slice(colon + 1).trim();
  return value === "" ? text : `${name}: ${mask.headerValue(name, value)}`;
}
