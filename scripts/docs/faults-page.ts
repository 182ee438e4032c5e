import { faults } from "../../src/core/faults/index.ts";
import { outgoingFaults } from "../../src/core/faults/outgoing/index.ts";
import { code, fence, GENERATED, page, table } from "./markdown.ts";

export function renderFaultsPage(): string {
  return page(
    GENERATED,
    "# Faults",
    "hookcli misbehaves on purpose, in both directions, so that a sender's retries and a handler's checks can be tried. `hookcli faults` prints this list.",
    "## What a sender can meet",
    table(
      ["fault", "what hookcli does", "what the sender makes of it", "examples"],
      faults.map(({ syntax, summary, seen, examples }) => [code(syntax), summary, seen, examples.map(code).join(" ")]),
    ),
    "A reply that a fault makes up carries the header `x-hookcli-reason: fault`.",
    "## Plans",
    "A plan is a list of faults with commas between them. The first attempt of an event meets the first one, the next attempt the second one, and so on:",
    fence("500x2,timeout:20s,after:reset,ok"),
    [
      "- `xN` behind a fault says how often it is met; without it once.",
      "- The last fault stays for ever, unless it has a count: behind `500x2` alone, all is well from the third attempt on.",
      "- Without a prefix the handler never sees the request. With `after:` it gets the request and answers, and only then the sender is lied to. That is the lost acknowledgement: the work is done, the sender does not know it and comes again, and a handler that does not look at the event's id does the work twice.",
      "- `delay` lets the handler have its say in either case: it waits before the handler gets the request, with `after:` before the sender gets the answer.",
      '- What stands behind a colon and holds a comma, a semicolon (in a field), a space or a quote is quoted; inside quotes a quote is written `\\"` and a backslash `\\\\`. A count behind text that is no number needs quotes too: `redirect:"/a"x2`.',
      "- A status takes fields with semicolons between them: `name=value` is a header, `body=text` the body.",
      "- Durations are written `500ms`, `20s`, `5m`, sizes `10`, `1KiB`, paces `10`, `1KiB/s`.",
    ].join("\n"),
    "## What a handler can meet",
    table(
      ["fault", "what is sent", "what a handler that is right makes of it", "hookcli send"],
      outgoingFaults.flatMap(({ name, summary, expected, flag }) =>
        flag === undefined ? [] : [[name, summary, expected, code(flag)]],
      ),
    ),
  );
}
