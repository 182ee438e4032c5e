import { expect, test } from "vitest";
import type { ConfigFile } from "../../../../src/cli/config/read-config.ts";
import { readSchemes } from "../../../../src/cli/config/read-schemes.ts";
import { readProvider } from "../../../../src/cli/flag-groups/read-provider.ts";
import { Flags } from "../../../../src/cli/settings/flags.ts";
import { stripe } from "../../../../src/core/schemes/entries/stripe.ts";

const path = "hookcli.config.json";
const schemes = readSchemes(
  { "our-shop": { signature: { headers: { "X-Shop": "{sig}" } } } },
  { path, content: undefined, placeOf: () => path },
);
const file: ConfigFile = { path, settings: new Map(), routes: undefined, schemes, secrets: [], isOwn: false };

const read = (provider: string | undefined) =>
  readProvider<"provider">(new Flags({ provider }, () => ({ kind: "flag" }), { files: [file] }), "provider");

test("a provider is found by its name, in any letter case; where none is named there is none", () => {
  expect([read("stripe"), read("STRIPE"), read(undefined)]).toEqual([stripe, stripe, undefined]);
});

test("a person's own schemes have names too", () => {
  expect(read("our-shop")).toBe(schemes[0]);
});

test.each([
  ["strpe", "--provider stripe"],
  ["our-shp", "--provider our-shop"],
  ["weather", "--provider stripe; hookcli providers lists all of them"],
  ["", "--provider stripe; hookcli providers lists all of them"],
])("%j is no provider, and it is said what is", (name, example) => {
  expect(() => read(name)).toThrow(
    expect.objectContaining({
      code: "BAD_VALUE",
      message: `--provider cannot be ${JSON.stringify(name)}: there is no provider of this name`,
      hint: `Write it like this: ${example}`,
    }) as Error,
  );
});
