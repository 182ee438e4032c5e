import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDamaged } from "../../../../src/io/sqlite/open-damaged.ts";
import { APPLICATION_ID } from "../../../../src/io/store/rows/schema.ts";
import { foldLog, garblePages } from "../../../helpers/damage.ts";
import { fillStore } from "../../../helpers/filled-store.ts";
import { openStore } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("a database whose pages are garbled opens, as long as the first one tells whose it is", async () => {
  const store = openStore();
  await fillStore(store, 100);
  const { path } = store;
  store.close();
  foldLog(path);
  const db = openDamaged(path, APPLICATION_ID);
  expect(db.prepare("SELECT count(*) FROM requests").pluck().get()).toBe(100);
  db.close();
  expect(() => openDamaged(path, 1)).toThrow(/is not a hookcli store \(it is a database of another program\)/);
  garblePages(path);
  expect(() => openDamaged(path, APPLICATION_ID)).toThrow(/damaged/);
});

test("what is no database at all is refused", () => {
  const path = join(temporaryFolder(), "x.db");
  writeFileSync(path, "x".repeat(9000));
  expect(() => openDamaged(path, APPLICATION_ID)).toThrow(/is not a hookcli store \(it is no database\)/);
});
