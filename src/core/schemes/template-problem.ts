import { itemTemplates } from "./item-template.ts";
import type { TemplateSignature } from "./scheme.ts";
import { holdsValue } from "./template.ts";

/** What is wrong with a template, and in which of its keys. */
export interface TemplateProblem {
  readonly steps: readonly string[];
  /** Follows the key: `holds no {sig}`. */
  readonly problem: string;
}

const CONTENT_VALUES = ["ts", "id", "body", "url", "method", "path", "secret"];
const HEADER_VALUES = ["sig", "ts", "id", "type", "now", "attempt"];
/** Header names of HTTP, and {n}. @see https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]*(?:\{n\})?[!#$%&'*+.^_`|~0-9A-Za-z-]*$/;

/** The first thing that keeps a template of a person's own from working; undefined: it works. */
export function templateProblem(template: TemplateSignature): TemplateProblem | undefined {
  return headersProblem(template) ?? contentProblem(template) ?? timestampProblem(template) ?? keyProblem(template);
}

function headersProblem({ headers, alsoIn = [], separator }: TemplateSignature): TemplateProblem | undefined {
  const steps = ["headers"];
  for (const name of [...Object.keys(headers), ...alsoIn]) {
    if (name === "" || !HEADER_NAME.test(name))
      return { steps, problem: `has a name that is none: ${JSON.stringify(name)}` };
  }
  for (const [name, text] of Object.entries(headers)) {
    if (!/^[\u0020-\u007e]*$/.test(text))
      return { steps: [...steps, name], problem: "may hold letters, digits and signs of ASCII only" };
    const unknown = unknownValue(text, HEADER_VALUES);
    if (unknown !== undefined) return { steps: [...steps, name], problem: noSuchValue(unknown, HEADER_VALUES) };
  }
  const signed = Object.entries(headers).filter(([, text]) => holdsValue(text, "sig"));
  const [first] = signed;
  if (!first) return { steps, problem: 'needs one header that holds {sig}, like "sha256={sig}"' };
  if (signed.length > 1) return { steps, problem: "may hold {sig} in one header only" };
  return itemsProblem(first[0], first[1], separator);
}

function itemsProblem(name: string, text: string, separator: string | undefined): TemplateProblem | undefined {
  const steps = ["headers", name];
  const items = itemTemplates(text, separator);
  const wanted = text.match(/\{[a-z]+\}/g)?.length ?? 0;
  if (items.length === wanted) {
    const stray = items.find(({ value }) => value !== "sig" && value !== "ts");
    return stray && { steps, problem: `may hold {sig} and {ts} only: {${stray.value}} needs a header of its own` };
  }
  const shape = "a text and one value behind it, like v1={sig}";
  if (separator === undefined && wanted > 1)
    return {
      steps,
      problem: `holds several values, so that "separator" must say what stands between them: "," ";" or " "`,
    };
  return {
    steps,
    problem: `must be ${separator === undefined ? shape : `items of ${shape}, divided by "${separator}"`}`,
  };
}

function contentProblem({ algorithm, content, headers }: TemplateSignature): TemplateProblem | undefined {
  const steps = ["content"];
  const unknown = unknownValue(content, CONTENT_VALUES);
  if (unknown !== undefined) return { steps, problem: noSuchValue(unknown, CONTENT_VALUES) };
  if (!/\{[a-z]+\}/.test(content))
    return { steps, problem: "is the same for every request; {body} stands for its bytes" };
  if (algorithm === "sha256" && !holdsValue(content, "secret"))
    return { steps, problem: "must hold {secret}: a plain hash proves nothing without it" };
  const hasId = Object.values(headers).some((text) => itemTemplates(text, undefined)[0]?.value === "id");
  return holdsValue(content, "id") && !hasId
    ? { steps, problem: 'holds {id}, so that "headers" must hold a header with {id} alone' }
    : undefined;
}

function timestampProblem({ content, headers, timestamp }: TemplateSignature): TemplateProblem | undefined {
  const isSent = Object.values(headers).some((text) => holdsValue(text, "ts"));
  if (!timestamp) {
    if (!isSent && !holdsValue(content, "ts")) return undefined;
    return {
      steps: [],
      problem: 'holds {ts}, so that it needs "timestamp", like { "unit": "s", "toleranceMs": 300000 }',
    };
  }
  if (isSent || timestamp.place !== undefined) return undefined;
  return { steps: ["timestamp"], problem: 'needs a header with {ts}, or "place", like "b:sent_at"' };
}

function keyProblem({ algorithm, key }: TemplateSignature): TemplateProblem | undefined {
  const wanted = algorithm === "ed25519" ? "ed25519" : algorithm === "ecdsa-p256-sha256" ? "ecdsa" : undefined;
  if (wanted === undefined ? key !== "ed25519" && key !== "ecdsa" : key === wanted) return undefined;
  return {
    steps: ["key"],
    problem: `cannot be ${key} with ${algorithm}${wanted === undefined ? "" : `: it is ${wanted}`}`,
  };
}

function unknownValue(text: string, known: readonly string[]): string | undefined {
  for (const [, name = ""] of text.matchAll(/\{(\w+)\}/g)) if (!known.includes(name)) return name;
  return undefined;
}

function noSuchValue(name: string, known: readonly string[]): string {
  return `holds {${name}}, which there is not; there are ${known.map((one) => `{${one}}`).join(" ")}`;
}
