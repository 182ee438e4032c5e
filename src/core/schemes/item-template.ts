/** What may stand in one item of a header: in `v1={sig}` a text before a value. */
export interface ItemTemplate {
  readonly prefix: string;
  readonly value: string;
}

/** `t={ts},v1={sig}` as its items; those that hold no value are left out. @param separator undefined: it is one item */
export function itemTemplates(template: string, separator: string | undefined): readonly ItemTemplate[] {
  return (separator === undefined ? [template] : template.split(separator)).flatMap((item) => {
    const parts = /^([^{]*)\{([a-z]+)\}$/.exec(item.trim());
    return parts ? [{ prefix: parts[1] ?? "", value: parts[2] ?? "" }] : [];
  });
}

/** The template that an item follows, if it has something behind the text. */
export function readItem(templates: readonly ItemTemplate[], item: string): ItemTemplate | undefined {
  for (const template of templates) {
    if (item.length > template.prefix.length && item.startsWith(template.prefix)) return template;
  }
  return undefined;
}

/** What people call an item with a signature: `v1`. */
export function nameOf(templates: readonly ItemTemplate[]): string {
  const prefix = templates.find(({ value }) => value === "sig")?.prefix ?? "";
  return prefix.replace(/[^0-9A-Za-z]+$/, "") || "signature";
}
