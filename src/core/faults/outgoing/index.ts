import { contentType } from "./entries/content-type.ts";
import { duplicated } from "./entries/duplicated.ts";
import { future } from "./entries/future.ts";
import { slowUpload } from "./entries/slow-upload.ts";
import { stale } from "./entries/stale.ts";
import { tampered } from "./entries/tampered.ts";
import { truncated } from "./entries/truncated.ts";
import type { OutgoingFault } from "./outgoing-fault.ts";

/** Every fault that a handler can meet, in the order of help and docs. */
export const outgoingFaults: readonly OutgoingFault[] = [
  tampered,
  stale,
  future,
  duplicated,
  contentType,
  truncated,
  slowUpload,
];
