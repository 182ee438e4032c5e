import { HookcliError } from "../../core/model/errors.ts";
import { readCustomScheme } from "../../core/schemes/custom-scheme.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";
import type { ConfigDocument } from "./config-document.ts";
import { keyText } from "./config-problems.ts";
import { entriesOf } from "./config-values.ts";

const SHAPE = 'an object like { "ecomm": { "signature": { "headers": { "X-Signature": "sha256={sig}" } } } }';

/**
 * Reads the object `schemes` of a configuration file: a person's own, by name.
 * @throws BAD_CONFIG
 */
export function readSchemes(value: unknown, document: ConfigDocument): readonly Scheme[] {
  return entriesOf(value, ["schemes"], document, SHAPE).map(([name, given]) => {
    const read = readCustomScheme(name, given);
    if (read.kind === "scheme") return read.scheme;
    const steps = ["schemes", name, ...read.steps];
    throw new HookcliError("BAD_CONFIG", {
      place: document.placeOf(steps),
      problem: `${keyText(steps)} ${read.problem}`,
      help: "docs/config.md tells what a scheme may hold.",
    });
  });
}
