import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.ts";
import { detectFormat } from "../../src/core/formats/detect-format.ts";
import { importFormats } from "../../src/core/formats/index.ts";
import { HookcliError } from "../../src/core/model/errors.ts";
import { expectLinear } from "../helpers/effort.ts";
import { hostileText } from "../helpers/hostile-text.ts";
import { rounds } from "../helpers/rounds.ts";
import { recordedSurroundings, temporaryFolder } from "../helpers/surroundings.ts";

const MUTATIONS = rounds(500);
const MEGABYTE = 1024 * 1024;

/** What a field of JSON may hold that nobody thought of; written as JSON, since some of it is no value of JavaScript. */
const HOSTILE_JSON: readonly string[] = [
  "1e99 -1 1e400 -1e400 -0 0.1 9007199254740993 1e21 404.5 99 1000 2147483648 null true false {} []".split(" "),
  ['""', '"NaN"', '"Infinity"', '"-1"', '"1e99"', '"\\ud800"', '"\\udc00x"', '"a\\u0000b"', '"a\\r\\nX-Evil: 1"'],
  ['"__proto__"', '{"__proto__":{"x":1}}', '{"toString":1,"valueOf":2}', '"1"', '"AAAA="', '"====="', '"\\u202e"'],
  ['"+275760-09-13T00:00:00.001Z"', '"-000001-01-01T00:00:00Z"', '"2026-13-45T99:99:99Z"', '"+275760-09-13"'],
  ['"../../etc/passwd"', '"file:///etc/passwd"', '"http://[::1"', '"//evil/x"', '"\\u001b[2J"'],
  [`"${"x".repeat(100_000)}"`, `[${"1,".repeat(10_000)}1]`],
  ["[".repeat(5000) + "]".repeat(5000), '{"a":'.repeat(5000) + "1" + "}".repeat(5000)],
].flat();

const LINE =
  '{"v":1,"kind":"export","id":1,"receivedAt":"2026-03-04T05:06:07.089Z","receiveDurationMs":1.5,"method":"POST","target":"/a?b=c","url":"http://localhost:8000/a?b=c","httpVersion":"1.1","headers":[["Host","a"],["X-A","1"]],"trailers":[["X-T","1"]],"body":"{}","bodyBase64":"e30=","remoteAddress":"127.0.0.1:1","origin":"capture","completeness":"complete","parentId":1,"event":{"id":"evt_1","type":"a.b","provider":"stripe","scheme":"stripe","attemptNumber":1,"verdict":{"kind":"verified","signedAtMs":1,"secret":"--secret"}},"refusal":{"status":400,"code":"x","reason":"y"},"reply":{"status":200,"note":"n"}}';
const HAR =
  '{"log":{"version":"1.2","creator":{"name":"hookcli","version":"0"},"entries":[{"startedDateTime":"2026-03-04T05:06:07.089Z","time":1,"request":{"method":"POST","url":"http://localhost:8000/a?b=c","httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":"Host","value":"a"}],"queryString":[{"name":"b","value":"c"}],"postData":{"mimeType":"application/x-www-form-urlencoded","text":"","_encoding":"base64","params":[{"name":"a","value":"b"}]},"headersSize":-1,"bodySize":2},"response":{"status":200},"cache":{},"timings":{"send":1,"wait":2,"receive":0},"_hookcli":{"id":1,"target":"/a?b=c","httpVersion":"1.1","remoteAddress":"127.0.0.1:1","completeness":"partial","trailers":[{"name":"X-T","value":"1"}]}}]}}';
const HTTP =
  "POST /a?b=c HTTP/1.1\r\nHost: a\r\nX-A:  1 \r\nContent-Length: 2\r\n\r\n{}\r\nPOST /b HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n0\r\nX-T: 1\r\n\r\n";
const CURL = `curl -X POST 'http://localhost:8000/a?b=c' -H 'X-A: 1' --data-binary $'a\\x00\\u00e9\\n' | jq .\nprintf '%s' 'abc' | curl --json @- -u a:b "http://h/$(printf '\\303')"\n`;
const DOCUMENTS: Readonly<Record<string, string>> = { ndjson: LINE, har: HAR, http: HTTP, curl: CURL };

/** The document with one value after the other replaced by each hostile one, and each field left out. */
function* mutatedJson(document: string): Generator<string> {
  const paths = [...pathsOf(JSON.parse(document))];
  for (const path of paths) for (const hostile of HOSTILE_JSON) yield withValueAt(document, path, hostile);
  for (const path of paths) yield withValueAt(document, path, undefined);
}

type Path = readonly (string | number)[];

function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value))
    yield* pathsOf(inner, [...path, Array.isArray(value) ? Number(name) : name]);
}

function withValueAt(document: string, path: Path, json: string | undefined): string {
  const root = JSON.parse(document) as Record<string | number, unknown>;
  let at = root;
  for (const step of path.slice(0, -1)) at = at[step] as typeof at;
  const last = path.at(-1) ?? "";
  if (json === undefined) delete at[last];
  else at[last] = "\u0001here\u0001";
  return JSON.stringify(root).replace('"\\u0001here\\u0001"', () => json ?? "");
}

