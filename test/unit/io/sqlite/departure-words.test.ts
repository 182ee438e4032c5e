import { expect, test } from "vitest";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import {
  bodiesTakenText,
  departureDetails,
  foreignLogDetails,
  loneLogDetails,
  loneLogText,
} from "../../../../src/io/sqlite/departure-words.ts";

test("each kind says what happened to which file, and what to do, with no blank left", () => {
  const kinds = ["removed", "replaced", "overwritten", "log-taken", "log-damaged", "index-taken"] as const;
  const details = [
    ...kinds.map((kind) => departureDetails("/x.db", kind)),
    loneLogDetails("/x.db"),
    foreignLogDetails("/x.db"),
  ];
  const said = details.map((each) => new HookcliError("STORE_MOVED", { ...each }));
  for (const { message, hint } of said) {
    expect(message).toMatch(/^\/x\.db is not the store that it was: /);
    expect(`${message} ${hint}`).not.toMatch(/[{}]|undefined/);
  }
  expect(new Set(said.map(({ message }) => message)).size).toBe(said.length);
});

test("a notice names what it is about", () => {
  expect(bodiesTakenText("/x.db-bodies")).toContain("/x.db-bodies");
  expect(loneLogText("/x.db", "/x.db.aside-1-wal")).toMatch(/aside-1-wal.*\/x\.db now/);
});
