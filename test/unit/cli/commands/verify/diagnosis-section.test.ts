import { expect, test } from "vitest";
import { printDiagnosis } from "../../../../../src/cli/commands/verify/diagnosis-section.ts";
import type { SearchResult } from "../../../../../src/core/schemes/explain/search.ts";
import { textBody } from "../../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";
import { verification } from "../../../../helpers/verifications.ts";

async function printed(search: SearchResult | undefined, body = "{}", isRevealed = false): Promise<string> {
  const { at, out } = await recordedSurroundings();
  const found = await verification({ message: { body: textBody(body) }, isRevealed });
  if (!found.explanation) throw new Error("not explained");
  printDiagnosis(at.out, found, { ...found.explanation, search });
  return out();
}

const cost = { checks: 12, bytes: 3400 };
const SQUARE = "A".repeat(43) + "=";
const found: SearchResult = {
  ...cost,
  diagnosis: {
    causes: [
      { name: "a", says: "this is done", fix: "Do this." },
      { name: "b", says: "that as well", fix: "Do that." },
    ],
    secret: { name: "--secret", text: "x" },
    place: "X-Sig",
    body: { signedBytes: 1200, receivedBytes: 2, atByte: 1, signed: Buffer.from(" \n"), received: Buffer.from("}") },
  },
};

test("a cause is told with its fix, and where the bodies part", async () => {
  expect(await printed(found)).toBe(
    [
      "",
      "Why        The signature holds if this is done, and that as well.",
      "           1,200 bytes were signed and 2 came; they part at byte 1.",
      String.raw`           signed  " \n"`,
      '           came    "}"',
      "Fix        Do this.",
      "           Do that.",
      "",
    ].join("\n"),
  );
});

test("pieces of a body that holds a credential are shown with --reveal only", async () => {
  const body = '{"password":"hunter2"}';
  expect(await printed(found, body)).not.toContain("came    ");
  expect(await printed(found, body, true)).toContain("came    ");
});

test("where nothing is found, what was tried is told, and what is likely", async () => {
  const text = await printed({ ...cost, stoppedBy: "checks" });
  expect(text).toContain("makes it hold: 12 variants tried, 3.4 kB hashed.");
  expect(text).toContain("The likeliest cause is another secret");
  expect(text).not.toContain("cut short");
  expect(await printed({ ...cost, stoppedBy: "bytes" })).toContain("The search was cut short: the body is large.");
  expect(await printed({ checks: 0, bytes: 0, stoppedBy: "bytes" })).toContain("too large to look for a cause");
});

test("where the address is signed, it is named before the secret", async () => {
  const { at, out } = await recordedSurroundings();
  const seen = await verification({
    scheme: "square",
    message: { headers: ["x-square-hmacsha256-signature", SQUARE] },
  });
  if (!seen.explanation) throw new Error("not explained");
  printDiagnosis(at.out, seen, { ...seen.explanation, search: { ...cost, stoppedBy: "checks" } });
  expect(await out()).toMatch(/likeliest causes are that the provider posts to another one \(--public-url\), and/);
});

test("where nothing was looked for, nothing is said", async () => {
  expect(await printed(undefined)).toBe("");
});