/** What came of it: how many requests, or the error that names the place. Anything else fails the test. */
function outcomeOf(format: string, bytes: Uint8Array): number | string {
  try {
    return importFormats.find(({ name }) => name === format)?.parse(bytes).length ?? -1;
  } catch (error) {
    if (!(error instanceof HookcliError) || error.code !== "BAD_IMPORT") throw error;
    expect(error.message.length).toBeLessThan(600);
    expect(String(error.details["place"])).toMatch(/^(?:line|entry|message|command) \d+$|^the file$/);
    return error.message;
  }
}

describe.each(["ndjson", "har"])("each field of %s with each hostile value", (format) => {
  test("is read, or refused with the place", () => {
    const outcomes = [...mutatedJson(DOCUMENTS[format] ?? "")].map((text) => outcomeOf(format, Buffer.from(text)));
    expect(outcomes.length).toBeGreaterThan(500);
    expect(outcomes.filter((outcome) => typeof outcome === "string").length).toBeGreaterThan(200);
    expect(outcomes.filter((outcome) => typeof outcome === "number").length).toBeGreaterThan(200);
  });
});

describe.each(Object.entries(DOCUMENTS))("%s with bytes changed at random", (format, document) => {
  test("is read, or refused with the place", () => {
    const original = Buffer.from(document);
    const place = fc.nat({ max: original.length });
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
      hostileText.map((text) => Buffer.from(text)),
      fc
        .constantFrom(
          "\r\n",
          "\0",
          "'",
          '"',
          "$(",
          "`",
          "\\",
          "{",
          "[",
          ",",
          ":",
          "\n\n",
          "HTTP/1.1",
          "curl ",
          "-d@-",
          "99999999999999",
        )
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place, piece), { minLength: 1, maxLength: 4 }), (changes) => {
        let bytes = original;
        for (const [from, length, inserted] of changes)
          bytes = Buffer.concat([bytes.subarray(0, from), inserted, bytes.subarray(from + (length % 9))]);
        outcomeOf(format, bytes);
        detectFormat(bytes);
      }),
      { numRuns: MUTATIONS },
    );
  });
});

describe("work grows with the size of a file, and not with its square:", () => {
  const cases: readonly (readonly [string, string, (size: number) => string])[] = [
    ["ndjson", "a list as deep as it is long", (size) => `{"kind":${"[".repeat(size / 8)}${"]".repeat(size / 8)}}`],
    [
      "ndjson",
      "an object as deep as it is long",
      (size) => `{"headers":${'{"a":'.repeat(size / 8)}1${"}".repeat(size / 8)}}`,
    ],
    ["ndjson", "a long version", (size) => `{"v":"${"x".repeat(size)}"}`],
    ["ndjson", "a long method", (size) => `{"method":"${" ".repeat(size)}","target":"/"}`],
    ["ndjson", "a long line", (size) => `{"method":"A","target":"/${"x".repeat(size)}"}`],
    ["har", "a deep version of HTTP", (size) => HAR.replace('"HTTP/1.1"', "[".repeat(size / 8) + "]".repeat(size / 8))],
    ["http", "a header of blanks", (size) => `POST / HTTP/1.1\r\nA: x${" ".repeat(size)}y\r\n\r\n`],
    ["http", "a long request line", (size) => `POST ${" HTTP/1".repeat(size / 8)}\r\n\r\n`],
    ["http", "a header line without a colon", (size) => `POST / HTTP/1.1\r\n${"x".repeat(size)}\r\n\r\n`],
    ["http", "many messages", (size) => "GET / HTTP/1.1\r\n\r\n".repeat(size / 18)],
    [
      "http",
      "many chunks",
      (size) => `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${"1\r\na\r\n".repeat(size / 6)}`,
    ],
    ["curl", "many blanks", (size) => `curl${" ".repeat(size)}http://a`],
    ["curl", "long ANSI-C text", (size) => `curl http://a -d $'${"\\n".repeat(size / 2)}'`],
    ["curl", "long plain text", (size) => `curl http://a -d '${"x".repeat(size)}'`],
    ["curl", "a header of blanks", (size) => `curl http://a -H 'A: x${" ".repeat(size)}y'`],
    ["curl", "many words", (size) => `curl ${"a ".repeat(size / 2)}`],
    ["curl", "many commands", (size) => "curl a\n".repeat(size / 7)],
    ["curl", "deep substitutions", (size) => `curl "${'$(printf "'.repeat(size / 10)}`],
    ["curl", "a long pipe", (size) => `printf a ${"| cat ".repeat(size / 6)}| curl a`],
  ];
  test.each(cases)("%s: %s", (format, _, made) => {
    expectLinear(2 * MEGABYTE, (size) => {
      const bytes = Buffer.from(made(size));
      outcomeOf(format, bytes);
      detectFormat(bytes);
    });
  });

  test("a short command that asks for a long body at many addresses is refused", () => {
    const text = `curl -d '${"x".repeat(100_000)}' ${"http://a ".repeat(100_000)}`;
    expect(outcomeOf("curl", Buffer.from(text))).toMatch(/line 1: 100000 URLs with 100000 bytes for each are too many/);
  });

  test.each(["\f", "\v", "\u00a0", "\u0085"])(
    "white space that divides no words (%j) is read like any character, and not for ever",
    (space) => {
      expect(outcomeOf("curl", Buffer.from(`curl http://h/a${space}b`))).toEqual(expect.anything());
      expect(outcomeOf("curl", Buffer.from(`curl ${space} a`))).toEqual(expect.anything());
    },
  );
});

