import { describe, expect, test } from "vitest";
import type { Piece } from "../../../../../src/cli/terminal/printer.ts";
import { ageText, nextStep, verdictLine, whatToDo } from "../../../../../src/cli/commands/verify/verification-words.ts";
import { SIGNED_AT_S } from "../../../../helpers/explained.ts";
import { verification, type VerificationWanted } from "../../../../helpers/verifications.ts";

const text = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
const sig = `t=${SIGNED_AT_S},v1=${"0".repeat(64)}`;

const cases: readonly (readonly [string, VerificationWanted, string, string])[] = [
  ["verified", {}, "✓ The signature holds, under --secret", "hookcli replay 44"],
  ["stale", { context: { atMs: 2e12 } }, "holds, and is too old, under --secret", "hookcli verify 44 --tolerance 0"],
  [
    "wrong",
    { message: { headers: ["Stripe-Signature", sig] } },
    "does not hold",
    "hookcli verify 44 --secret <another",
  ],
  [
    "without a secret",
    { context: { secrets: [] } },
    "no secret to hold it against",
    "hookcli verify 44 --secret <value>",
  ],
  ["not signed", { message: { headers: [] } }, "The signature is missing", "hookcli verify 44 --secret"],
  [
    "not signed, unasked",
    { message: { headers: [] }, context: { isExpected: false } },
    "There is no signature",
    "hookcli providers stripe",
  ],
  [
    "unreadable",
    { message: { headers: ["Stripe-Signature", "t=1,v1=x"] } },
    "cannot be read: Stripe-Signature holds no",
    "hookcli verify 44",
  ],
  [
    "half there",
    { scheme: "slack", message: { headers: ["X-Slack-Signature", `v0=${"0".repeat(64)}`] } },
    "and X-Slack-Request-Timestamp is missing",
    "hookcli verify 44",
  ],
  ["not judged", { scheme: "paypal" }, "cannot be judged: that takes", "hookcli providers paypal"],
  ["cut", { subject: { completeness: "truncated" } }, "Not all of the body is there (truncated)", "hookcli show 44"],
  ["no HTTP", { subject: { completeness: "malformed" } }, "no HTTP, so nothing is signed", "hookcli show 44"],
];

describe("the verdict in a line, and the next command", () => {
  test.each(cases)("%s", async (_, wanted, says, next) => {
    const found = await verification(wanted);
    expect(text(verdictLine(found, true))).toMatch(/^#44 {2}POST \/hooks {2}[✓✗] /);
    expect(text(verdictLine(found, true))).toContain(says);
    expect(nextStep(found)).toContain(next);
  });

  test("of a message that is not in the store", async () => {
    const found = await verification({ subject: { requestId: undefined }, context: { secrets: [] } });
    expect(text(verdictLine(found, false))).toMatch(/^POST \/hooks {2}NO: /);
    expect(nextStep(found)).toContain("hookcli verify --body-file … --secret <value>");
  });
});

describe("what to do", () => {
  test("without a secret, or without a signature: where there is one", async () => {
    expect(whatToDo(await verification({ context: { secrets: [] } }))).toBe(
      "The secret stands where the webhook is set up at Stripe; give it with --secret, HOOKCLI_SECRET_STRIPE or a configuration file.",
    );
    const unsigned = { message: { headers: [] }, context: { isExpected: false } };
    expect(whatToDo(await verification(unsigned))).toContain("Set a secret where the webhook is set up at Stripe");
    expect(whatToDo(await verification({ ...unsigned, scheme: "cloudevents" }))).toContain("has no signature");
  });

  test("is nothing more where there was something to compare", async () => {
    expect(whatToDo(await verification())).toBeUndefined();
  });
});

test.each([
  [500, "500 ms"],
  [119 * 60_000, "119 min"],
  [182 * 60_000, "3 h 2 min"],
  [12 * 86_400_000, "12 days"],
  [4000 * 86_400_000, "4,000 days"],
])("%d ms are %s", (ageMs, says) => {
  expect(ageText(ageMs)).toBe(says);
});
