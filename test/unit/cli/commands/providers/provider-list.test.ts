import { expect, test } from "vitest";
import { printProviders } from "../../../../../src/cli/commands/providers/provider-list.ts";
import { schemes } from "../../../../../src/core/schemes/index.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

test("a line for each provider: name, title, signature, the first place of type and id, source", async () => {
  const { at, out } = await recordedSurroundings();
  printProviders(at, schemes);
  const lines = (await out()).trimEnd().split("\n");
  expect(lines).toHaveLength(schemes.length + 1);
  expect(lines[0]).toMatch(/^NAME +TITLE +SIGNATURE +EVENT TYPE +EVENT ID +SOURCE$/);
  expect(lines.find((line) => line.startsWith("stripe "))).toMatch(
    /^stripe +Stripe +HMAC-SHA256 over \{ts\}\.\{body\} +body type +body id +https:\/\/\S+$/,
  );
});

test.each([60, 80, 100])("on a terminal of %i columns no line is longer", async (columns) => {
  const { at, out } = await recordedSurroundings({ isOutTty: true, columns });
  printProviders(at, schemes);
  const lines = (await out()).trimEnd().split("\n");
  expect(lines.filter((line) => line.length > columns)).toEqual([]);
  for (const [index, { name }] of schemes.entries()) expect(lines[index + 1]).toMatch(new RegExp(`^${name} `));
});