describe("what can be read can be stored, looked at and given away again:", () => {
  let readable: readonly string[] = [];
  let imported: Buffer | undefined;

  /** A store of all of them, which the first test to ask for it imports; the others get copies. */
  async function storeOfAll(): Promise<string> {
    const folder = temporaryFolder();
    const path = join(folder, "hooks.db");
    if (imported) {
      writeFileSync(path, imported);
      return path;
    }
    writeFileSync(join(folder, "all.ndjson"), readable.join("\n"));
    const { at, err } = await recordedSurroundings();
    expect([await run(["import", join(folder, "all.ndjson"), "--db", path], at, "0"), await err()]).toEqual([0, ""]);
    // All is in this one file.
    expect(readdirSync(folder).filter((name) => /-wal|-bodies/.test(name))).toEqual([]);
    imported = readFileSync(path);
    return path;
  }

  beforeAll(() => {
    readable = [...mutatedJson(LINE)].filter((text) => typeof outcomeOf("ndjson", Buffer.from(text)) === "number");
  });

  test.each([
    ["list", "--all", "--limit", "100000"],
    ["list", "--all", "--json"],
    ["show", "latest"],
    ["retries"],
    ["export", "latest"],
    ["info"],
  ])("%s", async (...args) => {
    const db = ["--db", await storeOfAll()];
    const recorded = await recordedSurroundings();
    expect([await run([...args, ...db], recorded.at, "0"), await recorded.err()]).toEqual([
      0,
      expect.not.stringContaining("bug"),
    ]);
  });

  test("export as NDJSON and import again gives what was exported", async () => {
    const folder = temporaryFolder();
    const [db, other] = [await storeOfAll(), join(folder, "b.db")].map((path) => ["--db", path] as const);
    const first = await recordedSurroundings();
    const all = ["export", `1..${readable.length}`, "--filter", "is:malformed", "--format", "ndjson", "--reveal"];
    expect(await run([...all.slice(0, 2), ...all.slice(4), ...(db ?? [])], first.at, "0")).toBe(0);
    writeFileSync(join(folder, "again.ndjson"), await first.out());
    await run(["import", join(folder, "again.ndjson"), ...(other ?? [])], (await recordedSurroundings()).at, "0");
    const second = await recordedSurroundings();
    await run([...all.slice(0, 2), ...all.slice(4), ...(other ?? [])], second.at, "0");
    const bare = (text: string): string => text.replaceAll(/"id":\d+,/g, "");
    expect(bare(await second.out())).toBe(bare(await first.out()));
  });
});

test.each([
  ["status 1e99", '{"method":"A","target":"/","reply":{"status":1e99}}', /line 1.*reply\.status is no status/],
  [
    "refused with 404.5",
    '{"method":"A","target":"/","refusal":{"status":404.5,"code":"a","reason":"b"}}',
    /line 1.*refusal\.status is no status/,
  ],
  [
    "a duration without end",
    '{"method":"A","target":"/"}\n{"method":"A","target":"/","receiveDurationMs":1e400}',
    /line 2.*receiveDurationMs is too great/,
  ],
  ["half a character", '{"method":"A","target":"/","body":"\\ud800"}', /line 1.*half of a character/],
  ["a time that is none", '{"method":"A","target":"/","receivedAt":"-1"}', /line 1.*receivedAt is not a time/],
  ["nothing", "", /it is empty/],
  ["gzip", "\u001f\u008b\u0008", /gunzip/],
  ["UTF-16", "\u00ff\u00fe{\0", /UTF-16/],
])("%s is refused with the place, and nothing is stored", async (_, text, says) => {
  const folder = temporaryFolder();
  const path = join(folder, "a");
  writeFileSync(path, Buffer.from(text, "latin1"));
  const recorded = await recordedSurroundings();
  expect(await run(["import", path, "--db", join(folder, "hooks.db")], recorded.at, "0")).toBe(2);
  expect(await recorded.err()).toMatch(says);
  const listed = await recordedSurroundings();
  await run(["list", "--db", join(folder, "hooks.db")], listed.at, "0");
  expect(await listed.out()).toBe("");
});

test("a file without an end is not read for ever", async () => {
  const recorded = await recordedSurroundings();
  expect(await run(["import", "/dev/zero"], recorded.at, "0")).toBe(4);
  expect(await recorded.err()).toMatch(/\/dev\/zero.*larger than 256 MiB/);
});
