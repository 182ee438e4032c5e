import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../../../src/cli/commands/index.ts";
import { loadConfig } from "../../../../src/cli/config/load-config.ts";
import { Flags } from "../../../../src/cli/settings/flags.ts";
import { configuredSecrets, findSecret, readSecrets, secretForSigning } from "../../../../src/cli/secrets/secrets.ts";
import type { Secret } from "../../../../src/core/model/secret.ts";
import { stripe } from "../../../../src/core/schemes/entries/stripe.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../helpers/surroundings.ts";
import type { RawFlag } from "../../../../src/cli/flags/flag.ts";

interface SceneWanted extends SurroundingsWanted {
  /** `--secret` */
  readonly secret?: RawFlag;
  /** `secrets` of the project's file and of the person's own. */
  readonly project?: object;
  readonly own?: object;
}

async function scene({ secret, project, own, ...wanted }: SceneWanted = {}) {
  const recorded = await recordedSurroundings(wanted);
  const { at, folder } = recorded;
  const ownFile = join(folder, ".config/hookcli/config.json");
  const projectFile = join(folder, "hookcli.config.json");
  mkdirSync(join(folder, ".config/hookcli"), { recursive: true });
  if (project) writeFileSync(projectFile, JSON.stringify({ secrets: project }));
  if (own) writeFileSync(ownFile, JSON.stringify({ secrets: own }));
  const paths = [...(project ? [projectFile] : []), ...(own ? [ownFile] : [])];
  const flags = new Flags({ secret }, () => ({ kind: "flag" }), {
    files: await loadConfig(paths, commands, at.env),
  });
  return { ...recorded, at, flags };
}

const shown = (secrets: readonly Secret[]): readonly string[] =>
  secrets.map(({ name, text, provider }) => `${name} = ${text} for ${provider ?? "all"}`);

const EVERYWHERE = {
  env: { HOOKCLI_SECRET: "e-all", HOOKCLI_SECRET_STRIPE: "e-stripe", HOOKCLI_SECRET_GITLAB_SIGNING: "e-gitlab" },
  project: { "*": "p-all", stripe: ["p-new", "p-old"] },
  own: { stripe: "o-stripe", github: "o-github", "*": "o-all" },
};

