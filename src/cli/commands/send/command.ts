import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const send: CommandOf<typeof flags> = {
  name: "send",
  aliases: ["trigger"],
  group: "Send",
  summary: "Play the provider: make up events, sign them, send them",
  description:
    "Makes up an event as its provider would write it, with fresh ids and times, signs it and posts it to your app, or to the running listener, which stores and forwards it. Several types in one call are about the same object. Exit 0: all were accepted, 1: some were not, 5: a target gave no answer.",
  arguments: [
    {
      name: "[event-type...]",
      description: "order.completed, or as the provider names it: invoice.paid, issues.opened, orders/create",
    },
  ],
  flags,
  excludes: { unsigned: ["secret"], data: ["thin"] },
  needs: { seed: "shuffle" },
  examples: [
    { line: "hookcli send order.completed", says: "to the running listener" },
    {
      line: "hookcli send invoice.paid --provider stripe --secret whsec_test --to localhost:8000/webhooks",
      says: "as Stripe would send it, signed",
    },
    { line: "hookcli send order.created order.completed --shuffle", says: "two events of one order, out of order" },
    { line: "hookcli send order.completed --duplicate 2", says: "the same event three times" },
    { line: "hookcli send push --provider github --secret s3cret --tamper", says: "your handler should refuse this" },
    { line: "hookcli send order.completed --fault truncated", says: "and this never comes whole" },
    { line: "hookcli send order.completed --count 1000 --rate 50/s", says: "some load" },
  ],
  load: async () => (await import("./action.ts")).send,
};
