import { type Body, bodySizeBytes, readBody } from "../../../model/body.ts";
import type { OutgoingFault } from "../outgoing-fault.ts";

export const truncated: OutgoingFault = {
  name: "truncated",
  summary: "The connection breaks after half of the body that was announced.",
  expected: "Does nothing: what is not whole cannot be verified.",
  flag: "--fault truncated",
  change: { stage: "wire", edit: (body) => ({ ...unnamed(body), read: () => halfOf(body) }) },
};

function unnamed(body: Body): { readonly kind: "file"; readonly name: undefined; readonly sizeBytes: number } {
  return { kind: "file", name: undefined, sizeBytes: bodySizeBytes(body) };
}

/** Whoever sends it notices that it ends too soon, and breaks the connection. */
async function* halfOf(body: Body): AsyncGenerator<Uint8Array, void, undefined> {
  let left = Math.floor(bodySizeBytes(body) / 2);
  for await (const chunk of readBody(body)) {
    if (left > 0) yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) break;
  }
  throw new Error("cut off on purpose");
}
