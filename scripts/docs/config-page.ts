import type { Command } from "../../src/cli/settings/command.ts";
import { type ConfigKey, configKeys, routeKeys, valueText } from "../../src/cli/config/config-shape.ts";
import { PROJECT_FILES } from "../../src/cli/config/find-config.ts";
import { STARTER_TEXT } from "../../src/cli/commands/init/starter.ts";
import { code, fence, GENERATED, page, table } from "./markdown.ts";
import { schemeKeys, signatureKeys, timestampKeys } from "./scheme-keys.ts";

const ROUTES_EXAMPLE = `{
  "listen": { "forward": "localhost:8000" },
  "routes": [
    { "path": "/stripe*", "to": "localhost:8001" },
    { "type": "invoice.*", "to": ["localhost:8002/billing", 8003] },
    { "path": "/health", "to": [] }
  ]
}`;

const SECRETS_EXAMPLE = `{
  "secrets": {
    "stripe": "env:STRIPE_WEBHOOK_SECRET",
    "github": ["file:~/.secrets/github-new", "file:~/.secrets/github-old"],
    "slack": "cmd:op read op://dev/slack/signing-secret",
    "*": "env:WEBHOOK_SECRET"
  }
}`;

/** The sender signs the body alone, and its events have no id but the order's. */
const SCHEME_EXAMPLE = `{
  "schemes": {
    "ecomm": {
      "title": "Our shop",
      "signature": {
        "algorithm": "hmac-sha256",
        "encoding": "hex",
        "key": "utf8",
        "content": "{body}",
        "headers": { "X-Ecomm-Signature": "sha256={sig}" }
      },
      "eventId": "b:data.order_id",
      "eventType": "b:event_type"
    }
  }
}`;

const MODULE_EXAMPLE = `export default {
  listen: { forward: "localhost:8000", port: process.env.CI ? 0 : 4400 },
};`;

