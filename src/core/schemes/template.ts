/** A template taken apart: texts, and the names of the values between them. */
export type TemplateParts = readonly (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly name: string }
)[];

/** `v0:{ts}:{body}` as its parts. A brace that opens no name stands for itself. */
export function templateParts(template: string): TemplateParts {
  return template
    .split(/(\{[a-z]+\})/)
    .filter((piece) => piece !== "")
    .map((piece) => {
      const name = /^\{([a-z]+)\}$/.exec(piece)?.[1];
      return name === undefined ? { kind: "text", text: piece } : { kind: "value", name };
    });
}

/** Fills a template; a value that is not given is left out. */
export function fillTemplate(template: string, values: Readonly<Record<string, string | undefined>>): string {
  return template.replaceAll(/\{([a-z]+)\}/g, (_, name: string) => values[name] ?? "");
}

/** Whether a value stands in a template. */
export function holdsValue(template: string, name: string): boolean {
  return template.includes(`{${name}}`);
}
