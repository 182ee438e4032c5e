import { describe, expect, test } from "vitest";
import { readSigning } from "../../../../../src/cli/commands/replay/read-signing.ts";
import type { ConfigFile } from "../../../../../src/cli/config/read-config.ts";
import { parseSecretSource } from "../../../../../src/cli/config/secret-source.ts";
import type { RawFlags } from "../../../../../src/cli/flags/flag.ts";
import { Flags } from "../../../../../src/cli/settings/flags.ts";
import { stripe } from "../../../../../src/core/schemes/entries/stripe.ts";
import type { SigningSecrets } from "../../../../../src/app/replaying/resign.ts";
import { recordedSurroundings, type SurroundingsWanted, THIS_MACHINE } from "../../../../helpers/surroundings.ts";

/** A file that names a secret for stripe. */
function fileWith(text: string): ConfigFile {
  const source = parseSecretSource(text, "/");
  if ("problem" in source) throw new Error(source.problem);
  const secret = { name: "secrets.stripe", key: "secrets.stripe", place: "", provider: "stripe", source };
  const secrets = [{ ...secret, isWrittenOut: false }];
  return { path: "", settings: new Map(), routes: undefined, schemes: [], secrets, isOwn: true };
}

interface Wanted extends SurroundingsWanted {
  readonly raw?: RawFlags;
  /** Of the configuration file. */
  readonly secret?: string;
}

async function scene({ raw = {}, secret, ...wanted }: Wanted = {}) {
  const recorded = await recordedSurroundings(wanted);
  const files = secret === undefined ? [] : [fileWith(secret)];
  const signing = readSigning(recorded.at, new Flags(raw, () => ({ kind: "flag" }), { files }));
  const secrets = async (): Promise<readonly [string | undefined, readonly string[]]> =>
    textsOf(await signing.secretsOf("stripe", stripe));
  return { ...recorded, signing, secrets };
}

const textsOf = ({ chosen, known }: SigningSecrets): readonly [string | undefined, readonly string[]] => [
  chosen?.text,
  known.map(({ text }) => text),
];

test("without flags each request is recognised, and signed for where it goes", async () => {
  const { signing } = await scene();
  expect(signing).toMatchObject({ schemes: [], provider: undefined, publicUrl: undefined, headerEdits: [] });
  expect(signing.machine()).toBe(THIS_MACHINE);
  expect(signing.uuid()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/);
  expect(signing.uuid()).not.toBe(signing.uuid());
});

test("flags say for whom, for which address and with which headers", async () => {
  const raw = { provider: "Stripe", publicUrl: "https://shop.test/hooks", header: ["Stripe-Signature: mine"] };
  expect((await scene({ raw })).signing).toMatchObject({
    provider: "stripe",
    publicUrl: { origin: "https://shop.test", path: "/hooks" },
    headerEdits: [{ name: "Stripe-Signature", value: "mine" }],
  });
});

test.each([
  [{ provider: "strpe" }, '--provider cannot be "strpe"'],
  [{ publicUrl: "ftp://shop" }, '--public-url cannot be "ftp://shop"'],
  [{ header: ["nonsense"] }, '--header cannot be "nonsense"'],
])("%j cannot be used", async (raw, told) => {
  await expect(scene({ raw })).rejects.toMatchObject({
    code: "BAD_VALUE",
    message: expect.stringContaining(told) as unknown,
  });
});

describe("what there is to sign with", () => {
  const env = { HOOKCLI_SECRET_STRIPE: "from-env", HOOKCLI_SECRET_GITHUB: "other" };

  test("is what is configured, none of it chosen", async () => {
    expect(await (await scene({ env, secret: "from-file" })).secrets()).toEqual([undefined, ["from-env", "from-file"]]);
    expect(await (await scene()).secrets()).toEqual([undefined, []]);
  });

  test("is chosen by --secret, and the original may hold under another one", async () => {
    expect(await (await scene({ env, raw: { secret: "given" } })).secrets()).toEqual(["given", ["given", "from-env"]]);
  });

  test("is chosen by --secret also where what is configured cannot be had", async () => {
    const given = await scene({ secret: "env:NOWHERE", raw: { secret: "given" } });
    expect(await given.secrets()).toEqual(["given", ["given"]]);
    const without = await scene({ secret: "env:NOWHERE" });
    await expect(without.secrets()).rejects.toMatchObject({ code: "SECRET_UNAVAILABLE" });
  });

  test("is not asked for where something is configured", async () => {
    expect(await (await scene({ env, raw: { secret: true } })).secrets()).toEqual([undefined, ["from-env"]]);
  });

  test("is asked for once where --secret stands alone and nothing is configured", async () => {
    const wanted = { isErrTty: true, isInTty: true, input: "typed\nagain\n" };
    const { secrets, err } = await scene({ raw: { secret: true }, ...wanted });
    expect(await Promise.all([secrets(), secrets()])).toEqual([
      ["typed", ["typed"]],
      ["typed", ["typed"]],
    ]);
    expect((await err()).match(/Secret for Stripe/g)).toHaveLength(1);
  });

  test("is missed where nobody can be asked", async () => {
    const { secrets } = await scene({ raw: { secret: true } });
    await expect(secrets()).rejects.toMatchObject({
      code: "NO_SECRET",
      details: { variable: "HOOKCLI_SECRET_STRIPE" },
    });
  });

  test("is another one for another provider", async () => {
    const { signing, secrets } = await scene({ env });
    await secrets();
    expect(textsOf(await signing.secretsOf("github", stripe))).toEqual([undefined, ["other"]]);
  });
});
