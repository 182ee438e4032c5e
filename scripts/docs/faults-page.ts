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
    "## A listener that goes wrong",
    fence("hookcli listen --forward 8000 --fail after:resetx2"),
    [
      "- `--fail <plan>` is the plan. It is announced when the listener is up, on each line that it touches, and counted in the last one; with `--json` the `ready` line holds it.",
      "- `--fail-per event|path|all` says who goes through the plan on its own. An event is its provider's name and its id, or where it names none its body: providers mix the attempts of several events, and each event still meets the plan from its beginning. 10,000 events or paths are remembered; one that was not seen for longer begins anew.",
      "- `--fail-rate 30%` throws dice for each request, and those that they spare meet nothing and count nowhere. `--seed` makes them fall as they did before; the listener says which seed it took.",
      "- `--fail-match <filter>` asks first: what it does not let through meets nothing. It is [the same language](filters.md) as everywhere, as far as it is known when a request arrives.",
      "- Refusals (of what is no HTTP, or does not verify with `--verify`) and handshakes come before any fault.",
      "- What the handler did and what the sender was told are two things, stored and shown apart: `→ 200 in 3 ms  (sent reset: lost ack 1 of 2)`. An acknowledgement is lost where the handler said 2xx and its sender was not told so. `is:faulted` finds the requests, and the filters for status and state go on meaning what the handler did.",
      "- A held sender is let go when it leaves, when the time is over, or when the listener ends: a silence then ends with the connection, a delay at once. Who closes its half of the connection half a second or more after its request has left; who does it at once still gets an answer. An answer of the app of more than 1 MiB is taken from it only as fast as it can be passed on, so that `after:delay` and `after:slow` can let `--timeout` end its attempt.",
    ].join("\n"),
    "## What a handler can meet",
    "`hookcli send --fault <name>` sends an event that is wrong in this way; `--fault` again adds another. Some have a flag of their own.",
    table(
      ["fault", "what is sent", "what a handler that is right makes of it", "hookcli send"],
      outgoingFaults.map(({ name, summary, expected, flag }) => [name, summary, expected, code(flag)]),
    ),
  );
}
