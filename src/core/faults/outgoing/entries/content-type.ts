import type { HeaderPairs } from "../../../model/headers.ts";
import type { OutgoingFault } from "../outgoing-fault.ts";

const NAME = "content-type";
const WRONG = "text/plain";

export const contentType: OutgoingFault = {
  name: "content-type",
  summary: `It says that it is ${WRONG}, whatever it is.`,
  expected: "Refuses it with a 4xx, or reads it all the same; a 500 is a crash.",
  flag: "--fault content-type",
  change: { stage: "draft", edit: (message) => ({ ...message, headers: withWrongType(message.headers) }) },
};

/** In the place where the right one stands. */
function withWrongType(headers: HeaderPairs): HeaderPairs {
  const isType = (at: number): boolean => headers[at]?.toLowerCase() === NAME;
  if (!headers.some((_, at) => at % 2 === 0 && isType(at))) return [...headers, "Content-Type", WRONG];
  return headers.map((text, at) => (at % 2 === 1 && isType(at - 1) ? WRONG : text));
}