describe("secrets to judge with", () => {
  test("are those of --secret, where there are any", async () => {
    const { at, flags } = await scene({ ...EVERYWHERE, secret: ["one", "two"] });
    expect(shown(await readSecrets(at, flags, "stripe"))).toEqual([
      "--secret (1 of 2) = one for stripe",
      "--secret (2 of 2) = two for stripe",
    ]);
    expect(shown(await readSecrets(at, flags))[0]).toBe("--secret (1 of 2) = one for all");
  });

  test("else those of the environment, then of the files: the project's before the person's own, provider by provider", async () => {
    const { at, flags } = await scene(EVERYWHERE);
    const project = "in hookcli.config.json";
    expect(shown(await readSecrets(at, flags))).toEqual([
      "HOOKCLI_SECRET_GITLAB_SIGNING = e-gitlab for gitlab-signing",
      "HOOKCLI_SECRET_STRIPE = e-stripe for stripe",
      "HOOKCLI_SECRET = e-all for all",
      `secrets.stripe[0] ${project} = p-new for stripe`,
      `secrets.stripe[1] ${project} = p-old for stripe`,
      "secrets.github in config.json = o-github for github",
      `secrets.* ${project} = p-all for all`,
    ]);
  });

  test("of one provider are its own and those for all", async () => {
    const { at, flags } = await scene(EVERYWHERE);
    const texts = (await configuredSecrets(at, flags, "github")).map(({ text }) => text);
    expect(texts).toEqual(["e-all", "o-github", "p-all"]);
  });

  test("are none where nobody named any, and an empty variable names none", async () => {
    const { at, flags } = await scene({ env: { HOOKCLI_SECRET: "", HOOKCLI_SECRETS: "x" } });
    expect(await readSecrets(at, flags)).toEqual([]);
  });

  test("that are for another provider are not even read", async () => {
    const { at, flags } = await scene({ own: { github: "env:NOWHERE", stripe: "cmd:no-such-program", slack: "s" } });
    expect((await readSecrets(at, flags, "slack")).map(({ text }) => text)).toEqual(["s"]);
    await expect(readSecrets(at, flags, "stripe")).rejects.toThrow(
      "no secret came from secrets.stripe in config.json: no-such-program cannot be run",
    );
  });

  test("may stand in a file that --secret names with @", async () => {
    const { at, flags, folder } = await scene({ secret: ["@key.pem"] });
    writeFileSync(join(folder, "key.pem"), "PEM\n");
    expect(shown(await readSecrets(at, flags))).toEqual(["--secret = PEM for all"]);
  });

  test("that --secret cannot be are refused without being repeated", async () => {
    const { at, flags } = await scene({ secret: ["$CANARY"] });
    await expect(readSecrets(at, flags)).rejects.toThrow("--secret: variables are not filled in; write env:CANARY");
    const empty = await scene({ secret: [""] });
    await expect(readSecrets(empty.at, empty.flags)).rejects.toThrow("--secret: it is empty");
  });

  test("that stand in a file of the project are used and warned about; those of the person's own file are just used", async () => {
    const { at, flags, err } = await scene({ project: { stripe: "p-stripe" }, own: { github: "o-github" } });
    await readSecrets(at, flags);
    expect(await err()).toMatch(
      /^warning: secrets\.stripe in hookcli\.config\.json is the secret itself,.*env:NAME.*\n$/,
    );
  });

  test("are covered from then on, on both outputs and in JSON", async () => {
    const { at, flags, out, err } = await scene({ secret: ['a"long\\one', "short"] });
    await readSecrets(at, flags);
    at.out.line('handler said a"long\\one, short');
    at.out.json({ says: 'a"long\\one' });
    at.err.line('a"long\\one');
    expect([await out(), await err()]).toEqual(['handler said ••••, short\n{"says":"••••"}\n', "••••\n"]);
  });
});

describe("the secret to sign with", () => {
  test("is the first that there is, and no other is read", async () => {
    const { at, flags } = await scene({
      secret: true,
      env: { HOOKCLI_SECRET_STRIPE: "e-stripe" },
      own: { stripe: "env:NOWHERE" },
    });
    expect(await secretForSigning(at, flags, stripe)).toEqual({
      name: "HOOKCLI_SECRET_STRIPE",
      text: "e-stripe",
      provider: "stripe",
    });
  });

  test("is the flag's own value, where it has one", async () => {
    const { at, flags } = await scene({ secret: "given", env: { HOOKCLI_SECRET: "e-all" } });
    expect((await findSecret(at, flags, stripe))?.text).toBe("given");
  });

  test("is asked for on a terminal", async () => {
    const { at, flags, err } = await scene({ secret: true, isInTty: true, isErrTty: true, input: "typed-secret\n" });
    expect((await secretForSigning(at, flags, stripe)).text).toBe("typed-secret");
    at.err.line("typed-secret");
    expect(await err()).toBe("Secret for Stripe: (what you type is not shown)\n••••\n");
  });

  test.each([{}, { isInTty: true, isErrTty: true, input: "\n" }])(
    "is missed where there is none, with the ways to give one: %j",
    async (wanted) => {
      const { at, flags } = await scene({ secret: true, ...wanted });
      expect(await findSecret(at, flags, stripe)).toBeUndefined();
      const missed = secretForSigning(at, flags, stripe);
      await expect(missed).rejects.toMatchObject({
        code: "NO_SECRET",
        message: "there is no secret to sign for stripe with",
        hint: "Give it with --secret <value>, in HOOKCLI_SECRET_STRIPE, or as secrets.stripe in a configuration file (hookcli init shows how)",
      });
    },
  );
});
