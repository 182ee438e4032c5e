import type { Fault } from "../../../core/faults/fault.ts";
import type { OutgoingFault } from "../../../core/faults/outgoing/outgoing-fault.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { styled } from "../../terminal/printer.ts";

/** Each fault with what it does, what the other side makes of it, and how it is written. */
export function printFaults(at: Surroundings, incoming: readonly Fault[], outgoing: readonly OutgoingFault[]): void {
  const { out } = at;
  out.line(styled("What a sender can meet", "bold"), "  a plan is a list of these: 500x2,timeout:20s,after:reset,ok");
  for (const { syntax, summary, seen, examples } of incoming) {
    out.line("");
    out.line(styled(syntax, "bold"));
    printRows(at, { does: summary, sender: seen, example: examples.join("   ") });
  }
  out.line("");
  out.line("xN     so many times; the last one stays, and behind a last one with a count all is well");
  out.line("after: the handler gets the request and answers, and then the sender is lied to: the lost acknowledgement");
  out.line("");
  out.line(styled("What a handler can meet", "bold"), "  hookcli send with these flags");
  for (const { name, summary, expected, flag } of outgoing) {
    out.line("");
    out.line(styled(name, "bold"));
    printRows(at, { does: summary, handler: expected, example: `hookcli send order.completed ${flag}` });
  }
}

function printRows({ out }: Surroundings, rows: Readonly<Record<string, string>>): void {
  for (const [label, text] of Object.entries(rows)) out.line(styled(`  ${label.padEnd(8)}`, "dim"), text);
}
