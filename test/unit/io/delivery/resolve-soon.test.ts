import { expect, test } from "vitest";
import { resolveSoon } from "../../../../src/io/delivery/resolve-soon.ts";

const found = async () => [
  { address: "192.0.2.1", family: 4 },
  { address: "2001:db8::1", family: 6 },
];

test("a name has its addresses, an address itself", async () => {
  expect(await resolveSoon("shop.test", found)).toEqual(["192.0.2.1", "2001:db8::1"]);
  expect(await resolveSoon("[::1]")).toEqual(["::1"]);
});

test("one that is not known has none, nor has one whose name server is silent", async () => {
  const unknown = async (): Promise<never> => Promise.reject(new Error("no such name"));
  expect(await resolveSoon("shop.test", unknown)).toEqual([]);
  expect(await resolveSoon("shop.test", async () => new Promise<never>(() => undefined), 20)).toEqual([]);
});
