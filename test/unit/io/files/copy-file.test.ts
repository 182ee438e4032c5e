import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyRegularFile } from "../../../../src/io/files/copy-file.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("a file is copied byte for byte, for its owner alone", async () => {
  const folder = temporaryFolder();
  const bytes = Buffer.alloc(3 * 1024 * 1024 + 5, "abcdefg");
  writeFileSync(join(folder, "from"), bytes, { mode: 0o644 });
  await copyRegularFile(join(folder, "from"), join(folder, "to"));
  expect(readFileSync(join(folder, "to")).equals(bytes)).toBe(true);
  expect(statSync(join(folder, "to")).mode & 0o777).toBe(0o600);
});

test("an empty one too", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "from"), "");
  await copyRegularFile(join(folder, "from"), join(folder, "to"));
  expect(statSync(join(folder, "to")).size).toBe(0);
});

test("nothing is followed, and nothing written over", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "victim"), "secret");
  symlinkSync(join(folder, "victim"), join(folder, "from"));
  await expect(copyRegularFile(join(folder, "from"), join(folder, "to"))).rejects.toMatchObject({
    code: "FILE_REFUSED",
  });
  expect(existsSync(join(folder, "to"))).toBe(false);
  symlinkSync(join(folder, "elsewhere"), join(folder, "to"));
  await expect(copyRegularFile(join(folder, "victim"), join(folder, "to"))).rejects.toMatchObject({ code: "EEXIST" });
  expect(existsSync(join(folder, "elsewhere"))).toBe(false);
});
