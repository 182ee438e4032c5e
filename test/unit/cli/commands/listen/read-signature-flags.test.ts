import { expect, test } from "vitest";
import { readSignatureFlags } from "../../../../../src/cli/commands/listen/read-signature-flags.ts";
import { Flags } from "../../../../../src/cli/settings/flags.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";
import type { RawFlags } from "../../../../../src/cli/flags/flag.ts";

const read = async (raw: RawFlags, env = {}) =>
  readSignatureFlags((await recordedSurroundings({ env })).at, new Flags(raw, () => ({ kind: "flag" })));

test("without flags everybody is recognised, nothing is refused, and no secret is known", async () => {
  expect(await read({})).toEqual({
    provider: undefined,
    publicUrl: undefined,
    refuseStatus: undefined,
    answersHandshakes: false,
    schemes: [],
    secrets: [],
  });
});

test("with --provider only its secrets are read", async () => {
  const env = { HOOKCLI_SECRET_STRIPE: "s", HOOKCLI_SECRET_GITHUB: "g" };
  const { provider, secrets } = await read({ provider: "Stripe" }, env);
  expect([provider, secrets.map(({ text }) => text)]).toEqual(["stripe", ["s"]]);
});

test.each([
  ["strpe", "--provider stripe"],
  ["something else", "hookcli providers lists all of them"],
])("a provider that is none is a bad value: %s", async (provider, hint) => {
  await expect(read({ provider })).rejects.toMatchObject({
    code: "BAD_VALUE",
    message: `--provider cannot be ${JSON.stringify(provider)}: there is no provider of this name`,
    hint: expect.stringContaining(hint) as unknown,
  });
});

test.each([
  [true, 401],
  [false, undefined],
  ["400", 400],
  ["599", 599],
])("--verify %s refuses with %s", async (verify, status) => {
  expect((await read({ verify })).refuseStatus).toBe(status);
});

test.each(["200", "399", "600", "8000", "yes", "4e2"])("--verify cannot be %s", async (verify) => {
  await expect(read({ verify })).rejects.toThrow(`--verify cannot be "${verify}": it is not a status from 400 to 599`);
});

test("--public-url is an address", async () => {
  const { publicUrl } = await read({ publicUrl: "https://shop.example.com/hooks?v=2" });
  expect(publicUrl).toEqual({ origin: "https://shop.example.com", path: "/hooks", query: "v=2" });
  await expect(read({ publicUrl: "ftp://shop" })).rejects.toThrow(/^--public-url cannot be "ftp:/);
});
