import { basename, dirname } from "node:path";
import { HookcliError } from "../../core/model/errors.ts";
import { type NamedSource, parseSecretSource } from "./secret-source.ts";
import type { ConfigDocument } from "./config-document.ts";
import { keyText, type Steps } from "./config-problems.ts";
import { entriesOf } from "./config-values.ts";

/** The key for secrets that any provider's requests are tried with. */
const ANY = "*";
const SHAPE = 'an object like { "stripe": "env:STRIPE_SECRET" }';

/** A secret's source in a file. Whether there is such a provider is known when all files are read. */
export interface PlacedSource extends NamedSource {
  /** `secrets.stripe`, `secrets.stripe[1]` */
  readonly key: string;
  /** Path, line and column as far as they are known. */
  readonly place: string;
}

/**
 * Reads the object `secrets` of a configuration file. No value of it gets into an error.
 * @param isOwn it is the person's own file, where a secret may stand written out; what a program made may hold one, too
 * @throws BAD_CONFIG
 */
export function readSecretSources(value: unknown, document: ConfigDocument, isOwn: boolean): readonly PlacedSource[] {
  const isProgram = /\.[cm]?[jt]s$/.test(document.path);
  // What stands there may be the secret itself, and is not repeated.
  if (typeof value === "string") throw unusable(`must be ${SHAPE}, not text`, ["secrets"], document);
  return entriesOf(value, ["secrets"], document, SHAPE).flatMap(([provider, given]) => {
    const several = Array.isArray(given);
    const texts: readonly unknown[] = several ? given : [given];
    return texts.map((text, index): PlacedSource => {
      const steps = several ? ["secrets", provider, index] : ["secrets", provider];
      if (typeof text !== "string") throw unusable("must be text, or a list of texts", steps, document);
      const source = parseSecretSource(text, dirname(document.path));
      if ("problem" in source) throw unusable(`cannot be used: ${source.problem}`, steps, document);
      return {
        key: keyText(steps),
        name: `${keyText(steps)} in ${basename(document.path)}`,
        provider: provider === ANY ? undefined : provider,
        source,
        isWrittenOut: source.kind === "literal" && !isOwn && !isProgram,
        place: document.placeOf(steps),
      };
    });
  });
}

function unusable(problem: string, steps: Steps, document: ConfigDocument): HookcliError {
  return new HookcliError("BAD_CONFIG", {
    place: document.placeOf(steps),
    problem: `${keyText(steps)} ${problem}`,
    help: "A secret is env:NAME, file:PATH or cmd:PROGRAM, or the secret itself.",
  });
}
