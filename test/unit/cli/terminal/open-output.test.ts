import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  createReadStream,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { openOutput } from "../../../../src/cli/terminal/open-output.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { testAsRoot, testWithTool } from "../../../helpers/tools.ts";

const NOBODY = 65_534;

test("a new file is its owner's alone", async () => {
  const path = join(temporaryFolder(), "out");
  await write(path, "text");
  expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["text", 0o600]);
});

test("one that is there gets the same mode, and nothing of it is left", async () => {
  const path = join(temporaryFolder(), "out");
  writeFileSync(path, "a long old text");
  chmodSync(path, 0o666);
  await write(path, "new");
  expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["new", 0o600]);
});

describe("refused, with what is there unharmed:", () => {
  test("a link, by name of what it leads to; also one that leads nowhere", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "victim"), "victim");
    symlinkSync("victim", join(folder, "link"));
    symlinkSync("new", join(folder, "loose"));
    await expect(write(join(folder, "link"))).rejects.toMatchObject({
      code: "FILE_REFUSED",
      message: `${join(folder, "link")} is left alone: it is a symbolic link to victim`,
    });
    await expect(write(join(folder, "loose"))).rejects.toMatchObject({ code: "FILE_REFUSED" });
    expect(readFileSync(join(folder, "victim"), "utf8")).toBe("victim");
    expect(existsSync(join(folder, "new"))).toBe(false);
  });

  test("a second name of another file", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "victim"), "victim");
    linkSync(join(folder, "victim"), join(folder, "out"));
    await expect(write(join(folder, "out"))).rejects.toMatchObject({ code: "FILE_REFUSED" });
    expect(readFileSync(join(folder, "victim"), "utf8")).toBe("victim");
  });

  test("the store itself, by whatever name, and its log", async () => {
    const store = join(temporaryFolder(), "hooks.db");
    for (const part of ["", "-wal", "-shm"]) {
      writeFileSync(`${store}${part}`, "rows");
      await expect(openOutput(`${store}${part}`, store)).rejects.toThrow("it is the store itself");
      expect(readFileSync(`${store}${part}`, "utf8")).toBe("rows");
    }
  });

  testAsRoot("another user's file, and another user's pipe", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "theirs"), "theirs");
    execFileSync("mkfifo", [join(folder, "pipe")]);
    for (const name of ["theirs", "pipe"]) {
      chownSync(join(folder, name), NOBODY, NOBODY);
      await expect(write(join(folder, name))).rejects.toThrow(`it belongs to another user (uid ${NOBODY})`);
    }
    expect(readFileSync(join(folder, "theirs"), "utf8")).toBe("theirs");
  });
});

test("what cannot be written says why", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "folder"));
  await expect(write(join(folder, "folder"))).rejects.toMatchObject({
    code: "FILE_UNWRITABLE",
    details: { reason: "EISDIR" },
  });
  await expect(write(join(folder, "missing/out"))).rejects.toMatchObject({ details: { reason: "ENOENT" } });
  await expect(write("/dev/full")).rejects.toMatchObject({ code: "FILE_UNWRITABLE", details: { reason: "ENOSPC" } });
});

describe("what is no file and may be written:", () => {
  test("/dev/null", async () => {
    await expect(write("/dev/null")).resolves.toBeUndefined();
    expect(statSync("/dev/null").mode & 0o777).toBe(0o666);
  });

  testWithTool("mkfifo", "a pipe of our own", async () => {
    const path = join(temporaryFolder(), "pipe");
    execFileSync("mkfifo", [path]);
    const reading = text(createReadStream(path));
    await write(path, "through the pipe");
    expect(await reading).toBe("through the pipe");
  });
});

async function write(path: string, written = "text"): Promise<void> {
  const file = await openOutput(path, "/nowhere/hooks.db");
  try {
    await file.write(Buffer.from(written));
  } finally {
    await file.close();
  }
}
