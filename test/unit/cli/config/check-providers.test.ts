import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../../../src/cli/commands/index.ts";
import { loadConfig } from "../../../../src/cli/config/load-config.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

/** Loads a project's file and a person's own. */
async function load(project: object, own: object): Promise<unknown> {
  const home = temporaryFolder();
  const paths = [join(home, "shop/hookcli.config.json"), join(home, ".config/hookcli/config.json")];
  for (const [index, path] of paths.entries()) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify([project, own][index]));
  }
  return loadConfig(paths, commands, { HOME: home });
}

const shop = {
  title: "Our shop",
  signature: {
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Ecomm-Signature": "sha256={sig}" },
  },
};

test("a secret for a provider that there is is fine, wherever its scheme comes from", async () => {
  const files = await load(
    { schemes: { shop }, secrets: { stripe: "env:A" } },
    { secrets: { shop: "env:B", "*": "env:C" } },
  );
  expect(files).toHaveLength(2);
});

test("a name that no provider has is an error in a project's file, with what was meant", async () => {
  await expect(load({ secrets: { strpe: "x" } }, {})).rejects.toMatchObject({
    message: expect.stringMatching(
      /config\.json:1:\d+: there is a secret for "strpe", which is no provider$/,
    ) as unknown,
    hint: expect.stringContaining('Did you mean "stripe"?') as unknown,
  });
  await expect(load({ secrets: { elsewhere: "x" } }, {})).rejects.toMatchObject({
    hint: expect.stringContaining("hookcli providers --no-config lists them") as unknown,
  });
});

test("in a person's own file it may be for another project, unless it looks like a slip", async () => {
  expect(await load({}, { secrets: { elsewhere: "x" } })).toHaveLength(2);
  await expect(load({}, { secrets: { githb: "x" } })).rejects.toMatchObject({
    hint: expect.stringContaining('Did you mean "github"?') as unknown,
  });
});
