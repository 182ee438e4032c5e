import type { CapturedRequest } from "./request.ts";

/** What a webhook is on the wire, whoever sends it: all that a signature can be about. */
export type Message = Pick<CapturedRequest, "method" | "target" | "headers" | "body">;
