import { edgeVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** The body was hashed without the line end that it was sent with. */
export const newlineRemoved: ComputedMutation = {
  name: "newline-removed",
  aspect: "edges",
  says: "{detail} is left out",
  fix: "Hash the body to its last byte, the line end included, or send it without one: the two must be the same bytes.",
  vary: () => [
    edgeVariation("the line end behind the body", (bytes) => bytes.subarray(0, endWithout(bytes, /[\r\n]/))),
    edgeVariation("the last line feed alone", (bytes) => (bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : undefined)),
    edgeVariation("the white space around the body", (bytes) => {
      const end = endWithout(bytes, /\s/);
      let start = 0;
      while (start < end && isBlank(bytes[start], /\s/)) start += 1;
      return bytes.subarray(start, end);
    }),
  ],
};

function endWithout(bytes: Uint8Array, blank: RegExp): number {
  let end = bytes.length;
  while (end > 0 && isBlank(bytes[end - 1], blank)) end -= 1;
  return end;
}

function isBlank(byte: number | undefined, blank: RegExp): boolean {
  return byte !== undefined && byte <= 0x20 && blank.test(String.fromCharCode(byte));
}
