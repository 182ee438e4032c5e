import { badImport } from "./check-import.ts";
import { utf8Bytes, wireText } from "./encodings.ts";
import { printedBy } from "./shell-text.ts";

/** A simple command as a shell would run it; words are wire text. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** On which it begins, from 1. */
  readonly line: number;
  /** The command whose output it reads. */
  readonly fedBy?: ShellCommand | undefined;
}

/**
 * The commands of a piece of shell script that can be told without running it: quotes, line continuations, pipes, comments, and
 * of substitutions only `printf`. @throws BAD_IMPORT for the rest, naming the line
 */
export function shellCommands(text: string): readonly ShellCommand[] {
  return new ShellReader(text).commands();
}

/** What a `printf` command prints; undefined for any other command. */
export function printfOutput({ words }: ShellCommand): string | undefined {
  const [name, format = "", ...given] = words.filter((word, at) => at !== 1 || word !== "--");
  if (name !== "printf") return undefined;
  if (format === "%s" && given.length === 1) return given[0];
  return given.length === 0 ? printedBy(format) : undefined;
}

/** Our own export needs one. */
const MOST_DEPTH = 20;

class ShellReader {
  readonly #text: string;
  #at = 0;
  /** Lines begun before `#counted`: counted once, however many commands there are. */
  #lines = 1;
  #counted = 0;
  /** Of `$(…)` in each other. */
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param closing the character that ends them; without one, the end of the text does */
  commands(closing?: string): readonly ShellCommand[] {
    const commands: ShellCommand[] = [];
    let fedBy: ShellCommand | undefined;
    for (;;) {
      this.#skipBlanks();
      const line = this.#line();
      const words = this.#words();
      const command = { words, line, ...(fedBy ? { fedBy } : {}) };
      const [operator] = this.#take(/\|\||&&|[|;&\n)]/y) ?? [""];
      if (words.length === 0 && (fedBy || operator === "|")) throw this.#problem("a command is missing beside |");
      fedBy = operator === "|" ? command : undefined;
      if (!fedBy && words.length > 0) commands.push(command);
      if (operator === "" || operator === ")") {
        if (operator !== (closing ?? ""))
          throw this.#problem(closing ? `its ${closing} is missing` : "a ) is too many");
        return commands;
      }
    }
  }

  #words(): readonly string[] {
    const words: string[] = [];
    for (;;) {
      this.#skipBlanks();
      if (this.#at >= this.#text.length || /[|;&\n)]/.test(this.#text.charAt(this.#at))) return words;
      words.push(this.#word());
    }
  }

  /** Blanks, continued lines and comments. */
  #skipBlanks(): void {
    while (this.#take(/[ \t\r]+|\\\r?\n|#[^\n]*/y));
  }

  #word(): string {
    let word = "";
    for (;;) {
      const plain = this.#take(/[^ \t\r\n\\'"$`|;&<>()]+/y);
      if (plain) {
        word += plain[0];
        if (/^\^|\^$/.test(plain[0]) && /["\r\n]/.test(this.#text.charAt(this.#at)))
          throw this.#problem("it is written for the Windows prompt (^); copy it as cURL (bash)");
        continue;
      }
      const character = this.#text.charAt(this.#at);
      // Only the white space that is skipped between words may end one: at any other this would come back empty for ever.
      if (character === "" || /[ \t\r\n|;&)]/.test(character)) return word;
      word += this.#special(character);
    }
  }

  #special(character: string): string {
    const continued = this.#take(/\\\r?\n/y);
    if (continued) return "";
    const escaped = this.#take(/\\(.|$)/sy);
    if (escaped) return escaped[1] || "\\";
    if (character === "'") return this.#quoted(/'([^']*)'/y, "'");
    if (this.#text.startsWith("$'", this.#at)) return ansiC(this.#ansiQuoted());
    this.#take(/\$(?=")/y);
    if (this.#take(/"/y)) return this.#doubleQuoted();
    if (/[<>(]/.test(character)) throw this.#problem(`only a shell can do what ${character} asks for`);
    return this.#dollar();
  }

  #quoted(pattern: RegExp, opening: string): string {
    const quoted = this.#take(pattern);
    if (!quoted) throw this.#problem(`the quote ${opening} is never closed`);
    return quoted[1] ?? "";
  }

  /** Piece by piece: a pattern of alternatives takes stack for each character. */
  #ansiQuoted(): string {
    const from = this.#at + 2;
    this.#at = from;
    while (this.#take(/[^'\\]+|\\./sy));
    if (this.#text[this.#at] !== "'") throw this.#problem("the quote $' is never closed");
    this.#at += 1;
    return this.#text.slice(from, this.#at - 1);
  }

  #doubleQuoted(): string {
    let inside = "";
    for (;;) {
      inside += this.#take(/[^\\"$`]+/y)?.[0] ?? "";
      if (this.#take(/"/y)) return inside;
      if (this.#at >= this.#text.length) throw this.#problem('the quote " is never closed');
      const escaped = this.#take(/\\(?:([$`"\\])|(\r?\n)|)/y);
      if (escaped) inside += escaped[1] ?? (escaped[2] === undefined ? "\\" : "");
      else inside += this.#text.startsWith("$(", this.#at) ? this.#substitution() : this.#dollar();
    }
  }

  /** `$(printf '…')`, which our own export writes. */
  #substitution(): string {
    this.#at += 2;
    if (this.#depth === MOST_DEPTH) throw this.#problem("its $(…) are too deep");
    this.#depth += 1;
    const [command, ...more] = this.commands(")");
    this.#depth -= 1;
    const printed = command && more.length === 0 && !command.fedBy ? printfOutput(command) : undefined;
    if (printed === undefined) throw this.#problem("only a shell can do what $(…) asks for");
    return printed.replace(/\n+$/, "");
  }

  /** A dollar that stands for itself; a variable or a backtick is nothing that can be told. */
  #dollar(): string {
    const variable = this.#take(/`|\$(?=[\w{(@*#?!$-]|\\\r?\n)\S{0,20}/y);
    if (variable) throw this.#problem(`only a shell knows what ${variable[0]} stands for`);
    this.#at += 1;
    return "$";
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at += found[0].length;
    return found;
  }

  #line(): number {
    for (; this.#counted < this.#at; this.#counted += 1) if (this.#text[this.#counted] === "\n") this.#lines += 1;
    return this.#lines;
  }

  #problem(problem: string): Error {
    return badImport(`line ${this.#line()}`, problem);
  }
}

const NAMED: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  E: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * What bash makes of the inside of `$'…'`, as wire text. Chrome and Firefox write bodies that way.
 * @see https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
 */
export function ansiC(inside: string): string {
  return inside.replaceAll(
    /\\(?:([0-7]{1,3})|x([\dA-Fa-f]{1,2})|u([\dA-Fa-f]{1,4})|U([\dA-Fa-f]{1,8})|c(.)|(.))/gs,
    (all, octal?: string, hex?: string, short?: string, long?: string, control?: string, other?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) & 0x1f);
      const code = Number.parseInt(short ?? long ?? "", 16);
      if (code <= 0x10ffff) return wireText(utf8Bytes(String.fromCodePoint(code)));
      if (other === undefined) return all;
      return NAMED[other] ?? (/["'?\\]/.test(other) ? other : all);
    },
  );
}
