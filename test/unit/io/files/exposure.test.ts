import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exposureOf } from "../../../../src/io/files/exposure.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { testAsRoot } from "../../../helpers/tools.ts";

const NOBODY = 65_534;

test("a folder that only we write to is private, with all that will be made in it", () => {
  const top = reachable();
  expect(exposureOf(top)).toEqual({ kind: "private" });
  expect(exposureOf(join(top, "not/there/yet"))).toEqual({ kind: "private" });
});

describe("a folder to which everyone may write", () => {
  test("is open, and the command that closes it is named", () => {
    const folder = made(reachable(), "open", 0o777);
    expect(exposureOf(folder)).toEqual({
      kind: "open",
      reason: `everyone may write to ${folder}, and could put something else in its place`,
      advice: `Take that away (chmod go-w ${folder})`,
    });
  });

  test("lays open what is below it, be that private", () => {
    const open = made(reachable(), "open", 0o777);
    const mine = made(open, "mine", 0o700);
    expect(exposureOf(mine)).toMatchObject({ kind: "open", advice: `Take that away (chmod go-w ${open})` });
    expect(exposureOf(join(open, "new/one"))).toMatchObject({ kind: "open" });
  });

  test("is none of our concern where nobody can reach it", () => {
    const closed = made(reachable(), "closed", 0o700);
    expect(exposureOf(made(closed, "open", 0o777))).toEqual({ kind: "private" });
  });

  test("and of which everyone can remove their own files only is shared", () => {
    const shared = made(reachable(), "shared", 0o1777);
    expect(exposureOf(shared)).toEqual({ kind: "shared", reason: `everyone may write to ${shared}` });
    expect(exposureOf(made(shared, "mine", 0o755))).toEqual({ kind: "private" });
    expect(exposureOf(join(shared, "new"))).toEqual({ kind: "private" });
  });
});

testAsRoot("a group that is not ours alone counts as others", () => {
  const folder = made(reachable(), "team", 0o775);
  expect(exposureOf(folder).kind).toBe("private");
  chownSync(folder, 0, NOBODY);
  expect(exposureOf(folder)).toMatchObject({
    kind: "open",
    reason: expect.stringContaining(`gid ${NOBODY}`) as string,
  });
});

testAsRoot("root may work in another user's folder, as in a container, and is told whose it is", () => {
  const folder = made(reachable(), "theirs", 0o755);
  chownSync(folder, NOBODY, NOBODY);
  const reason = `${folder} belongs to another user (uid ${NOBODY}), who could put something else in its place`;
  expect(exposureOf(folder)).toEqual({ kind: "shared", reason });
});

describe("links on the way", () => {
  test("are followed to where they lead, and judged there", () => {
    const top = reachable();
    const open = made(top, "open", 0o777);
    symlinkSync(open, join(top, "absolute"));
    symlinkSync("open", join(top, "relative"));
    symlinkSync("../x/../open", join(made(top, "x", 0o755), "up"));
    for (const way of ["absolute", "relative", "x/up"]) expect(exposureOf(join(top, way)).kind).toBe("open");
    symlinkSync(made(top, "mine", 0o700), join(top, "safe"));
    expect(exposureOf(join(top, "safe"))).toEqual({ kind: "private" });
  });

  test("out of a closed folder lead into the open again", () => {
    const top = reachable();
    const open = made(top, "open", 0o777);
    const closed = made(top, "closed", 0o700);
    symlinkSync(open, join(closed, "out"));
    symlinkSync("../open", join(closed, "up"));
    for (const way of ["out", "up"]) expect(exposureOf(join(closed, way)).kind).toBe("open");
  });

  test("in circles, or to nowhere, end", () => {
    const top = reachable();
    symlinkSync("b", join(top, "a"));
    symlinkSync("a", join(top, "b"));
    symlinkSync("nowhere", join(top, "c"));
    for (const way of ["a", "a/x", "c"]) expect(exposureOf(join(top, way))).toEqual({ kind: "private" });
  });

  testAsRoot("of another user are followed by nobody, root included", () => {
    const shared = made(reachable(), "shared", 0o1777);
    symlinkSync(made(reachable(), "mine", 0o700), join(shared, "link"));
    lchownSync(join(shared, "link"), NOBODY, NOBODY);
    expect(exposureOf(join(shared, "link"))).toMatchObject({
      kind: "open",
      reason: `${join(shared, "link")} is a symbolic link of another user (uid ${NOBODY})`,
    });
  });
});

/** A folder that others can enter. */
function reachable(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  return folder;
}

function made(above: string, name: string, mode: number): string {
  const folder = join(above, name);
  mkdirSync(folder);
  chmodSync(folder, mode);
  return folder;
}
