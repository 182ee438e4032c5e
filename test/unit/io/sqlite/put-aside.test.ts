import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesAt } from "../../../../src/io/sqlite/place-watch.ts";
import { asideName, copyLog, moveLogAside } from "../../../../src/io/sqlite/put-aside.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("a log goes aside under a name that nothing has, and its index goes for good", () => {
  const path = store();
  writeFileSync(`${path}.aside-1-wal`, "an older one");
  expect(moveLogAside(path, undefined)).toBe(`${path}.aside-2-wal`);
  expect(readFileSync(`${path}.aside-2-wal`, "utf8")).toBe("log");
  expect(readFileSync(`${path}.aside-1-wal`, "utf8")).toBe("an older one");
  expect([existsSync(`${path}-wal`), existsSync(`${path}-shm`), existsSync(path)]).toEqual([false, false, true]);
});

test("an empty log is not worth a name", () => {
  const path = store("");
  expect(moveLogAside(path, undefined)).toBeUndefined();
  expect(existsSync(`${path}-wal`)).toBe(false);
});

test("files that are not those that may go stay", () => {
  const path = store();
  const files = filesAt(store());
  expect(moveLogAside(path, files)).toBeUndefined();
  expect([existsSync(`${path}-wal`), existsSync(`${path}-shm`)]).toEqual([true, true]);
});

test("a copy is made through the open descriptor, for its owner alone, whatever the path shows by then", () => {
  const path = store("x".repeat(3_000_000));
  const file = openSync(`${path}-wal`, "r");
  moveLogAside(path, undefined);
  const copy = copyLog(path, file) ?? "";
  closeSync(file);
  expect(statSync(copy)).toMatchObject({ size: 3_000_000 });
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(asideName(path)).toBe(`${path}.aside-3`);
});

function store(log = "log"): string {
  const path = join(temporaryFolder(), "hooks.db");
  writeFileSync(path, "database");
  writeFileSync(`${path}-wal`, log);
  writeFileSync(`${path}-shm`, "index");
  return path;
}
