import { type Body, bytesBody } from "../model/body.ts";
import { editJson } from "../json/edit-json.ts";

/**
 * Writes a value into a JSON body, in a place like `b:data.0.time`; all else stays to the byte. A body that is in a file
 * or is no JSON stays as it is.
 */
export function setPlace(body: Body, place: string, value: number | string): Body {
  if (body.kind === "file" || !place.startsWith("b:")) return body;
  const path = place
    .slice(2)
    .split(".")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body.bytes);
    const edit = { path, valueText: JSON.stringify(value), isPlainText: false };
    return bytesBody(Buffer.from(editJson(text, [edit]).text));
  } catch {
    return body;
  }
}
