import { expect, test } from "vitest";
import { SessionRows } from "../../../../../src/io/store/rows/session-rows.ts";
import { openTables } from "../../../../helpers/rows.ts";
import { sampleSession } from "../../../../helpers/stores.ts";

test("a session comes back as it was, and is listed until it ended, newest first", () => {
  const rows = new SessionRows(openTables().db);
  const listener = sampleSession({ targets: ["http://localhost:8000", "http://localhost:8001/x?y=ü"] });
  const command = sampleSession({ command: "replay", captureUrl: undefined });
  const ids = [rows.insert(listener), rows.insert(command), rows.insert(listener)] as const;
  expect(rows.unended()).toEqual([
    { ...listener, id: ids[2], endedAtMs: undefined },
    { ...command, id: ids[1], endedAtMs: undefined },
    { ...listener, id: ids[0], endedAtMs: undefined },
  ]);
  rows.end(ids[2], 5);
  rows.end(ids[0], 5);
  expect(rows.unended()).toMatchObject([{ id: ids[1] }]);
});

test("being seen changes its time and nothing else", () => {
  const { db } = openTables();
  const rows = new SessionRows(db);
  const id = rows.insert(sampleSession());
  const before = rows.unended();
  rows.see(id, 99);
  expect(rows.unended()).toEqual(before);
  expect(db.prepare("SELECT seen_at_ms AS seen FROM sessions").get()).toEqual({ seen: 99 });
});
