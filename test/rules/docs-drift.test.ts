import { describe, expect, test } from "vitest";
import { otherVariables, requestNames } from "../../scripts/docs/cli-page.ts";
import { pages } from "../../scripts/docs/pages.ts";
import { exampleQueries, freshDatabase } from "../../scripts/docs/store-page.ts";
import { parseRequestReference } from "../../src/core/model/request-reference.ts";
import { filesBelow, textOf } from "../helpers/sources.ts";

describe("generated pages", () => {
  test.each(pages)("$path is what the code says (npm run docs)", async ({ path, render }) => {
    expect(textOf(path)).toBe(await render());
  });

  test.each(exampleQueries)("the query runs: $says", ({ sql }) => {
    const db = freshDatabase();
    expect(db.prepare(sql).all()).toEqual([]);
    db.close();
  });

  test.each(requestNames)("a request may be written %s", (text) => {
    expect(parseRequestReference(text).kind).toMatch(/^(?:id|latest)$/);
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
