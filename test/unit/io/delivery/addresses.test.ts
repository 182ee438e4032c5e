import type { LookupAddress } from "node:dns";
import { describe, expect, test } from "vitest";
import { Addresses, resolveSoon } from "../../../../src/io/delivery/addresses.ts";
import { gate } from "../../../helpers/capture.ts";

const BOTH = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];
const never = async (): Promise<LookupAddress[]> => {
  throw new Error("nobody is to be asked");
};

describe("where a host is reached", () => {
  test.each([
    ["127.0.0.1", [{ address: "127.0.0.1", family: 4 }]],
    ["[::1]", [{ address: "::1", family: 6 }]],
    ["[2001:db8::7]", [{ address: "2001:db8::7", family: 6 }]],
    ["localhost", BOTH],
    ["localhost.", BOTH],
    ["shop.localhost", BOTH],
  ])("%s needs no name server", async (hostname, addresses) => {
    expect(await new Addresses(hostname, never).find()).toEqual(addresses);
  });

  test("a name is looked up once for all who wait for it, and again after a failure", async () => {
    const answered = gate();
    const asked: string[] = [];
    const addresses = new Addresses("shop.test", async (hostname) => {
      asked.push(hostname);
      await answered.opened;
      if (asked.length === 1) throw new Error("no such name");
      return [{ address: "192.0.2.1", family: 4 }];
    });
    const first = [addresses.find(), addresses.find(), addresses.find()];
    answered.open();
    const outcomes = await Promise.allSettled(first);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await addresses.find()).toEqual([{ address: "192.0.2.1", family: 4 }]);
    await addresses.find();
    expect(asked).toEqual(["shop.test", "shop.test"]);
  });

  test("of a great many addresses the first 16 are tried", async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ address: `192.0.2.${index % 256}`, family: 4 }));
    expect(await new Addresses("many.test", async () => many).find()).toEqual(many.slice(0, 16));
  });
});

describe("resolving soon", () => {
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
});
