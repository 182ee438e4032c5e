import type { CapturedRequest } from "../../src/core/model/request.ts";
import { readReference } from "./reference-reader.ts";
import type { Outcome } from "./stream-player.ts";
import type { WireStream } from "./wire-streams.ts";

/** What is wrong with the outcome of a stream, held against an independent reading of its bytes. Undefined: nothing. */
export function disagreement({ packets, isSound }: WireStream, outcome: Outcome): string | undefined {
  if (outcome.isHung) return "the connection did not end";
  const { requests, ending } = readReference(packets.join(""));
  const expected = requests.map(({ method, target, headers, body }) => JSON.stringify([method, target, headers, body]));
  const taken = outcome.records.filter(({ refusal }) => !refusal).map(told);
  for (const [at, request] of taken.entries()) {
    if (request !== expected[at])
      return `request ${at} is ${request}, and the reference reads ${expected[at] ?? `none (${ending})`}`;
  }
  if (isSound && taken.length < expected.length) return "sound requests were not all taken";
  return accounts(outcome, taken.length, expected.length);
}

/** Whether the sender can know what became of everything it sent. */
function accounts({ records, received }: Outcome, taken: number, expected: number): string | undefined {
  const refused = records.filter(({ refusal }) => refusal);
  if (refused.length > 1 || (refused.length === 1 && !records.at(-1)?.refusal))
    return "something was read behind a refusal";
  const replies = received.split(/(?=HTTP\/1\.1 [2-5]\d\d )/).filter((reply) => /^HTTP\/1\.1 [2-5]/.test(reply));
  const statuses = replies.map((reply) => Number(reply.slice(9, 12)));
  const due = records.map(({ refusal }) => refusal?.status ?? 200);
  const saidLast = /^connection: close\r$/im.test(replies.at(-1) ?? "");
  // Whoever says that a request is the last one may get no second reply.
  const mayBeSilent = refused.length === 1 && statuses.length === taken && saidLast;
  if (String(statuses) !== String(due) && !(mayBeSilent && String(statuses) === String(due.slice(0, -1))))
    return `replies ${String(statuses)} for ${String(due)}`;
  if (taken < expected && refused.length === 0 && !saidLast) return `request ${taken} vanished without a word`;
  return undefined;
}

function told({ method, target, headers, body }: CapturedRequest): string {
  const bytes = body.kind === "bytes" ? Buffer.from(body.bytes).toString("latin1") : body.kind;
  return JSON.stringify([method, target, headers.map((part) => part.replace(/^[ \t]+|[ \t]+$/g, "")), bytes]);
}
