/** As much of a valibot schema as is needed to describe it. */
export interface AnySchema {
  readonly kind: string;
  readonly type: string;
  readonly entries?: Readonly<Record<string, AnySchema>>;
  readonly item?: AnySchema;
  readonly items?: readonly AnySchema[];
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly wrapped?: AnySchema;
  readonly pipe?: readonly AnySchema[];
  readonly description?: string;
}

/** An object that is described elsewhere under a name of its own. */
export interface Named {
  readonly name: string;
  readonly schema: AnySchema;
}

export interface FieldRow {
  /** `request.id`, `deliveries[].url` */
  readonly path: string;
  readonly type: string;
  readonly says: string;
}

/** One row for each field of an object schema, nested ones included; named objects are named, not walked into. */
export function describeFields(schema: AnySchema, named: readonly Named[], prefix = ""): readonly FieldRow[] {
  const bare = unwrap(schema).schema;
  if (bare.type === "variant") return variantRows(bare, named, prefix);
  return Object.entries(bare.entries ?? {}).flatMap(([name, field]) => fieldRows(`${prefix}${name}`, field, named));
}

function fieldRows(path: string, field: AnySchema, named: readonly Named[]): readonly FieldRow[] {
  const own = { path, type: typeOf(field, named), says: sayings(field).join(" ") };
  const { schema } = unwrap(field);
  if (nameOf(schema, named) !== undefined) return [own];
  if (schema.type === "object") return [own, ...describeFields(schema, named, `${path}.`)];
  const element = schema.type === "array" && schema.item ? unwrap(schema.item).schema : undefined;
  if (element?.type !== "object" || nameOf(element, named) !== undefined) return [own];
  const base = named.find((other) => extendsBy(element, other.schema));
  const entries = Object.entries(element.entries ?? {}).filter(([name]) => base?.schema.entries?.[name] === undefined);
  return [
    base ? { ...own, type: `array of [${base.name} objects](#the-${base.name}-object), each with more` } : own,
    ...entries.flatMap(([name, entry]) => fieldRows(`${path}[].${name}`, entry, named)),
  ];
}

function variantRows({ options = [] }: AnySchema, named: readonly Named[], prefix: string): readonly FieldRow[] {
  return (options as readonly AnySchema[]).flatMap((option) => {
    const kind = String(option.entries?.["kind"]?.literal);
    const rows = describeFields(option, named, prefix).filter(({ path }) => path !== "kind");
    const own = { path: "kind", type: `\`"${kind}"\``, says: rows.length === 0 ? "Nothing else." : "" };
    return [own, ...rows.map((row) => ({ ...row, says: [`With \`"${kind}"\`.`, row.says].join(" ").trim() }))];
  });
}

function typeOf(field: AnySchema, named: readonly Named[]): string {
  const { schema, isNullable, isOptional } = unwrap(field);
  return `${bareType(schema, named)}${isNullable ? " or null" : ""}${isOptional ? ", may be absent" : ""}`;
}

function bareType(schema: AnySchema, named: readonly Named[]): string {
  const name = nameOf(schema, named);
  if (name !== undefined) return `[${name} object](#the-${name}-object)`;
  switch (schema.type) {
    case "literal":
      return `\`${JSON.stringify(schema.literal)}\``;
    case "picklist":
      return (schema.options ?? []).map((option) => `\`${JSON.stringify(option)}\``).join(", ");
    case "array":
      return `array of ${plural(schema.item ? typeOf(schema.item, named) : "anything")}`;
    case "tuple":
      return `[${(schema.items ?? []).map((part) => typeOf(part, named)).join(", ")}]`;
    case "number":
      return isInteger(schema) ? "integer" : "number";
    default:
      return schema.type;
  }
}

function plural(type: string): string {
  return type.startsWith("[string")
    ? `${type} pairs`
    : type.replace(/^(string|object|integer)$/, "$1s").replace(/ object\]/, " objects]");
}

function isInteger(schema: AnySchema): boolean {
  return (schema.pipe ?? []).some(
    (part) => part.type === "integer" || (part !== schema && part.pipe !== undefined && isInteger(part)),
  );
}

/** Through nullable, optional and pipes down to what is there. A pipe repeats its first schema's fields. */
function unwrap(field: AnySchema): { schema: AnySchema; isNullable: boolean; isOptional: boolean } {
  let schema = field;
  let isNullable = false;
  let isOptional = false;
  while (schema.wrapped) {
    if (schema.type === "nullable") isNullable = true;
    if (schema.type === "optional") isOptional = true;
    schema = schema.wrapped;
  }
  return { schema, isNullable, isOptional };
}

/** Descriptions from the outside in, each once. The outermost one is the most particular, and the only one that counts. */
function sayings(field: AnySchema): readonly string[] {
  const own = (field.pipe ?? []).filter(({ type }) => type === "description").at(-1)?.description;
  if (own !== undefined) return [own];
  const inner = field.wrapped ?? field.pipe?.[0];
  return inner === undefined || inner === field ? [] : sayings(inner);
}

function nameOf(schema: AnySchema, named: readonly Named[]): string | undefined {
  return named.find(
    (other) => other.schema === schema || (other.schema.entries && other.schema.entries === schema.entries),
  )?.name;
}

/** Whether an object has all fields of another, and more. */
function extendsBy(schema: AnySchema, base: AnySchema): boolean {
  const fields = Object.entries(base.entries ?? {});
  return fields.length > 0 && fields.every(([name, field]) => schema.entries?.[name] === field);
}
