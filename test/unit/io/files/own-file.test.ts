import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  closeSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  checkOwnFile,
  createOwnFile,
  createOwnFileLater,
  isOwnFile,
  oddKind,
  openForRewriting,
  openRegularFile,
  otherName,
  otherOwner,
  refused,
} from "../../../../src/io/files/own-file.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { testAsRoot, testWithTool } from "../../../helpers/tools.ts";

const NOBODY = 65_534;

describe("a file that is made", () => {
  test.each([0, 0o022, 0o077, 0o177, 0o777])(
    "is its owner's alone under umask %o, and can be written",
    async (umask) => {
      const folder = temporaryFolder();
      const before = process.umask(umask);
      onTestFinished(() => void process.umask(before));
      const file = createOwnFile(join(folder, "one"));
      writeSync(file, "text");
      closeSync(file);
      const later = await createOwnFileLater(join(folder, "two"));
      await later.writeFile("text");
      await later.close();
      for (const name of ["one", "two"]) {
        expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
        expect(readFileSync(join(folder, name), "utf8")).toBe("text");
      }
    },
  );

  test("never takes the place of what is there, be it a link that leads nowhere", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "old");
    symlinkSync(join(folder, "victim"), join(folder, "link"));
    for (const name of ["file", "link"]) {
      expect(() => createOwnFile(join(folder, name))).toThrow("EEXIST");
      await expect(createOwnFileLater(join(folder, name))).rejects.toThrow("EEXIST");
    }
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("old");
    expect(isOwnFile(join(folder, "victim"))).toBe(false);
  });
});

describe("what is no file of ours is neither read nor written:", () => {
  test("a link, also where it leads to a file of ours", async () => {
    const { path } = planted((path) => symlinkSync(`${path}-victim`, path));
    await expectRefusal(path, "it is a symbolic link");
    expect(readFileSync(`${path}-victim`, "utf8")).toBe("victim");
  });

  test("a folder", async () => {
    const { path } = planted((path) => mkdirSync(path));
    expect(() => checkOwnFile(path)).toThrow("it is a folder");
    await expect(openRegularFile(path)).rejects.toThrow("it is a folder");
    await expect(openForRewriting(path)).rejects.toThrow("EISDIR");
  });

  testWithTool("mkfifo", "a named pipe, and nobody waits for its other end", async () => {
    const { path } = planted((path) => execFileSync("mkfifo", [path]));
    expect(() => checkOwnFile(path)).toThrow("it is a named pipe");
    await expect(openRegularFile(path)).rejects.toThrow("it is a named pipe");
    await expect(openForRewriting(path)).rejects.toThrow("it is no regular file");
  });

  test("a socket", async () => {
    const { path } = planted(() => undefined);
    const server = createServer().listen(path);
    await once(server, "listening");
    onTestFinished(() => void server.close());
    expect(() => checkOwnFile(path)).toThrow("it is a socket");
    await expect(openRegularFile(path)).rejects.toThrow("it is no regular file");
  });

  test("a device", async () => {
    expect(oddKind(statSync("/dev/null"))).toBe("it is a device");
    await expect(openRegularFile("/dev/null")).rejects.toThrow("it is a device");
  });

  test("a file that has a second name, where it would be written", async () => {
    const { path } = planted((path) => linkSync(`${path}-victim`, path));
    expect(() => checkOwnFile(path)).toThrow("it has a second name elsewhere");
    await expect(openForRewriting(path)).rejects.toThrow("it has a second name elsewhere");
    expect(otherName({ nlink: 1 })).toBeUndefined();
    expect(readFileSync(`${path}-victim`, "utf8")).toBe("victim");
  });

  testAsRoot("a file of another user", async () => {
    const { path } = planted((path) => {
      writeFileSync(path, "theirs");
      chownSync(path, NOBODY, NOBODY);
    });
    await expectRefusal(path, `it belongs to another user (uid ${NOBODY})`, openForRewriting);
    expect(otherOwner({ uid: 0 })).toBeUndefined();
    expect(readFileSync(path, "utf8")).toBe("theirs");
  });
});

test("what is not there is no trouble to look for, and ENOENT to open", async () => {
  const path = join(temporaryFolder(), "missing");
  expect(checkOwnFile(path)).toBeUndefined();
  expect(isOwnFile(path)).toBe(false);
  await expect(openRegularFile(path)).rejects.toMatchObject({ code: "ENOENT" });
  await expect(openForRewriting(path)).rejects.toMatchObject({ code: "ENOENT" });
});

test("a file that is written anew is empty and its owner's alone, whatever it was before", async () => {
  const path = join(temporaryFolder(), "file");
  writeFileSync(path, "a long text", { mode: 0o666 });
  const file = await openForRewriting(path);
  expect(statSync(path)).toMatchObject({ size: 0 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await file.writeFile("new");
  await file.close();
  expect(readFileSync(path, "utf8")).toBe("new");
  const again = await openRegularFile(path);
  expect(await again.readFile("utf8")).toBe("new");
  await again.close();
});

/** A name at which something was put, beside a file that must not be harmed. */
function planted(plant: (path: string) => void): { readonly path: string } {
  const path = join(temporaryFolder(), "file");
  writeFileSync(`${path}-victim`, "victim");
  plant(path);
  return { path };
}

async function expectRefusal(path: string, reason: string, ...ways: (typeof openForRewriting)[]): Promise<void> {
  const refusal: unknown = expect.objectContaining({
    code: "FILE_REFUSED",
    message: `${path} is left alone: ${reason}`,
  });
  expect(caught(() => checkOwnFile(path))).toEqual(refusal);
  for (const way of ways.length > 0 ? ways : [openRegularFile, openForRewriting])
    await expect(way(path)).rejects.toEqual(refusal);
}

function caught(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

test("what is refused is named with the reason and what to do", () => {
  expect(refused("/tmp/x", "it is a named pipe")).toMatchObject({
    code: "FILE_REFUSED",
    message: "/tmp/x is left alone: it is a named pipe",
    hint: "Look at it (ls -l), then move it away, make it yours (chown), or name another one. Nothing was changed.",
  });
  expect(refused("/tmp/x", "it is a link", "Name the file").hint).toBe("Name the file. Nothing was changed.");
});
