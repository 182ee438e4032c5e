import type { HeaderPairs } from "../../core/model/headers.ts";

/** Strings, their places in three arrays, and what is made of them on the way to the target. */
const COST_PER_FIELD_BYTES = 100;

/** About how much memory a head takes while its request waits: many small headers take many times their bytes. */
export function headCostBytes(target: string, headers: HeaderPairs): number {
  let length = target.length;
  // An index loop: this runs over every header of every request.
  for (let at = 0; at < headers.length; at += 1) length += (headers[at] ?? "").length;
  return 2 * length + (headers.length / 2) * COST_PER_FIELD_BYTES;
}
