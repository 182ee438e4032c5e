import { expect, test } from "vitest";
import { LinkRows } from "../../../../../src/io/store/rows/link-rows.ts";
import { openTables } from "../../../../helpers/rows.ts";

const ENDS = "127.0.0.1:51234>127.0.0.1:4400";

test("a link has the trail of its newest owner, until that one removes it", () => {
  const links = new LinkRows(openTables().db);
  expect(links.trailOf(ENDS)).toBeUndefined();
  links.insert({ ends: ENDS, sessionId: 1, trail: [1] });
  links.insert({ ends: ENDS, sessionId: 2, trail: [1, 2] });
  links.remove(ENDS, 1);
  expect(links.trailOf(ENDS)).toEqual([1, 2]);
  expect(links.trailOf(`${ENDS}0`)).toBeUndefined();
  links.remove(ENDS, 2);
  expect(links.trailOf(ENDS)).toBeUndefined();
});

test("all links of a session go with it", () => {
  const links = new LinkRows(openTables().db);
  links.insert({ ends: "a", sessionId: 1, trail: [1] });
  links.insert({ ends: "b", sessionId: 1, trail: [1] });
  links.insert({ ends: "c", sessionId: 2, trail: [2] });
  links.removeOf(1);
  expect(["a", "b", "c"].map((ends) => links.trailOf(ends))).toEqual([undefined, undefined, [2]]);
});

test.each(["no JSON", "{}", "7", '["1",null,1e99,[2],3]', "[".repeat(100_000)])(
  "a trail that was tampered with: %#",
  (text) => {
    const db = openTables().db;
    const links = new LinkRows(db);
    db.prepare("INSERT INTO links VALUES ('a', 1, ?)").run(text);
    expect(links.trailOf("a")).toEqual(text.startsWith('["1"') ? [3] : []);
  },
);
