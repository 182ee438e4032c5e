import { delimiter, join } from "node:path";
import { chmodSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { httpie } from "../../../../src/core/formats/httpie.ts";
import { anyExported, exportedRequest, inShell, written } from "../../../helpers/exported.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("a webhook is written with its headers as items and its body raw", () => {
  const headers = ["Host", "localhost:8000", "Accept", "*/*", "X-Empty", "", "Content-Type", "application/json"];
  expect(written(httpie, exportedRequest({ headers })).toString())
    .toBe(`http --ignore-stdin --raw='{"hi":1}' POST http://localhost:8000/hooks \\
  'Accept: */*' \\
  'X-Empty;' \\
  'Content-Type: application/json'
`);
});

test.each([
  ["is piped in where it is no text", { body: Buffer.from([0, 255]) }, "printf '\\000\\377' | http POST http"],
  ["may be missing", { body: Buffer.alloc(0), headers: [] }, "http --ignore-stdin POST http://localhost:8000/hooks"],
  ["may begin with a dash", { body: Buffer.from("-v") }, "--raw=-v"],
])("a body %s", (_, changes, part) => {
  expect(written(httpie, exportedRequest(changes)).toString()).toContain(part);
});

test("a header that begins with a dash is no option", () => {
  const text = written(httpie, exportedRequest({ headers: ["-v", "1"] })).toString();
  expect(text).toContain("-- POST http://localhost:8000/hooks");
});

describe("of a path that HTTPie changes the command says so:", () => {
  test.each(["/a#b", "/a/../b", "/a[b]", "/\u00ff", "/%c3%a9", "/%41", "/%zz", "/a|b"])("%s", (target) => {
    expect(written(httpie, exportedRequest({ target })).toString()).toMatch(/^# HTTPie tidies this path/);
  });

  test.each(["/", "/hooks?a=b&c=%C3%A9", "/a/...", "/a+b~c;d"])("but not of %s", (target) => {
    expect(written(httpie, exportedRequest({ target })).toString()).toMatch(/^http /);
  });
});

test.each([
  ["a method with a dash", { method: "M-SEARCH" }, "HTTPie takes a method of other than letters for a URL"],
  ["a header that is no UTF-8", { headers: ["X-A", "\u00ff"] }, "HTTPie sends no header that is not UTF-8"],
  [
    "a header with an escaped separator",
    { headers: ["X-A", "a\\:b"] },
    "HTTPie cannot be told a header with a backslash before :, ;, = or @",
  ],
  ["what was no HTTP", { completeness: "malformed" } as const, "it was not valid HTTP"],
  ["anything else", {}, undefined],
])("it has an obstacle in %s", (_, changes, obstacle) => {
  expect(httpie.obstacle(exportedRequest(changes))).toBe(obstacle);
});

test("a shell runs one command and nothing else, whatever the request holds", async () => {
  const folder = temporaryFolder();
  // Prints how many arguments it got, the last of them, and what it is fed.
  const stub = `#!/bin/sh
for word in "$@"; do last=$word; done
printf '%s:%s:' "$#" "$last"
case "$*" in *--ignore-stdin*) ;; *) cat ;; esac
printf '<end>'
`;
  writeFileSync(join(folder, "http"), stub);
  chmodSync(join(folder, "http"), 0o755);
  const env = { PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` };
  await fc.assert(
    fc.asyncProperty(fc.array(anyExported, { minLength: 15, maxLength: 25 }), async (requests) => {
      const printed = await inShell(written(httpie, ...requests), env);
      expect(printed.toString("latin1").split("<end>")).toHaveLength(requests.length + 1);
    }),
    { numRuns: 4 },
  );
});
