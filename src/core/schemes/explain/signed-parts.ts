import { toWire } from "../../model/headers.ts";
import type { Content } from "../scheme.ts";
import { templateParts, type TemplateParts } from "../template.ts";

/** A piece of what was signed. */
export interface SignedPart {
  /** `ts`, `id`, `url`, `method`, `path`, `secret`, `body`; `text`: what stands between them; `other`: only code knows. */
  readonly name: string;
  /** Latin-1, one character a byte; undefined for the body, and where a secret is in it. */
  readonly text: string | undefined;
  readonly sizeBytes: number;
}

/**
 * The pieces of some content, taken apart by the template that describes it, where it does.
 * @param describes `{ts}.{body}`
 * @param values what is known to stand for a name; others are what is left between
 * @param bodyBytes size of the body
 * @param secrets texts that must not be shown
 */
export function signedParts(
  content: Content,
  describes: string,
  values: Readonly<Record<string, string | undefined>>,
  bodyBytes: number,
  secrets: readonly string[],
): readonly SignedPart[] {
  const hidden = secrets.filter((text) => text !== "").map(toWire);
  const body: SignedPart = { name: "body", text: undefined, sizeBytes: bodyBytes };
  const runs = runsOf(content);
  const templates = split(templateParts(describes));
  const isDescribed = runs.length === templates.length;
  return runs.flatMap((run, index) => {
    const found =
      (isDescribed && takeApart(run, templates[index] ?? [], values)) || unknown(run, values["url"], hidden);
    return index === 0 ? found : [body, ...found];
  });
}

/** The texts before, between and behind the places of the body. */
function runsOf(content: Content): readonly string[] {
  const runs = [""];
  for (const part of content) {
    if (part === "body") runs.push("");
    else runs.push((runs.pop() ?? "") + Buffer.from(part).toString("latin1"));
  }
  return runs;
}

function split(parts: TemplateParts): readonly TemplateParts[] {
  const runs: TemplateParts[number][][] = [[]];
  for (const part of parts) {
    if (part.kind === "value" && part.name === "body") runs.push([]);
    else runs.at(-1)?.push(part);
  }
  return runs;
}

/** Undefined where the template does not describe this text. */
function takeApart(
  run: string,
  parts: TemplateParts,
  values: Readonly<Record<string, string | undefined>>,
): readonly SignedPart[] | undefined {
  const pattern = parts.map((part) => {
    const known = part.kind === "text" ? part.text : values[part.name];
    return known === undefined ? "([^]+?)" : `(${known.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)})`;
  });
  const found = new RegExp(`^${pattern.join("")}$`).exec(run);
  return found?.slice(1).map((text, index) => {
    const part = parts[index];
    const name = part?.kind === "value" ? part.name : "text";
    return { name, text: name === "secret" ? undefined : text, sizeBytes: text.length };
  });
}

/** What only code takes apart. An address at its start is told apart: it is what goes wrong most often. */
function unknown(run: string, url: string | undefined, hidden: readonly string[]): readonly SignedPart[] {
  const isAddressed = url !== undefined && url !== "" && run.startsWith(url);
  const rest = isAddressed ? run.slice(url.length) : run;
  const isSecret = hidden.some((text) => rest.includes(text));
  const address: SignedPart[] = isAddressed ? [{ name: "url", text: url, sizeBytes: url.length }] : [];
  if (rest === "") return address;
  return [...address, { name: "other", text: isSecret ? undefined : rest, sizeBytes: rest.length }];
}
