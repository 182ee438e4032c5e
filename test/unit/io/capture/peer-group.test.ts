import { expect, test } from "vitest";
import { peerGroup } from "../../../../src/io/capture/peer-group.ts";

test.each(["127.0.0.1:5000", "127.8.9.10:1", "[::1]:5000", "[::ffff:127.0.0.1]:5000", ":0"])(
  "%s is this machine, or nobody knows: it has no share of its own",
  (address) => {
    expect(peerGroup(address)).toBeUndefined();
  },
);

test.each([
  ["192.0.2.7:5000", "192.0.2.7"],
  ["[::ffff:192.0.2.7]:5000", "192.0.2.7"],
  ["[2001:db8:1:2:3:4:5:6]:5000", "2001:db8:1:2"],
  ["[2001:db8:1:2::6]:5000", "2001:db8:1:2"],
  ["[2001:db8::6]:5000", "2001:db8:0:0"],
  ["[fe80::1%eth0]:5000", "fe80:0:0:0"],
])("%s shares with %s", (address, group) => {
  expect(peerGroup(address)).toBe(group);
});
