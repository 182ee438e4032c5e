import { expect, test } from "vitest";
import type { ConfigDocument } from "../../../../src/cli/config/config-document.ts";
import { readSchemes } from "../../../../src/cli/config/read-schemes.ts";

const path = "/shop/hookcli.config.json";
const document: ConfigDocument = { path, content: undefined, placeOf: (steps) => `${path}:${steps.join("/")}` };

test("schemes are read by name, in their order", () => {
  const schemes = readSchemes(
    {
      ecomm: {
        title: "Our shop",
        signature: { headers: { "X-Ecomm-Signature": "sha256={sig}" } },
        eventId: "b:data.id",
      },
      token: { signature: { place: "h:x-token" } },
      left: undefined,
    },
    document,
  );
  expect(schemes.map(({ name, title, eventId }) => [name, title, eventId])).toEqual([
    ["ecomm", "Our shop", "b:data.id"],
    ["token", "token", undefined],
  ]);
});

test.each([
  [[], "schemes: schemes must be an object like { "],
  [{ Ecomm: {} }, "schemes/Ecomm: schemes.Ecomm must have a name of small letters"],
  [{ a: { signature: 1 } }, "schemes/a/signature: schemes.a.signature must be an object, not 1"],
  [{ a: { sig: {} } }, "schemes/a/sig: schemes.a.sig is "],
  [{ a: { signature: { headers: { X: "{sig}" }, encoding: "hexx" } } }, "schemes/a/signature/encoding: "],
])("what is none is refused with its place: %j", (value, told) => {
  expect(() => readSchemes(value, document)).toThrow(
    expect.objectContaining({ code: "BAD_CONFIG", message: expect.stringContaining(`${path}:${told}`) as unknown }),
  );
});
