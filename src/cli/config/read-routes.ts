import { toWire } from "../../core/model/headers.ts";
import type { RouteRule } from "../../core/model/route-rule.ts";
import { parseTarget } from "../../core/model/target.ts";
import type { ConfigDocument } from "./config-document.ts";
import { keyText, lacking, noSuchKey, type Steps, wrongKind } from "./config-problems.ts";
import { routeKeys } from "./config-shape.ts";
import { entriesOf, listOf } from "./config-values.ts";

/**
 * Reads the list `routes` of a configuration file.
 * @throws BAD_CONFIG for a rule that cannot be one, BAD_VALUE for a target that cannot be one
 */
export function readRoutes(value: unknown, document: ConfigDocument): readonly RouteRule[] {
  if (!Array.isArray(value)) throw wrongKind(value, ["routes"], document, "a list of rules");
  return value.map((rule: unknown, at) => readRule(rule, ["routes", at], document));
}

function readRule(rule: unknown, steps: Steps, document: ConfigDocument): RouteRule {
  const entries = new Map(entriesOf(rule, steps, document, 'a rule like { "path": "/stripe*", "to": 8000 }'));
  for (const name of entries.keys()) {
    if (!Object.hasOwn(routeKeys, name)) throw noSuchKey([...steps, name], document, Object.keys(routeKeys));
  }
  if (!entries.has("to")) throw lacking(steps, document, `needs "to": a target, a list of them, or [] for none`);
  const textOf = (name: keyof typeof routeKeys): string | undefined => {
    const text = entries.get(name);
    if (text === undefined || typeof text === "string") return text;
    throw wrongKind(text, [...steps, name], document, "text");
  };
  const path = textOf("path");
  if (path !== undefined && !/^[/*]/.test(path))
    throw wrongKind(path, [...steps, "path"], document, "a path that starts with / or *");
  return {
    // As it would come over the wire.
    path: path === undefined ? undefined : toWire(path),
    type: textOf("type"),
    method: textOf("method"),
    targets: readTargets(entries.get("to"), steps, document),
  };
}

function readTargets(value: unknown, rule: Steps, document: ConfigDocument): RouteRule["targets"] {
  const steps = [...rule, "to"];
  const texts = listOf(value);
  if (!texts) throw wrongKind(value, steps, document, "a target, or a list of them");
  return texts.map((text) => parseTarget(text, `${keyText(steps)} (${document.placeOf(steps)})`));
}
