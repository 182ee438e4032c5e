import type { ConfigDocument } from "./config-document.ts";
import { type Steps, wrongKind } from "./config-problems.ts";
import type { FileValue, RawFlag } from "../flags/flag.ts";

/**
 * Names and values of an object in a file. What a module leaves undefined is not there.
 * @throws BAD_CONFIG where it is no object; `wanted` says what it should have been
 */
export function entriesOf(
  value: unknown,
  steps: Steps,
  document: ConfigDocument,
  wanted: string,
): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrongKind(value, steps, document, wanted);
  return Object.entries(value).filter(([, inner]) => inner !== undefined);
}

/** The value as a flag would give it; undefined where it is of another kind. */
export function rawValue(holds: FileValue, value: unknown): RawFlag | undefined {
  switch (holds) {
    case "switch":
      return typeof value === "boolean" ? value : undefined;
    case "text":
    case "path":
      return typeof value === "string" ? value : undefined;
    case "number":
      return typeof value === "number" ? String(value) : undefined;
    case "scalar":
      return scalar(value);
    case "option":
      return typeof value === "boolean" ? value : rawValue("number", value);
    case "list":
      return listOf(value);
    default:
      return holds satisfies never;
  }
}

/** One text or number, or several; undefined where it is anything else. */
export function listOf(value: unknown): readonly string[] | undefined {
  const texts = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map(scalar);
  const all = texts.filter((text) => text !== undefined);
  return all.length === texts.length ? all : undefined;
}

function scalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
