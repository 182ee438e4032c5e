import { Visitor, parseSync } from "rolldown/utils";

/** One change to a source text that its tests should notice. */
export interface Mutant {
  /** From the top of the repository. */
  readonly path: string;
  /** Where in the text it stands, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** What stands there instead. */
  readonly replacement: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "**": ["*"],
  "<<": [">>"],
  ">>": ["<<"],
  ">>>": ["<<"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
  "&&": ["||"],
  "||": ["&&"],
  "??": ["&&"],
  "+=": ["-="],
  "-=": ["+="],
  "*=": ["/="],
  "/=": ["*="],
  "??=": ["="],
  "++": ["--"],
  "--": ["++"],
};

const METHODS: Readonly<Record<string, string>> = {
  every: "some",
  some: "every",
  min: "max",
  max: "min",
  floor: "ceil",
  ceil: "floor",
  startsWith: "endsWith",
  endsWith: "startsWith",
  indexOf: "lastIndexOf",
  lastIndexOf: "indexOf",
  find: "findLast",
  findLast: "find",
  toLowerCase: "toUpperCase",
  toUpperCase: "toLowerCase",
  trimStart: "trimEnd",
  trimEnd: "trimStart",
};

/** All mutants of a source text, in its order: of operators, conditions, literals, returns, calls and statements. */
export function mutantsOf(path: string, text: string): readonly Mutant[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors.map(({ message }) => message).join("; ")}`);
  const found: Mutant[] = [];
  const untouched: Node[] = [];
  const put = ({ start, end }: Pick<Node, "start" | "end">, replacement: string): void => {
    if (text.slice(start, end) !== replacement) found.push({ path, start, end, replacement });
  };
  /** Between two operands stands an operator, and perhaps a comment. */
  const operator = (left: Node, right: Node, written: string): void => {
    const start = text.indexOf(written, left.end);
    if (start >= right.start) return;
    for (const other of OPERATORS[written] ?? []) put({ start, end: start + written.length }, other);
  };
  const condition = (test: Node | null, values: readonly string[]): void => {
    if (test) for (const value of values) put(test, value);
  };
  const skip = (node: Node | null): void => void (node && untouched.push(node));

  new Visitor({
    // What exists for the compiler alone, and names.
    ImportDeclaration: skip,
    ExportAllDeclaration: skip,
    ExportNamedDeclaration: ({ source }) => skip(source),
    TSLiteralType: skip,
    TSTemplateLiteralType: skip,
    TSEnumDeclaration: skip,
    Property: ({ key, computed }) => (computed ? undefined : skip(key)),
    PropertyDefinition: ({ key, computed }) => (computed ? undefined : skip(key)),
    // `satisfies never` marks what is never reached.
    TSSatisfiesExpression: (node) => (node.typeAnnotation.type === "TSNeverKeyword" ? skip(node) : undefined),
    SwitchCase: ({ test, consequent }) => {
      if (test) skip(test);
      else if (consequent.some((each) => /satisfies never/.test(text.slice(each.start, each.end))))
        consequent.forEach(skip);
    },

    BinaryExpression: ({ left, right, operator: written }) => operator(left, right, written),
    LogicalExpression: ({ left, right, operator: written }) => operator(left, right, written),
    AssignmentExpression: ({ left, right, operator: written }) => operator(left, right, written),
    UpdateExpression: ({ start, end, argument, prefix, operator: written }) => {
      const from = prefix ? start : argument.end;
      for (const other of OPERATORS[written] ?? []) put({ start: from, end: prefix ? argument.start : end }, other);
    },
    UnaryExpression: ({ start, argument, operator: written }) => {
      if (written === "!" || written === "-" || written === "~") put({ start, end: argument.start }, "");
    },

    IfStatement: ({ test }) => condition(test, ["true", "false"]),
    ConditionalExpression: ({ test }) => condition(test, ["true", "false"]),
    // One that is always so goes on for ever.
    WhileStatement: ({ test }) => condition(test, ["false"]),
    DoWhileStatement: ({ test }) => condition(test, ["false"]),
    ForStatement: ({ test }) => condition(test, ["false"]),

    Literal: (node) => {
      if (typeof node.value === "boolean") put(node, String(!node.value));
      else if (typeof node.value === "number") put(node, String(node.value + 1));
      else if (typeof node.value === "bigint") put(node, `${node.value + 1n}n`);
      else if (typeof node.value === "string") put(node, node.value === "" ? '"mutated"' : '""');
    },
    TemplateLiteral: (node) => put(node, "``"),
    ArrayExpression: (node) => (node.elements.length > 0 ? put(node, "[]") : undefined),

    ReturnStatement: ({ argument }) => {
      if (argument && text.slice(argument.start, argument.end) !== "undefined") put(argument, "undefined");
    },
    ArrowFunctionExpression: ({ body }) => {
      if (body.type !== "BlockStatement" && text.slice(body.start, body.end) !== "undefined") put(body, "(undefined)");
    },
    ExpressionStatement: (node) => ("directive" in node && node.directive ? undefined : put(node, ";")),
    ThrowStatement: (node) => put(node, ";"),
    ContinueStatement: (node) => put(node, ";"),
    MemberExpression: ({ property, computed }) => {
      const other = !computed && property.type === "Identifier" ? METHODS[property.name] : undefined;
      if (other !== undefined) put(property, other);
    },
  }).visit(program);

  const isUntouched = ({ start, end }: Mutant): boolean =>
    untouched.some((node) => node.start <= start && end <= node.end);
  return found.filter((mutant) => !isUntouched(mutant)).toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** The text with the mutant in it. */
export function mutated(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** `file:line`, and the lines as they are and as they would be. */
export function described(text: string, mutant: Mutant): string {
  const { path, start, end } = mutant;
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const last = next === -1 ? text.length : next;
  const line = text.slice(0, start).split("\n").length;
  const written = text.slice(first, last).split("\n");
  const would = mutated(text, mutant)
    .slice(first, last + mutant.replacement.length - (end - start))
    .split("\n");
  return [`${path}:${line}`, ...written.map((each) => `  - ${each}`), ...would.map((each) => `  + ${each}`)].join("\n");
}
