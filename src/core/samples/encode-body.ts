import type { Samples } from "./sample.ts";

/**
 * JSON text as it goes into a body: as it is, with everything beyond ASCII escaped as `\u00e9`, or as the fields of a form.
 * What is no JSON object stays as it is in a form.
 */
export function encodeBody(text: string, encoding: NonNullable<Samples["encoding"]>): Uint8Array {
  switch (encoding) {
    case "json":
      return Buffer.from(text);
    case "json-ascii":
      return Buffer.from(text.replaceAll(/[\u0080-\uffff]/g, escaped));
    case "form":
      return Buffer.from(asForm(text));
    default:
      return encoding satisfies never;
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function asForm(text: string): string {
  const payload: unknown = JSON.parse(text);
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return text;
  const fields = Object.entries(payload).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(fields).toString();
}
