import { Covers } from "../../../../src/core/model/covers.ts";
import { covering, usualMask } from "../../../../src/core/model/mask.ts";
import { describe, expect, test } from "vitest";
import {
  againPiece,
  causeLine,
  isTroubled,
  outcomePiece,
  requestLine,
  statusStyle,
} from "../../../../src/cli/words/request-words.ts";
import { wholeBody } from "../../../../src/core/model/body.ts";
import type { Outcome } from "../../../../src/core/model/delivery.ts";
import { MASK } from "../../../../src/core/model/redact.ts";
import { answered, sampleAttempt, sampleRequest, spooledBody, textBody, unanswered } from "../../../helpers/samples.ts";

const interrupted: Outcome = { kind: "interrupted" };

test("a request line is method and target, UTF-8 as a person wrote it, credentials masked", () => {
  expect(requestLine(sampleRequest())).toBe("POST /hooks");
  expect(requestLine(sampleRequest({ target: "/caf\u00c3\u00a9?token=abc" }))).toBe(`POST /café?token=${MASK}`);
  expect(requestLine(sampleRequest({ method: "", target: "" }))).toBe("(not HTTP)");
});

test.each([
  [answered(200), 23, "200 in 23 ms", "good"],
  [answered(503), 1500, "503 in 1.5 s", "bad"],
  [unanswered("refused", "x"), 0.2, "no answer: refused in <1 ms", "bad"],
  [interrupted, undefined, "interrupted", "bad"],
  [undefined, undefined, "running", "wait"],
])("an attempt that ended with %j says so", (outcome, durationMs, text, style) => {
  expect(outcomePiece(sampleAttempt({ outcome, durationMs }))).toEqual({ text, style });
});

test("a second attempt says why there is one", () => {
  expect(againPiece(sampleAttempt({ number: 1 }))).toBe("");
  const text = "  (attempt 2: the app was closing its connection)";
  expect(againPiece(sampleAttempt({ number: 2 }))).toEqual({ text, style: "dim" });
});

test("the colour of a status is that of its class", () => {
  expect([200, 299, 300, 399, 400, 499, 500].map(statusStyle)).toEqual([
    "good",
    "good",
    "link",
    "link",
    "wait",
    "wait",
    "bad",
  ]);
});

test("trouble is everything but a response below 400", () => {
  expect([answered(200), answered(399)].filter(isTroubled)).toEqual([]);
  expect([answered(400), answered(500), unanswered("dns", ""), interrupted, undefined].every(isTroubled)).toBe(true);
});

describe("the cause of a failure", () => {
  test("is the beginning of the body, in one line and masked", () => {
    expect(causeLine(answered(500, ' <h1>\n\tOops</h1>\r\n "token":"abc" '), usualMask)).toBe(
      `<h1> Oops</h1> "token":"${MASK}"`,
    );
    expect(causeLine(answered(500, "x".repeat(500)), usualMask)).toBe(`${"x".repeat(119)}…`);
    expect(causeLine(answered(500), usualMask)).toBe("");
  });

  test("hides a secret that is longer than what is looked at", () => {
    expect(causeLine(answered(500, `{"token":"${"s3cret".repeat(1000)}"}`), usualMask)).not.toContain("s3cret");
  });

  test.each([0, 100, 400, 470, 480, 500])("hides a known secret that the end of what is shown would cut (%i)", (at) => {
    const covers = new Covers();
    covers.add("ordinary-text-4711-and-more");
    const says = causeLine(answered(500, `${" ".repeat(at)}ordinary-text-4711-and-more`), covering(covers));
    expect(says).toBe(at < 480 ? MASK : "");
    const shown = causeLine(answered(500, `${"x".repeat(110)}ordinary-text-4711-and-more`), covering(covers));
    expect(shown).toBe(`${"x".repeat(110)}${MASK}`);
  });

  test("is nothing where the body is spooled", () => {
    const outcome = answered(500);
    if (outcome.kind !== "response") expect.fail("a response");
    const response = { ...outcome.response, body: spooledBody("large") };
    expect(causeLine({ kind: "response", response }, usualMask)).toBe("");
  });

  test("is the detail where there was no response", () => {
    expect(causeLine(unanswered("refused", "127.0.0.1:8000"), usualMask)).toBe("127.0.0.1:8000");
    expect(causeLine(interrupted, usualMask)).toBe("hookcli was stopped before the target answered");
  });
});

test("a whole body is its bytes, also as a view into a larger buffer and out of a file", async () => {
  const view = new Uint8Array(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2);
  expect([...(await wholeBody({ kind: "bytes", bytes: view }))]).toEqual([2, 3]);
  expect((await wholeBody(spooledBody("0123456789"))).toString()).toBe("0123456789");
  expect((await wholeBody(textBody(""))).length).toBe(0);
});
