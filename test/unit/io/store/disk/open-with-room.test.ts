import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Ballast } from "../../../../../src/io/store/disk/ballast.ts";
import { openWithRoom } from "../../../../../src/io/store/disk/open-with-room.ts";
import { APPLICATION_ID, migrations } from "../../../../../src/io/store/rows/schema.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";

// What it does on a full disk is shown by the journeys about full disks.

test("the ballast is kept where there is room, and where the trouble is another one", () => {
  const path = join(temporaryFolder(), "hooks.db");
  const ballast = new Ballast(`${path}-ballast`);
  expect(ballast.take()).toBe(true);
  const db = openWithRoom({ path, migrations, applicationId: APPLICATION_ID, busyTimeoutMs: 10 }, ballast);
  onTestFinished(() => void db.close());
  writeFileSync(`${path}2`, "no database".repeat(1000));
  const other = { path: `${path}2`, migrations, applicationId: APPLICATION_ID, busyTimeoutMs: 10 };
  expect(() => openWithRoom(other, ballast)).toThrow("is not a hookcli store");
  expect(ballast.isThere()).toBe(true);
});
