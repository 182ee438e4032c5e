import { expect, test } from "vitest";
import { adviceAfter } from "../../../../src/cli/words/no-answer-words.ts";

test("only a server that is not there is to be started", () => {
  expect(adviceAfter("refused")).toBe("Start your server");
  const others = ["timeout", "reset", "cut-off", "bad-response", "dns", "unreachable", "tls", "unsendable"] as const;
  for (const reason of others) expect(adviceAfter(reason)).toMatch(/^(?:See|Check|Look at) /);
});

test("a flag is named where one helps", () => {
  expect(adviceAfter("timeout")).toContain("--timeout");
  expect(adviceAfter("tls")).toContain("--insecure");
});
