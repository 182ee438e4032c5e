/**
 * Whether a whole text fits a pattern in which `*` stands for any run of characters, also none and also `/`. Everything
 * else stands for itself, letter case included. Takes time in proportion to the product of both lengths at the most.
 */
export function matchesGlob(glob: string, text: string): boolean {
  let at = 0;
  let globAt = 0;
  let starAt = -1;
  let starTook = 0;
  while (at < text.length) {
    if (glob[globAt] === "*") {
      starAt = globAt;
      starTook = at;
      globAt += 1;
    } else if (glob[globAt] === text[at]) {
      globAt += 1;
      at += 1;
    } else if (starAt >= 0) {
      // The newest star takes one character more; an older one never needs to.
      starTook += 1;
      at = starTook;
      globAt = starAt + 1;
    } else return false;
  }
  while (glob[globAt] === "*") globAt += 1;
  return globAt === glob.length;
}
