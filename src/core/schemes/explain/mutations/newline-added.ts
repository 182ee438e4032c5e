import { edgeVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** A line end was hashed behind the body: `echo` adds one. */
export const newlineAdded: ComputedMutation = {
  name: "newline-added",
  aspect: "edges",
  says: "{detail} stands behind the body",
  fix: "Hash the body without a line end behind it: echo adds one, printf %s and echo -n do not.",
  vary: () => [
    edgeVariation("a line feed", (bytes) => Buffer.concat([bytes, Buffer.from("\n")])),
    edgeVariation("CR LF", (bytes) => Buffer.concat([bytes, Buffer.from("\r\n")])),
  ],
};
