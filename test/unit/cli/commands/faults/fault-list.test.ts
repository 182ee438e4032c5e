import { expect, test } from "vitest";
import { printFaults } from "../../../../../src/cli/commands/faults/fault-list.ts";
import { findFault } from "../../../../../src/core/faults/index.ts";
import { outgoingFaults } from "../../../../../src/core/faults/outgoing/index.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

test("each fault is a block of its own, with what it does, what the other side makes of it, and examples", async () => {
  const { at, out } = await recordedSurroundings();
  const delay = findFault("delay");
  if (!delay) throw new Error("no delay");
  printFaults(
    at,
    [delay],
    outgoingFaults.filter(({ name }) => name === "duplicated"),
  );
  expect(await out()).toBe(`What a sender can meet  a plan is a list of these: 500x2,timeout:20s,after:reset,ok

delay:duration
  does    Waits before the handler gets the request; with after: once it has answered, before the sender hears it.
  sender  The handler's answer, late, if it still waits for it.
  example delay:12s   after:delay:12s

xN     so many times; the last one stays, and behind a last one with a count all is well
after: the handler gets the request and answers, and then the sender is lied to: the lost acknowledgement

What a handler can meet  hookcli send with these flags

duplicated
  does    The same event comes twice, with the same id.
  handler Accepts both, and does its work once.
  example hookcli send order.completed --duplicate 1
`);
});