export function renderConfigPage(commands: readonly Command[]): string {
  const keys = configKeys(commands);
  return page(
    GENERATED,
    "# Configuration files",
    "`hookcli init` writes a commented file into the current folder; `hookcli init --print` shows it.",
    "## Which value counts",
    "The first of these that has the value:",
    "1. the flag on the command line\n2. the environment variable, where the flag has one ([list](cli.md#environment-variables))\n3. the project's file\n4. your own file\n5. the default",
    "`--config <file>` names a file in place of the project's. `--no-config` reads no file at all. `HOOKCLI_CONFIG` is the same as `--config`.",
    "## Where files are looked for",
    `The project's file is looked for in the current folder and then upward, to your home folder or the top of the file system; the nearest one counts. In one folder the first of these names does: ${PROJECT_FILES.map(code).join(", ")}, and \`package.json\` where it has an object \`hookcli\`.`,
    "Your own file is `~/.config/hookcli/config.jsonc` or `config.json` (below `XDG_CONFIG_HOME` where that is set; on Windows `%APPDATA%\\hookcli\\Config`).",
    "All JSON files may have comments and trailing commas. A `.ts`, `.mts`, `.js` or `.mjs` file is a program: Node runs it (types are stripped, so no `enum` or `namespace`), and its default export holds the settings:",
    fence(MODULE_EXAMPLE, "ts"),
    "Running hookcli in somebody else's project therefore runs their file, as with most tools of a project. A file that merely was found and belongs to another user, or that others may write to, is refused with one sentence; so is code in a folder to which others may write. `--config` names it all the same. Pressing Tab runs no file and no `cmd:`.",
    "## Settings",
    'A setting of a command stands in an object with the command\'s name: `listen.maxBody` is `{ "listen": { "maxBody": "5MiB" } }`.' +
      nestedText(keys) +
      " Values are written as for the flag ([targets, durations, sizes](cli.md#how-things-are-written)); numbers may be numbers. A path counts from the file's own folder, and `~/` is your home folder.",
    table(
      ["key", "value", "what it does", "default"],
      keys.map(({ key, holds, flag }) => [
        code(key),
        valueText(holds),
        flag.description,
        flag.default === undefined ? "" : code(flag.default),
      ]),
    ),
    "An unknown key, or a value of the wrong kind, is an error that names file, line and column; nothing is ignored. A flag can switch something on that the file leaves off, but not the other way round.",
    "## Routes",
    "`routes` sends requests to different targets. The first rule that fits takes the request; a request that fits none goes to the targets of `--forward` or `listen.forward`.",
    fence(ROUTES_EXAMPLE, "json"),
    table(
      ["key of a rule", "meaning"],
      Object.entries(routeKeys).map(([key, meaning]) => [code(key), meaning]),
    ),
    "Only `to` is needed; a key that is left out fits every request. Patterns must fit the whole path or type: `/stripe` fits `/stripe` alone, `/stripe*` also `/stripe/eu`. Of two files that both have routes, the stronger one's count alone.",
    "## Secrets",
    "`secrets` says where the signing secret of each provider is to be had; `*` is for all others. The first of these that is there counts:",
    "1. `--secret` on the command line (every user of the machine can see it in the list of processes, and the shell remembers it)\n2. `HOOKCLI_SECRET_STRIPE`, named after the provider in capitals, with `_` for `-`\n3. `HOOKCLI_SECRET`\n4. `secrets` in the project's file, then in your own, provider by provider",
    "A request is judged with all that are configured for its provider, or with those of `--secret` alone. A command that signs takes the first.",
    table(
      ["you write", "the secret is"],
      [
        [code("env:STRIPE_WEBHOOK_SECRET"), "in this environment variable"],
        [code("file:./stripe-secret"), "in this file; on the command line also `@./key.pem`"],
        [
          code("cmd:pass show webhooks/stripe"),
          "what this program prints: run in the file's folder without a shell, for at most 10 s, and only where the secret is needed",
        ],
        [code("whsec_..."), "this text itself: fine in your own file; a project's file gets around, so hookcli warns"],
      ],
    ),
    "Several secrets of one provider, as while one is being replaced, are a list; all of them are tried. `--secret` takes the same forms. A secret that cannot be had is an error that names its source; no command prints a secret. What costs nothing to know (a flag, `HOOKCLI_SECRET*`, `env:`, a plain file, a secret written out) is covered by every command in all that it shows of requests and responses, also in exports and errors: as it is, without a prefix like `whsec_`, in base64 and hexadecimal, with the escapes of JSON, URLs and HTML. Programs are not run for that, and pipes are not read; what they gave is covered from then on. From 8 characters on a secret is covered wherever it stands, from 4 on where no letter or digit stands beside it, a shorter one nowhere. `--reveal` shows what is covered, `--raw` and what is sent are exact.",
    fence(SECRETS_EXAMPLE, "json"),
    "## Schemes of your own",
    "`schemes` describes senders that hookcli does not know, or puts a description of yours in place of one that is built in ([the list](schemes.md)). They are looked for first. The name is what you write after `--provider`.",
    fence(SCHEME_EXAMPLE, "json"),
    "A place is `h:` and a header (`h:x-event-id`), `b:` and a field of the JSON or form body (`b:data.0.id`), or `q:` and a field of the query. Alternatives have `|` between them, parts of one value `+`.",
    keyTable("key of a scheme", schemeKeys),
    'A `signature` with nothing but `place` is a token that is sent along: `{ "place": "h:x-token" }`. Otherwise only `headers` is needed:',
    keyTable("key of `signature`", signatureKeys),
    keyTable("key of `timestamp`", timestampKeys),
    "Its secret comes from `HOOKCLI_SECRET_ECOMM`, or from `secrets.ecomm`. `hookcli providers ecomm` shows what hookcli understood.",
    "## The starter",
    fence(STARTER_TEXT, "jsonc"),
  );
}

/** Said where there is a subcommand that a file may set something of. */
function nestedText(keys: readonly ConfigKey[]): string {
  const nested = keys.find(({ path }) => path.length > 2);
  return nested ? ` The object of a subcommand stands in that of its command: ${code(nested.key)}.` : "";
}

function keyTable(heading: string, keys: Readonly<Record<string, string>>): string {
  return table(
    [heading, "meaning"],
    Object.entries(keys).map(([key, meaning]) => [code(key), meaning]),
  );
}
