import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonText } from "../../../../src/core/formats/json-text.ts";
import { hostileText } from "../../../helpers/hostile-text.ts";

test("any text survives, on one line that no terminal obeys, and is JavaScript", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const json = jsonText({ text });
      expect(JSON.parse(json)).toEqual({ text });
      expect(json).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}]/u);
    }),
  );
});
