import { expect, test } from "vitest";
import { printVerification } from "../../../../../src/cli/commands/verify/verification.ts";
import { SECRET, SIGNED_AT_S } from "../../../../helpers/explained.ts";
import { textBody } from "../../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";
import { verification, type VerificationWanted } from "../../../../helpers/verifications.ts";

async function printed(wanted: VerificationWanted = {}): Promise<string> {
  const { at, out } = await recordedSurroundings();
  printVerification(at.out, await verification(wanted));
  return out();
}

test("what holds: the verdict first, then what was signed, by which secret, and how old", async () => {
  expect((await printed()).split("\n")).toEqual([
    "#44  POST /hooks  ✓ The signature holds, under --secret",
    "",
    "provider   stripe  by header stripe-signature",
    "header     Stripe-Signature: t={ts},v1={sig}",
    "method     HMAC-SHA256, in hex, over {ts}.{body}",
    "key        the secret as it is written",
    "signed     ts     1772600767",
    "                  .",
    '           body   37 bytes  {"id":"evt_1","type":"order.created"}',
    "signed at  2026-03-04T05:06:07.000Z, 500 ms before it came; 5 min are allowed",
    "secret     --secret  fits",
    expect.stringMatching(/^received {3}[0-9a-f]{8}… \(64 characters\) {2}in Stripe-Signature {2}holds$/) as unknown,
    "",
    "Next: hookcli replay 44",
    "",
  ]);
});

test("what does not hold: the cause, its fix, and no expected signature", async () => {
  const text = await printed({ message: { body: textBody('{"id":"evt_1", "type":"order.created"}') } });
  expect(text).toContain("✗ The signature does not hold\n");
  expect(text).toContain("expected   64 characters; --reveal shows them\n");
  expect(text).toMatch(
    /\nWhy {8}The signature holds if the body is written as JavaScript's JSON\.stringify\(body\) does\.\n/,
  );
  expect(text).toMatch(/\nFix {8}Hash the bytes/);
  expect(text).not.toContain(SECRET.text);
});

test("--reveal shows both signatures whole, and masks nothing", async () => {
  const body = textBody('{"id":"evt_1","card":"4242 4242 4242 4242"}');
  expect(await printed({ message: { body } })).not.toContain("4242");
  const text = await printed({ message: { body }, isRevealed: true });
  expect(text).toContain("4242 4242 4242 4242");
  expect(text).toMatch(/received {3}[0-9a-f]{64} /);
  expect(text).toMatch(/expected {3}[0-9a-f]{64}\n/);
});

test("what only code knows to put together is shown with --reveal", async () => {
  const body = textBody(`{"signature":{"timestamp":"1772600767","token":"t0k","signature":"${"a".repeat(64)}"}}`);
  const wanted = { scheme: "mailgun", message: { body, headers: [] } };
  expect(await printed(wanted)).toContain("signed            13 bytes; --reveal shows them\n");
  expect(await printed({ ...wanted, isRevealed: true })).toContain("signed            1772600767t0k\n");
});

test("age is a finding of its own", async () => {
  const stale = { context: { atMs: (SIGNED_AT_S + 3 * 86_400) * 1000 } };
  expect(await printed(stale)).toContain(
    "2026-03-04T05:06:07.000Z, 3 days before 2026-03-07T05:06:07.000Z; 5 min are allowed, too old\n",
  );
  const early = { context: { atMs: (SIGNED_AT_S - 60) * 1000 } };
  expect(await printed(early)).toContain(
    "60 s after 2026-03-04T05:05:07.000Z; 5 min are allowed\n".replace("60 s", "1 min"),
  );
});

test("a token that is sent along is not printed, revealed or not", async () => {
  const wanted = { scheme: "gitlab", message: { headers: ["X-Gitlab-Token", "glsecret_1234"] }, isRevealed: true };
  const text = await printed(wanted);
  expect(text).toContain("received   a token  in x-gitlab-token\n");
  expect(text).not.toContain("glsecret_1234");
});

test("text of a request is made harmless", async () => {
  const text = await printed({ message: { body: textBody("\u001b[2J\r\nx") } });
  expect(text).toContain(String.raw`\x1b[2J\r\nx`);
  expect(text).not.toContain("\u001b");
});

test("a body too large to hold in a line is shortened", async () => {
  expect(await printed({ message: { body: textBody("x".repeat(100_000)) } })).toMatch(/ 100,000 bytes {2}x{59}…\n/);
});

test("without a rule and a sender there is little to say", async () => {
  const { at, out } = await recordedSurroundings({ isUnicode: false });
  printVerification(at.out, { ...(await verification()), recognition: undefined, explanation: undefined });
  expect(await out()).toBe(
    "#44  POST /hooks  NO: There is no signature that hookcli knows\n\nNext: hookcli verify 44 --provider <name> (hookcli providers lists them)\n",
  );
});
