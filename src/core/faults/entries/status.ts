import { toWire } from "../../model/headers.ts";
import { contentTypeOf, jsonReply, REASON_HEADER, type Reply } from "../../model/reply.ts";
import { type Fault, type FaultOptions, lie } from "../fault.ts";

export const status: Fault = {
  name: "status",
  syntax: "<status>[:header=value;body=text]",
  takes: "fields",
  isArgumentNeeded: false,
  summary: "Answers with this status, and with the headers and the body that stand behind it.",
  seen: "A whole answer that is no success, or the success that a 2xx claims.",
  examples: ["500", "503x2", "429:retry-after=3", String.raw`422:body="{\"error\":\"no such order\"}";x-shop=1`],
  intercept: (options, isAfter) => lie(isAfter, () => replyOf(options)),
};

function replyOf({ status: code = 500, headers = [], body }: FaultOptions): Reply {
  const fields = headers.flatMap(([name, value]) => [name, toWire(value)]);
  const reason = [REASON_HEADER, "fault"];
  if (body === undefined)
    return withOwn(jsonReply(code, { error: "a fault on purpose", reason: "fault" }, reason), fields);
  const bytes = Buffer.from(body);
  const type = bytes.length > 0 ? ["content-type", contentTypeOf(body)] : [];
  return withOwn({ status: code, headers: [...type, ...reason], body: { kind: "bytes", bytes } }, fields);
}

/** What a person names stands in place of hookcli's own. */
function withOwn(reply: Reply, fields: readonly string[]): Reply {
  const named = new Set(fields.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase()));
  const kept = reply.headers.flatMap((name, at) =>
    at % 2 === 0 && !named.has(name) ? [name, reply.headers[at + 1] ?? ""] : [],
  );
  return { ...reply, headers: [...kept, ...fields] };
}
