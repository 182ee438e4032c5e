import type { ComputedMutation } from "../mutation.ts";
import { variation } from "../variation.ts";

/** Another time of the request was hashed. */
export const timestampOther: ComputedMutation = {
  name: "timestamp-other",
  aspect: "timestamp",
  says: "the time {detail} is hashed, which stands elsewhere in the request",
  fix: "Hash the very timestamp that is sent beside the signature: one clock reading for both.",
  vary: ({ times }) =>
    times.map((time) =>
      variation(time, (hypothesis) => (time === hypothesis.timestamp ? undefined : { ...hypothesis, timestamp: time })),
    ),
};
