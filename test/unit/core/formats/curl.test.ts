import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { curl } from "../../../../src/core/formats/curl.ts";
import type { ExportedRequest } from "../../../../src/core/formats/format.ts";
import { maskRequest } from "../../../../src/core/formats/mask-request.ts";
import { anyExported, essence, exportedRequest, foreignHeaders, inShell, written } from "../../../helpers/exported.ts";
import { nastyStrings } from "../../../helpers/hostile-text.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { TargetServer } from "../../../helpers/target-server.ts";
import { testWithTool } from "../../../helpers/tools.ts";

const BROWSER_LIKE = ["Host", "localhost:8000", "User-Agent", "Stripe/1.0", "Accept", "*/*"];

describe("a webhook is written", () => {
  test("with one -H for each header, in order", () => {
    const headers = [...BROWSER_LIKE, "Content-Type", "application/json", "X-Tag", "a", "X-Tag", "b", "X-Empty", ""];
    expect(written(curl, exportedRequest({ headers })).toString()).toBe(`curl -X POST http://localhost:8000/hooks \\
  -H 'User-Agent: Stripe/1.0' \\
  -H 'Accept: */*' \\
  -H 'Content-Type: application/json' \\
  -H 'X-Tag: a' \\
  -H 'X-Tag: b' \\
  -H 'X-Empty;' \\
  --data-binary '{"hi":1}'
`);
  });

  test("without what belongs to the connection, and with the Host where it is another one", () => {
    const headers = [
      "Host",
      "shop.example",
      "Connection",
      "close",
      "Content-Length",
      "8",
      "Content-Type",
      "text/plain",
    ];
    expect(written(curl, exportedRequest({ headers })).toString()).toBe(`curl -X POST http://localhost:8000/hooks \\
  -H 'Host: shop.example' \\
  -H 'Content-Type: text/plain' \\
  -H 'User-Agent:' \\
  -H 'Accept:' \\
  --data-binary '{"hi":1}'
`);
  });

  test.each([
    ["GET", "", "curl http://localhost:8000/hooks"],
    ["HEAD", "", "curl --head http://localhost:8000/hooks"],
    ["GET", "x", "curl -X GET http://localhost:8000/hooks"],
    ["DELETE", "", "curl -X DELETE http://localhost:8000/hooks"],
  ])("%s with the body %j", (method, body, line) => {
    const request = exportedRequest({ method, body: Buffer.from(body), headers: BROWSER_LIKE });
    expect(written(curl, request).toString().split(" \\\n")[0]).toBe(line);
  });

  test.each([
    ["an @ in front", "@file", "--data-raw @file"],
    ["bytes", "\0", "printf '\\000' | curl"],
    ["more than an argument holds", "a".repeat(100_001), "printf %s aaa"],
    ["no content but a length", "", "--data-binary ''"],
  ])("with a body of %s", (_, body, part) => {
    const request = exportedRequest({ body: Buffer.from(body), headers: ["Content-Length", "1"] });
    expect(written(curl, request).toString()).toContain(part);
  });

  test.each([
    ["/a?b[]=c", "--globoff 'http://localhost:8000/a?b[]=c'"],
    ["/a/../b", "--request-target /a/../b http://localhost:8000/"],
    ["/a#b", "--request-target '/a#b' http://localhost:8000/"],
    ["/\u00c3\u00a9", "--request-target '/é' http://localhost:8000/"],
    ["/\u00ff", `--request-target /"$(printf '\\377')" http://localhost:8000/`],
  ])("with the target %j", (target, part) => {
    expect(written(curl, exportedRequest({ target })).toString()).toContain(`curl -X POST ${part} \\`);
  });
});

test("a large body is sent without asking first", () => {
  expect(written(curl, exportedRequest({ body: new Uint8Array(1024 * 1024 + 1) })).toString()).toContain(
    "-H 'Expect:'",
  );
});

test("several commands stand apart", () => {
  const request = exportedRequest({ method: "GET", body: new Uint8Array(0), headers: BROWSER_LIKE });
  expect(written(curl, request, request).toString().split("\n\n")).toHaveLength(2);
});

test("masks are readable", () => {
  const request = maskRequest(exportedRequest({ target: "/?token=abc", headers: ["Authorization", "Bearer x"] }));
  const text = written(curl, request).toString();
  expect(text).toContain("'Authorization: ••••'");
  expect(text).toContain("'/?token=••••'");
});

