import { type Body, bodySizeBytes, readBody } from "../../../model/body.ts";
import type { Clock } from "../../../model/clock.ts";
import type { OutgoingFault } from "../outgoing-fault.ts";

/** However large it is, it takes this long. */
const TAKES_MS = 5000;
const STEPS = 50;

export const slowUpload: OutgoingFault = {
  name: "slow-upload",
  summary: `The body takes ${TAKES_MS / 1000} seconds to arrive, piece by piece.`,
  expected: "Waits for all of it, and answers as ever.",
  flag: "--fault slow-upload",
  change: {
    stage: "wire",
    edit: (body, clock) => ({
      kind: "file",
      name: undefined,
      sizeBytes: bodySizeBytes(body),
      read: () => slowly(body, clock),
    }),
  },
};

async function* slowly(body: Body, clock: Clock): AsyncGenerator<Uint8Array, void, undefined> {
  const stepBytes = Math.max(1, Math.ceil(bodySizeBytes(body) / STEPS));
  const stepMs = (TAKES_MS * stepBytes) / Math.max(1, bodySizeBytes(body));
  for await (const chunk of readBody(body)) {
    for (let at = 0; at < chunk.length; at += stepBytes) {
      await clock.wait(stepMs);
      yield chunk.subarray(at, at + stepBytes);
    }
  }
}
