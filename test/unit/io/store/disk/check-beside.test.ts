import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkBeside } from "../../../../../src/io/store/disk/check-beside.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";

test("nothing, or what is ours, is fine", () => {
  const path = join(temporaryFolder(), "hooks.db");
  expect(checkBeside(path)).toBeUndefined();
  writeFileSync(`${path}-ballast`, "");
  mkdirSync(`${path}-bodies`);
  expect(checkBeside(path)).toBeUndefined();
});

test.each(["-ballast", "-bodies"])("a link in the place of %s is refused", (part) => {
  const path = join(temporaryFolder(), "hooks.db");
  symlinkSync("elsewhere", `${path}${part}`);
  expect(() => checkBeside(path)).toThrow(`${path}${part} is left alone: it is a symbolic link`);
});

test("where nothing can be looked at, the store is unreadable", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => checkBeside(join(file, "hooks.db"))).toThrow(
    expect.objectContaining({ code: "STORE_UNREADABLE" }) as never,
  );
});
