/** How many colours a stream gets: none, 16, 256, or all. */
export type ColourLevel = 0 | 1 | 2 | 3;

export interface ColourAsked {
  /** `--color`, where it was given. */
  readonly option?: "always" | "never" | "auto" | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTty: boolean;
  /** What the terminal can do, in bits, where it is one. */
  readonly depthBits: number;
}

/** `--color` over NO_COLOR over FORCE_COLOR over TERM=dumb over what the stream is. */
export function colourLevel({ option, env, isTty, depthBits }: ColourAsked): ColourLevel {
  if (option === "never") return 0;
  if (option === "always") return Math.max(1, levelOfDepth(depthBits)) as ColourLevel;
  if (env["NO_COLOR"]) return 0;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forcedLevel(forced);
  if (env["TERM"] === "dumb" || !isTty) return 0;
  return levelOfDepth(depthBits);
}

function forcedLevel(forced: string): ColourLevel {
  if (forced === "0" || forced === "false") return 0;
  return forced === "2" || forced === "3" ? (Number(forced) as ColourLevel) : 1;
}

function levelOfDepth(bits: number): ColourLevel {
  if (bits >= 24) return 3;
  if (bits >= 8) return 2;
  return bits >= 4 ? 1 : 0;
}
