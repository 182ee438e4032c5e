import {
  attemptFields,
  deliveryFields,
  jsonShapes,
  outcomeFields,
  requestFields,
} from "../../src/core/wire/shapes/index.ts";
import { type Example, jsonExamples } from "./json-examples.ts";
import { fence, GENERATED, page, table } from "./markdown.ts";
import { type AnySchema, describeFields, type Named } from "./schema-fields.ts";

/** Objects that stand in several shapes: shown once, named elsewhere. */
const named: readonly (Named & { readonly says: string })[] = [
  { name: "request", schema: requestFields, says: "One request as it was captured." },
  { name: "delivery", schema: deliveryFields, says: "One request on its way to one target." },
  { name: "attempt", schema: attemptFields, says: "One HTTP try of a delivery." },
  {
    name: "outcome",
    schema: outcomeFields,
    says: "How an attempt ended; `kind` says which of these it is. A 500 is a response; no answer at all has a reason.",
  },
];

const shapeTexts: Readonly<Record<keyof typeof jsonShapes, string>> = {
  ready: "The first line of `listen --json`. It comes when the port is bound, never earlier.",
  request:
    "`listen`: a request is stored. `list`: one line for each request, newest first. `wait`: one for each match.",
  replied:
    "`listen`: what the sender was told by a fault of --fail, where nothing was forwarded; with a delivery, its line says it.",
  delivery:
    "`listen`: an attempt has ended and is stored, made by this listener or by a `replay` elsewhere. `replay`: one line for each target.",
  notice: "`listen`: something that a person should know, such as trouble with the store.",
  summary: "The last line of `listen --json`.",
  replayed: "The last line of `replay --json`, where more than one delivery was to be made.",
  "dry-run":
    "`replay --dry-run`: one line for each request and target. Credentials are masked unless --reveal is given.",
  sent: "`send`: one line for each attempt: an event, or a copy of it, and one target.",
  sends: "The last line of `send --json`, where more than one attempt was to be made.",
  "would-send":
    "`send --dry-run`: one line for each attempt. The secret is in it nowhere; a token that is sent along is masked.",
  detail: "`show`: one request with everything around it. Bodies come with `--body`.",
  written: "`init`: the file that it wrote.",
  completion: "`completion`: the script.",
  removed: "`rm`: what went, or with `--dry-run` what would.",
  pruned: "`prune`: what went, and what the store took before and takes now.",
  exported: "`export --output`: what is in the file. Without `--output` the document itself goes to standard output.",
  imported: "`import`: the requests that are stored now.",
  info: "`info`: the store, what it holds, and what runs on it; with `--check` whether it is sound.",
  recovered: "`info --recover`: what could be saved of a damaged store.",
  setting: "`info --settings`: one line for each setting.",
  provider: "`providers`: one line for each provider, or for the one that was named.",
  fault: "`faults`: one line for each fault, those that a sender meets first.",
  schedule: "`schedules`: one line for each schedule, or for the one that was named or written.",
  retries:
    "`retries`: one event with all its attempts; without an event one line for each that came more than once; with `--follow` one at each change.",
  verification: "`verify`: whether a signature holds, and where it does not, what would make it hold.",
  diff: "`diff`: everything in which two requests differ.",
  error: "Any command that fails, on standard error.",
};

export async function renderJsonPage(): Promise<string> {
  const examples = await jsonExamples();
  const names = Object.keys(jsonShapes) as (keyof typeof jsonShapes)[];
  const shapes = names.map((name) => renderShape(name, jsonShapes[name], examples));
  return page(
    GENERATED,
    "# JSON output",
    "Every command takes `--json` and then prints one compact JSON object a line on standard output, and nothing else there. Errors are one JSON object on standard error.",
    "`v` and `kind` come first and tell which shape a line has. A field may be added to a shape at any time, so ignore what you do not know; a change that would break a reader gets a new `v`.",
    "Text that came over the wire keeps its bytes: one character stands for one byte (latin-1). Control characters are escaped, so that a line is safe on a terminal.",
    fence(
      `hookcli listen --json --exit-after 1 --for 30s | jq -r 'select(.kind == "request") | .request.target'`,
      "sh",
    ),
    "## Lines",
    ...shapes,
    "## Objects inside",
    ...named.map(({ name, schema, says }) => renderFields(`### The ${name} object`, says, schema, name)),
  );
}

function renderShape(name: keyof typeof jsonShapes, schema: AnySchema, examples: ReadonlyMap<string, Example>): string {
  const example = examples.get(name);
  if (!example) throw new Error(`no command printed the shape ${name}`);
  const heading = renderFields(`### ${name}`, shapeTexts[name], schema, undefined);
  return `${heading}\n\n${example.command}:\n\n${fence(JSON.stringify(example.shape, null, 2), "json")}`;
}

function renderFields(heading: string, says: string, schema: AnySchema, self: string | undefined): string {
  const others = named.filter(({ name }) => name !== self);
  const rows = describeFields(schema, others).map(({ path, type, says: meaning }) => [`\`${path}\``, type, meaning]);
  return `${heading}\n\n${says}\n\n${table(["field", "type", "meaning"], rows)}`;
}
