import { describe, expect, test } from "vitest";
import { exportFormats, importFormats } from "../../../../src/core/formats/index.ts";
import { exportedRequest, written } from "../../../helpers/exported.ts";

test("names are unique, and what can be read can be written", () => {
  const names = exportFormats.map(({ name }) => name);
  expect(names).toEqual(["curl", "httpie", "fetch", "http", "har", "ndjson"]);
  expect(names).toEqual(expect.arrayContaining(importFormats.map(({ name }) => name)));
  expect(new Set(importFormats.map(({ name }) => name)).size).toBe(importFormats.length);
});

describe.each(exportFormats)("$name", (format) => {
  test("says what it is without a full stop, and how its files end", () => {
    expect(format.title).toMatch(/[^.]$/);
    expect(format.extension).toMatch(/^[a-z]+$/);
  });

  test("writes a sample, and keeps no state from one document to the next", () => {
    const first = written(format, exportedRequest(), exportedRequest());
    expect(first.length).toBeGreaterThan(0);
    expect(written(format, exportedRequest(), exportedRequest())).toEqual(first);
  });
});
