import { statSync, type Stats } from "node:fs";
import { userInfo } from "node:os";
import { describe, expect, test } from "vitest";
import { isPrivateGroup, isTrustedUser, otherWriters, owners } from "../../../../src/io/files/owners.ts";

const me = { uid: 1000, gid: 1000, sudoUid: undefined };

test("we are who the process runs as", () => {
  const { uid, gid } = userInfo();
  expect(owners()).toMatchObject({ uid, gid });
});

test("files of ours and of root are trusted, and of nobody else", () => {
  expect([1000, 0, 1001].map((uid) => isTrustedUser(uid, me))).toEqual([true, true, false]);
  expect(isTrustedUser(65_534, me)).toBe(false);
});

test("root trusts whom it works for through sudo", () => {
  const root = { uid: 0, gid: 0, sudoUid: undefined };
  expect(isTrustedUser(1000, root)).toBe(false);
  expect(isTrustedUser(1000, { ...root, sudoUid: 1000 })).toBe(true);
});

describe("others may write", () => {
  test.each([
    [0o755, 1000, undefined],
    [0o700, 5, undefined],
    [0o757, 1000, "everyone"],
    [0o777, 1000, "everyone"],
    [0o1777, 0, "everyone"],
    [0o775, 123_456, "a group (gid 123456)"],
    [0o775, 0, undefined],
  ])("mode %o of group %d: %j", (mode, gid, writers) => {
    expect(otherWriters(found(mode, gid), "/", me)).toBe(writers);
  });

  test("but not the group that a user has alone", () => {
    expect(isPrivateGroup(654_321, { uid: 654_321, gid: 654_321, sudoUid: undefined })).toBe(true);
    expect(isPrivateGroup(654_321, { uid: 654_320, gid: 654_321, sudoUid: undefined })).toBe(false);
    expect(isPrivateGroup(654_322, { uid: 654_321, gid: 654_321, sudoUid: undefined })).toBe(false);
    expect(isPrivateGroup(0, me)).toBe(true);
  });
});

function found(mode: number, gid: number): Stats {
  return Object.assign(statSync("/"), { mode, gid });
}
