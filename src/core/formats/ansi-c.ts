import { utf8Bytes, wireText } from "./encodings.ts";

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
