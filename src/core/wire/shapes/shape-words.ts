/** Words of the JSON shapes: what the same field means wherever it stands. */
import * as v from "valibot";

export const version = v.pipe(
  v.literal(1),
  v.description("Version of this shape. A change that breaks readers gets a new one."),
);
export const time = v.pipe(v.string(), v.isoTimestamp(), v.description("UTC, ISO 8601."));
export const milliseconds = v.pipe(v.number(), v.minValue(0), v.description("Milliseconds."));
export const bytes = v.pipe(v.number(), v.integer(), v.minValue(0), v.description("Bytes."));
export const requestId = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1),
  v.description("The request's id, as people type it."),
);
export const status = v.pipe(v.number(), v.integer(), v.description("HTTP status."));
export const headers = v.pipe(
  v.array(v.tuple([v.string(), v.string()])),
  v.description(
    "Name and value of each header, in wire order; one character a byte (latin-1). Credentials are masked unless --reveal is given.",
  ),
);
export const word = v.pipe(v.string(), v.description("Short and stable, for programs."));
export const sentence = v.pipe(v.string(), v.description("For people; its wording may change."));
export const pid = v.pipe(v.number(), v.integer(), v.description("Process id of the listener."));
/** Stands beside `bodyBase64`. */
export const bodyMasked = v.pipe(
  v.boolean(),
  v.description("Something in it is masked, so that these are not the bytes that came. With --body."),
);
export const bodyBase64 = v.pipe(
  v.string(),
  v.base64(),
  v.description("The stored body. With --body. Credentials are masked unless --reveal is given."),
);
