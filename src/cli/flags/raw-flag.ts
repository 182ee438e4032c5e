/** A flag's value as the command line would give it: text, presence, or a list where it may be repeated. */
export type RawFlag = string | boolean | readonly string[];

/** Flag values by the name that the parser keeps them under. */
export type RawFlags = Readonly<Record<string, RawFlag | undefined>>;
