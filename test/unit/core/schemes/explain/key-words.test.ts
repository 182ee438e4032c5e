import { expect, test } from "vitest";
import { keyFormText } from "../../../../../src/core/schemes/explain/key-words.ts";

test("a key form is told from the secret's side", () => {
  expect(keyFormText("utf8")).toBe("the secret as it is written");
  expect(keyFormText("whsec")).toContain("behind whsec_, decoded from base64");
});
