import { matchesGlob } from "./glob.ts";
import { distinctTargets, type Target } from "./target.ts";

/** Sends the requests that fit it to targets of their own. What is left out fits every request. */
export interface RouteRule {
  /** Glob over the path without its query, one character a byte as in the request line. */
  readonly path?: string | undefined;
  /** Glob over the event type; a request without one fits no glob, not even `*`. */
  readonly type?: string | undefined;
  /** In any letter case. */
  readonly method?: string | undefined;
  /** In order: the first one answers the sender. Empty: these requests are stored and go nowhere. */
  readonly targets: readonly Target[];
}

/** What rules look at in a request. */
export interface RoutedFacts {
  readonly method: string;
  /** Without query, and without the origin where the sender wrote one. */
  readonly path: string;
  readonly eventType?: string | undefined;
}

/** The targets of the first rule that fits, or `otherwise` where none does. */
export function targetsFor(
  rules: readonly RouteRule[],
  facts: RoutedFacts,
  otherwise: readonly Target[],
): readonly Target[] {
  return rules.find((rule) => fits(rule, facts))?.targets ?? otherwise;
}

/** Each target that a request could go to, once: `otherwise` first, then those of the rules in their order. */
export function everyTarget(rules: readonly RouteRule[], otherwise: readonly Target[]): readonly Target[] {
  return distinctTargets([...otherwise, ...rules.flatMap((rule) => rule.targets)]);
}

function fits({ path, type, method }: RouteRule, facts: RoutedFacts): boolean {
  if (method !== undefined && method.toUpperCase() !== facts.method.toUpperCase()) return false;
  if (path !== undefined && !matchesGlob(path, facts.path)) return false;
  return type === undefined || (facts.eventType !== undefined && matchesGlob(type, facts.eventType));
}
