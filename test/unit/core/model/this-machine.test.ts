import { describe, expect, test } from "vitest";
import { canonicalHost, isAnyAddress, isLoopback, isThisMachine } from "../../../../src/core/model/this-machine.ts";

const machine = {
  addresses: ["127.0.0.1", "192.0.2.10", "::1", "2001:db8::a", "fe80::1c2d:3e4f%eth0"],
  hostname: "Workshop",
};

describe("this machine", () => {
  test.each([
    "localhost",
    "LOCALHOST",
    "localhost.",
    "shop.localhost",
    "a.b.localhost.",
    "127.0.0.1",
    "127.0.0.2",
    "127.255.255.254",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0.0.0.0",
    "0",
    "[::]",
    "::1",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "::ffff:0.0.0.0",
    "192.0.2.10",
    "3221225994",
    "[::ffff:192.0.2.10]",
    "[2001:DB8:0:0::A]",
    "[fe80::1c2d:3e4f]",
    "fe80::1c2d:3e4f%eth0",
    "workshop",
    "WORKSHOP.",
    "workshop.local",
  ])("is %s", (host) => {
    expect(isThisMachine(host, machine)).toBe(true);
  });

  test.each([
    "192.0.2.11",
    "example.test",
    "localhost.example.test",
    "notlocalhost",
    "127.example.test",
    "127.0.0.1.example.test",
    "128.0.0.1",
    "[2001:db8::b]",
    "[::ffff:192.0.2.11]",
    "[::2]",
    "workshop.example.test",
    "",
    "a b",
    "[",
  ])("is not %j", (host) => {
    expect(isThisMachine(host, machine)).toBe(false);
  });

  test("without a name of its own is not the empty host", () => {
    expect(isThisMachine("", { addresses: [], hostname: "" })).toBe(false);
    expect(isThisMachine(".local", { addresses: [], hostname: "" })).toBe(false);
  });
});

test("the loopback is not all of the machine, and its names are more than they look", () => {
  expect(["127.0.0.9", "::1", "x.localhost", "::ffff:127.0.0.1"].map(isLoopback)).toEqual([true, true, true, true]);
  expect(["0.0.0.0", "::", "192.0.2.10", "127.example.test"].map(isLoopback)).toEqual([false, false, false, false]);
  expect(["0.0.0.0", "::", "::ffff:0.0.0.0", "127.0.0.1", "localhost"].map(isAnyAddress)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test("a host has one form", () => {
  expect(canonicalHost("[::FFFF:10.1.2.3]")).toBe("10.1.2.3");
  expect(canonicalHost("fe80::1%12")).toBe("fe80::1");
  expect(canonicalHost("Example.TEST.")).toBe("example.test");
});
