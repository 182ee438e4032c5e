import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { fetchSnippet } from "../../../../src/core/formats/fetch.ts";
import type { ExportedRequest } from "../../../../src/core/formats/format.ts";
import { headerFields } from "../../../../src/core/model/headers.ts";
import { anyExported, exportedRequest, foreignHeaders, written } from "../../../helpers/exported.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { TargetServer } from "../../../helpers/target-server.ts";

test("a webhook is written as one call", () => {
  const headers = ["Host", "localhost:8000", "Content-Type", "application/json", "X-A", "\u00e9\u0080"];
  expect(written(fetchSnippet, exportedRequest({ headers })).toString())
    .toBe(`await fetch("http://localhost:8000/hooks", {
  method: "POST",
  headers: [
    ["Content-Type", "application/json"],
    ["X-A", "é\\u0080"],
  ],
  body: new TextEncoder().encode("{\\"hi\\":1}"),
  redirect: "manual",
}).then(async (response) => console.log(response.status, await response.text()));
`);
});

test.each([
  ["/a/../b", true],
  ["/a#b", true],
  ["/\u00c3\u00a9", true],
  ["/a?b[]=c", false],
])("the path %j is changed by fetch, which the snippet says: %s", (target, isTidied) => {
  const text = written(fetchSnippet, exportedRequest({ target })).toString();
  expect(text.startsWith("// fetch tidies this path")).toBe(isTidied);
});

test.each([
  [{ method: "TRACE" }, "fetch does not send TRACE"],
  [{ method: "GET" }, "fetch sends no body with GET"],
  [{ method: "post" }, "fetch writes this method in capitals"],
  [{ completeness: "malformed" } as const, "it was not valid HTTP"],
  [{}, undefined],
])("%j has the obstacle %j", (changes, obstacle) => {
  expect(fetchSnippet.obstacle(exportedRequest(changes))).toBe(obstacle);
});

test("Node runs the snippets, and the same method, headers and body arrive", async () => {
  const server = await TargetServer.answering();
  onTestFinished(() => server.close());
  const batch = fc.array(
    anyExported.filter((request) => fetchSnippet.obstacle(request) === undefined && !isLostByNode(request)),
    { minLength: 15, maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(batch, async (requests) => {
      const before = server.seen.length;
      const script = join(temporaryFolder(), "snippets.mjs");
      const aimed = requests.map((request) => ({ ...request, url: server.origin + request.target }));
      writeFileSync(script, written(fetchSnippet, ...aimed));
      await promisify(execFile)(process.execPath, [script]);
      const seen = server.seen.slice(before);
      expect(seen.map(({ method, body }) => [method, body.toString("hex")])).toEqual(
        requests.map(({ method, body }) => [method, Buffer.from(body).toString("hex")]),
      );
      for (const [at, { headers }] of requests.entries())
        expect(joined(seen[at]?.headers ?? [])).toEqual(expect.arrayContaining([...joined(headers)]));
    }),
    { numRuns: 5 },
  );
});

/** Node's own fetch keeps headers in an object on their way, and loses one that is called `__proto__`. */
function isLostByNode({ headers }: ExportedRequest): boolean {
  return [...headerFields(headers)].some(([name]) => name.toLowerCase() === "__proto__");
}

/** By name in small letters, repeats joined: the cookies by another sign than the rest. */
function joined(headers: readonly string[]): readonly (readonly [name: string, value: string])[] {
  const byName = new Map<string, string>();
  for (const [name, value] of foreignHeaders([...headerFields(headers)].flat())) {
    const lower = name.toLowerCase();
    const before = byName.get(lower);
    byName.set(lower, before === undefined ? value : `${before}${lower === "cookie" ? "; " : ", "}${value}`);
  }
  // No object: a header may be called __proto__.
  return [...byName];
}
