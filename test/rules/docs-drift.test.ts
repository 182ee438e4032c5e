import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { otherVariables, requestNames } from "../../scripts/docs/cli-page.ts";
import { pages } from "../../scripts/docs/pages.ts";
import { schemeKeys, signatureKeys, timestampKeys } from "../../scripts/docs/scheme-keys.ts";
import { exampleQueries, freshDatabase } from "../../scripts/docs/store-page.ts";
import { outcomeFields } from "../../src/core/wire/shapes/index.ts";
import { SPOOL_THRESHOLD_BYTES } from "../../src/core/model/body.ts";
import { MAX_STORED_RESPONSE_BYTES } from "../../src/core/model/delivery.ts";
import type { ErrorCode } from "../../src/core/model/error-catalogue.ts";
import { parseRequestReference } from "../../src/core/model/request-reference.ts";
import { readCustomScheme } from "../../src/core/schemes/custom-scheme.ts";
import { DEFAULT_LIMITS } from "../../src/io/capture/limits.ts";
import { filesBelow, root, textOf } from "../helpers/sources.ts";

describe("generated pages", () => {
  // One of them runs some thirty commands.
  test.each(pages)("$path is what the code says (npm run docs)", { timeout: 600_000 }, async ({ path, render }) => {
    expect(textOf(path)).toBe(await render());
  });

  test.each(exampleQueries)("the query runs: $says", ({ sql }) => {
    const db = freshDatabase();
    expect(db.prepare(sql).all()).toEqual([]);
    db.close();
  });

  test.each(requestNames)("a request may be written %s", (text) => {
    expect(parseRequestReference(text).kind).toMatch(/^(?:id|latest|event)$/);
  });

  test("every environment variable that the code reads is on the page, and no other", () => {
    const read = filesBelow("src").flatMap((file) =>
      [...textOf(file).matchAll(/env\["(\w+)"\]|env: "(\w+)"/g)].map(([, direct, named]) => direct ?? named ?? ""),
    );
    const told = [...textOf("docs/cli.md").matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name ?? "");
    const alsoRead = ["LC_CTYPE", "LANG", "USERPROFILE"];
    expect([...told, ...alsoRead].sort()).toEqual([...new Set(read)].sort());
    expect(told).toEqual(expect.arrayContaining(otherVariables.map(([name]) => name)));
  });
});

describe("docs/config.md", () => {
  const ours = { headers: { "X-Signature": "t={ts},v1={sig}" }, separator: ",", timestamp: {} };
  const stray = { zzzzzzzzzzzzzzzz: 1 };

  test.each([
    ["a scheme", schemeKeys, { signature: ours, ...stray }],
    ["a signature", signatureKeys, { signature: { ...ours, ...stray } }],
    ["a timestamp", timestampKeys, { signature: { ...ours, timestamp: stray } }],
  ])("tells every key that %s may hold, and no other", (_, told, scheme) => {
    const read = readCustomScheme("ours", scheme);
    expect(read).toMatchObject({ kind: "problem", problem: `is none of ${Object.keys(told).join(", ")}` });
  });

  test("has an example that is read", () => {
    for (const [, example = ""] of textOf("docs/config.md").matchAll(/```json\n([^]*?)```/g)) {
      const { schemes = {} } = JSON.parse(example) as { readonly schemes?: object };
      for (const [name, scheme] of Object.entries(schemes))
        expect(readCustomScheme(name, scheme)).toMatchObject({ kind: "scheme", scheme: { name } });
    }
    expect(textOf("docs/config.md")).toContain('"schemes": {');
  });
});

describe("docs/architecture.md", () => {
  const text = textOf("docs/architecture.md");

  test("lists every reason that hookcli gives for a reply of its own", () => {
    const refusals = filesBelow("src/io/capture").flatMap((file) =>
      [...textOf(file).matchAll(/(?:\(\s*\d{3},\s*|status: \d{3},\s*code: )"([\w.-]+)"/g)].map(
        ([, code]) => code ?? "",
      ),
    );
    const reasons = outcomeFields.options.flatMap(({ entries }) => ("reason" in entries ? entries.reason.options : []));
    const troubles = [
      "STORE_FULL",
      "STORE_UNWRITABLE",
      "STORE_CORRUPT",
      "STORE_MOVED",
      "STORE_BUSY",
    ] satisfies ErrorCode[];
    const said = [...refusals, ...reasons, ...troubles.map((code) => code.toLowerCase().replaceAll("_", "-"))];
    expect(refusals.length).toBeGreaterThan(15);
    // Told in words: a connection that never becomes a request.
    expect(said.filter((reason) => !text.includes(`\`${reason}\``))).toEqual([]);
  });

  test("tells the limits as they are", () => {
    const { maxHeadBytes, headTimeoutMs, idleBodyTimeoutMs, maxBodyBytes, maxConnections, keepAliveMs } =
      DEFAULT_LIMITS;
    const told = [...text.matchAll(/^\| (.*?) \| (.*?) \|/gm)].map(([, what, limit]) => `${what}: ${limit}`);
    expect(told).toEqual(
      expect.arrayContaining([
        `request line and headers together: ${maxHeadBytes / 1024} KiB`,
        `time for a head to arrive: ${headTimeoutMs / 1000} s`,
        `pause within a body: ${idleBodyTimeoutMs / 1000} s`,
        `body: ${maxBodyBytes / 1024 / 1024} MiB (\`--max-body\`)`,
        `body in memory and in the database: ${SPOOL_THRESHOLD_BYTES / 1024 / 1024} MiB`,
        `stored part of a response: ${MAX_STORED_RESPONSE_BYTES / 1024 / 1024} MiB`,
        `connections at a time: ${maxConnections.toLocaleString("en-US")}`,
        `idle connection: ${keepAliveMs / 1000} s`,
      ]),
    );
  });
});

describe("links", () => {
  const documents = ["README.md", ...filesBelow("docs", /\.md$/)];
  test.each(documents)("%s points only to files and headings that are there", (path) => {
    const text = textOf(path);
    const broken = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].filter(
      ([, file = "", anchor]) => !isThere(path, file, anchor),
    );
    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

describe("paths of the source", () => {
  test.each(["README.md", ...filesBelow("docs", /\.md$/)])("that %s names are there", (path) => {
    const named = [...textOf(path).matchAll(/`((?:src|test|scripts|core|io|app|cli|unit|contracts)\/[\w./-]+)`/g)];
    const isGone = (name: string): boolean => !placesOf(name).some((place) => existsSync(join(root, place)));
    expect(named.map(([, name = ""]) => name).filter(isGone)).toEqual([]);
  });
});

/** Where a path may lie that a page names: source files without `src/`, tests without `test/` and their ending. */
function placesOf(name: string): readonly string[] {
  return [name, `src/${name}`, `src/${name}.ts`, `test/${name}`, `test/${name}.test.ts`];
}

function isThere(from: string, file: string, anchor: string | undefined): boolean {
  const path = file === "" ? from : new URL(file, `file:///${from}`).pathname.slice(1);
  try {
    const text = textOf(path);
    return anchor === undefined || anchorsOf(text).includes(anchor);
  } catch {
    return false;
  }
}

/** The names that GitHub gives to headings. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}
