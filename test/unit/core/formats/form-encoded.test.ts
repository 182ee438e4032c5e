import { expect, test } from "vitest";
import { formEncoded } from "../../../../src/core/formats/form-encoded.ts";

test("all but unreserved characters are escaped, byte for byte", () => {
  expect(formEncoded("aZ09-._~ /+%\u00ff\n")).toBe("aZ09-._~+%2F%2B%25%FF%0A");
});
