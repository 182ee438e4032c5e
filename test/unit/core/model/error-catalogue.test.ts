import { Visitor, parseSync } from "rolldown/utils";
import { describe, expect, test } from "vitest";
import { type CatalogueEntry, errorCatalogue, type ErrorCode } from "../../../../src/core/model/error-catalogue.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { filesBelow, textOf } from "../../../helpers/sources.ts";

const entries = Object.entries(errorCatalogue) as readonly (readonly [ErrorCode, CatalogueEntry])[];
const raised = filesBelow("src").flatMap((file) => raisedIn(file, textOf(file)));

describe.each(entries)("%s", (code, { title, hint }) => {
  test("is raised somewhere, and whoever raises it fills every blank", () => {
    const missing = raised
      .filter((place) => place.code === code)
      .flatMap(({ file, details }) =>
        blanksOf(title + hint)
          .filter((blank) => !details.includes(blank))
          .map((blank) => `${file} leaves {${blank}} empty`),
      );
    expect(missing).toEqual([]);
    expect(raised.filter((place) => place.code === code)).not.toEqual([]);
  });

  test("has a title and a hint without a blank left when all details are there", () => {
    const details = Object.fromEntries(blanksOf(title + hint).map((blank) => [blank, "value"]));
    const error = new HookcliError(code, details);
    expect(error.message).toMatch(/^[^{}]+[^.{}]$/);
    expect(error.hint).toMatch(/^[^{}]+$/);
  });
});

test("the search for raised errors sees thrown and returned ones and the names of their details", () => {
  const text = `const path = ""; const f = () => new HookcliError("A", { path, "b": 1 }); throw new HookcliError("C");`;
  expect(raisedIn("x.ts", text)).toEqual([
    { file: "x.ts", code: "A", details: ["path", "b"] },
    { file: "x.ts", code: "C", details: [] },
  ]);
});

interface Raised {
  readonly file: string;
  readonly code: string;
  readonly details: readonly string[];
}

function blanksOf(template: string): readonly string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** Each `new HookcliError("CODE", { … })` of a source text. */
function raisedIn(file: string, text: string): readonly Raised[] {
  const found: Raised[] = [];
  new Visitor({
    NewExpression: ({ callee, arguments: given }) => {
      if (callee.type !== "Identifier" || callee.name !== "HookcliError") return;
      const [code, details] = given;
      const properties = details?.type === "ObjectExpression" ? details.properties : [];
      if (code?.type === "Literal")
        found.push({ file, code: String(code.value), details: properties.map((property) => nameOf(property)) });
    },
  }).visit(parseSync(file, text).program);
  return found;
}

function nameOf(property: { readonly type: string; readonly key?: unknown }): string {
  const { name, value } = (property.key ?? {}) as { readonly name?: string; readonly value?: unknown };
  return name ?? String(value);
}
