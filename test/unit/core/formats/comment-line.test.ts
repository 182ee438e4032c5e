import fc from "fast-check";
import { expect, test } from "vitest";
import { commentLine } from "../../../../src/core/formats/comment-line.ts";
import { curl } from "../../../../src/core/formats/curl.ts";
import { fetchSnippet } from "../../../../src/core/formats/fetch.ts";
import { har } from "../../../../src/core/formats/har.ts";
import { http } from "../../../../src/core/formats/http.ts";
import { httpie } from "../../../../src/core/formats/httpie.ts";
import { ndjson } from "../../../../src/core/formats/ndjson.ts";
import { parseCurl } from "../../../../src/core/formats/parse-curl.ts";
import { parseHar } from "../../../../src/core/formats/parse-har.ts";
import { exportedRequest, written } from "../../../helpers/exported.ts";

test("a note is a comment on a line of its own; where there is none there is no line", () => {
  expect(commentLine("#", { note: "hookcli replay 42 signs it anew" })).toBe("# hookcli replay 42 signs it anew\n");
  expect(commentLine("//", { note: "a" })).toBe("// a\n");
  expect(commentLine("#", {})).toBe("");
});

test("whatever a note holds, it neither ends the comment nor opens a quote", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (note) => {
      expect(commentLine("#", { note: `it's\n$(id)\u2028${note}` })).toMatch(/^# it s id[\w.,:/ -]*\n$/);
    }),
  );
});

const noted = exportedRequest({ note: "it's old" });

test.each([
  [curl, "# it s old\ncurl "],
  [httpie, "# it s old\nhttp "],
  [fetchSnippet, "// it s old\nawait fetch("],
])("as $name a request has its note in front", (format, beginning) => {
  expect(written(format, noted).toString().startsWith(beginning)).toBe(true);
});

test("whoever reads a request again does not read its note", () => {
  const plain = exportedRequest();
  expect(parseCurl(written(curl, noted, noted))).toEqual(parseCurl(written(curl, plain, plain)));
  expect(written(har, noted).toString()).toContain('"comment":"it\'s old"');
  expect(parseHar(written(har, noted))).toEqual(parseHar(written(har, plain)));
  for (const format of [http, ndjson]) expect(written(format, noted).equals(written(format, plain))).toBe(true);
});