test("what was no HTTP cannot be written", () => {
  expect(curl.obstacle(exportedRequest({ completeness: "malformed" }))).toBe("it was not valid HTTP");
  expect(curl.obstacle(exportedRequest())).toBeUndefined();
});

const batch = fc.array(anyExported, { minLength: 15, maxLength: 25 });
const examples: [ExportedRequest[]][] = [
  [
    nastyStrings.map((text) =>
      exportedRequest({
        headers: [
          "X-Nasty",
          Buffer.from(text.replaceAll(/\p{Cc}/gu, ""))
            .toString("latin1")
            .trim(),
        ],
        body: Buffer.from(text),
      }),
    ),
  ],
];

test("a shell hands curl exactly the method, target, headers and body, whatever they hold", async () => {
  await fc.assert(
    fc.asyncProperty(batch, async (requests) => {
      const calls = await callsOfStub(written(curl, ...requests));
      expect(calls).toEqual(requests.map(essence));
    }),
    { numRuns: 6, examples },
  );
});

testWithTool("curl", "the real curl sends exactly the method, target, headers and body", async () => {
  const server = await TargetServer.answering();
  onTestFinished(() => server.close());
  await fc.assert(
    fc.asyncProperty(batch, async (requests) => {
      const before = server.seen.length;
      await inShell(written(curl, ...requests.map((request) => ({ ...request, url: server.origin + request.target }))));
      const seen = server.seen.slice(before).map(({ method, path, headers, body }) => ({
        method,
        target: path,
        headers: foreignHeaders(headers),
        body: body.toString("hex"),
      }));
      expect(seen.map(sortedOwn)).toEqual(requests.map((request) => sortedOwn(essence(request) as Essence)));
    }),
    { numRuns: 6, examples },
  );
});

interface Essence {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** curl writes these three before all others. */
function sortedOwn(essence: Essence): Essence {
  const isFirst = ([name]: readonly [string, string]) => /^(?:user-agent|accept)$/i.test(name);
  const own = essence.headers.filter(isFirst).toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return { ...essence, headers: [...own, ...essence.headers.filter((field) => !isFirst(field))] };
}

/** Runs a script with a stand-in for curl that writes down its arguments and what it is fed. */
async function callsOfStub(script: Uint8Array): Promise<readonly Essence[]> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "calls"));
  // Without a program of its own for anything: it is called many times.
  const stub = `#!/bin/sh
read n <"$COUNT"
n=$((n + 1))
echo $n >"$COUNT"
for word in "$@"; do printf '%s\\0' "$word"; done >"$CALLS/$n"
last=
for word in "$@"; do last=$word; done
if [ "$last" = @- ]; then cat >>"$CALLS/$n"; fi
`;
  writeFileSync(join(folder, "bin", "curl"), stub);
  chmodSync(join(folder, "bin", "curl"), 0o755);
  const count = join(folder, "count");
  writeFileSync(count, "1000\n");
  const path = `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`;
  await inShell(script, { PATH: path, CALLS: join(folder, "calls"), COUNT: count });
  return readdirSync(join(folder, "calls"))
    .sort()
    .map((name) => asCalled(readFileSync(join(folder, "calls", name)).toString("latin1")));
}

/** What curl would make of its arguments; written apart from our own reading of them. */
function asCalled(recorded: string): Essence {
  const words = recorded.split("\0");
  const headers: [string, string][] = [];
  let method: string | undefined;
  let target: string | undefined;
  let url = "";
  let body = "";
  while (words.length > 0) {
    const word = words.shift() ?? "";
    if (word === "-X") method = words.shift();
    else if (word === "--request-target") target = words.shift();
    else if (word === "-H") headers.push(...headerOf(words.shift() ?? ""));
    else if (word === "--data-raw") body = words.shift() ?? "";
    else if (word === "--data-binary")
      body = words[0] === "@-" ? words.splice(0).slice(1).join("\0") : (words.shift() ?? "");
    else if (word !== "" && word !== "--globoff") url = word;
  }
  target ??= url.replace(/^http:\/\/[^/]*/, "");
  return { method: method ?? "GET", target, headers, body: Buffer.from(body, "latin1").toString("hex") };
}

function headerOf(word: string): readonly [string, string][] {
  if (word.endsWith(";") && !word.includes(":")) return [[word.slice(0, -1), ""]];
  const colonAt = word.indexOf(":");
  return colonAt === word.length - 1 ? [] : [[word.slice(0, colonAt), word.slice(colonAt + 2)]];
}
