import { expect, test } from "vitest";
import { consumerObstacle, startConsumer } from "../helpers/consumers.ts";
import { runHere } from "../helpers/run-here.ts";
import { describeUnless } from "../helpers/tools.ts";

const SECRET = "s3cr3t key of the shop";

/** An example handler, and what it takes from an event that it accepts. */
interface Example {
  readonly file: string;
  readonly path: string;
  readonly send: readonly string[];
  readonly refusal: number;
  readonly says: RegExp;
}

const pushes = { path: "/webhook", send: ["push", "--provider", "github"], refusal: 403 };
const pushed = /^Queued event push delivery=[0-9a-f-]{36} of \S+\/\S+$/m;

const examples: readonly Example[] = [
  {
    file: "body_signature.py",
    path: "/webhooks",
    send: ["order.completed"],
    refusal: 401,
    says: /^order\.completed: new, an order$/m,
  },
  {
    file: "dated_signature.py",
    path: "/webhook",
    send: ["payment.succeeded", "--provider", "generic-t-s", "--envelope", "event-flat"],
    refusal: 401,
    says: /^Payment \S+: \$49\.99 succeeded$/m,
  },
  {
    file: "named_header.py",
    path: "/webhooks/order_events",
    send: ["order.created", "--provider", "generic-ecomm", "--envelope", "event-type"],
    refusal: 401,
    says: /^order\.created: ord_\w+$/m,
  },
  { file: "push_receiver.py", ...pushes, says: pushed },
  { file: "push_receiver.cjs", ...pushes, says: pushed },
];

for (const { file, path, send, refusal, says } of examples) {
  describeUnless(consumerObstacle(file), `the handler ${file}`, () => {
    test("accepts what send sends, and finds in it what it looks for", async () => {
      const consumer = await startConsumer(file, SECRET);
      const { code, out } = await runHere(["send", ...send, "--secret", SECRET, "--to", consumer.origin + path]);
      expect([code, out]).toEqual([0, expect.stringContaining("  200 in ")]);
      expect((await consumer.says(says))[0]).not.toBe("");
    });

    test("refuses what is tampered with, unsigned or signed with another secret", async () => {
      const { origin } = await startConsumer(file, SECRET);
      for (const flags of [["--secret", SECRET, "--tamper"], ["--unsigned"], ["--secret", "another"]]) {
        const { code, out } = await runHere(["send", ...send, ...flags, "--to", origin + path]);
        expect([code, out]).toEqual([1, expect.stringContaining(`  ${refusal} in `)]);
      }
    });
  });
}

describeUnless(consumerObstacle("body_signature.py"), "a handler that remembers events", () => {
  test("sees that a duplicate is one", async () => {
    const consumer = await startConsumer("body_signature.py", SECRET);
    const flags = ["--secret", SECRET, "--duplicate", "1", "--to", `${consumer.origin}/webhooks`];
    expect((await runHere(["send", "order.completed", ...flags])).code).toBe(0);
    expect((await consumer.says(/: new,[^]*(: seen before,)/))[1]).toBe(": seen before,");
  });
});
