import type { Surroundings } from "./surroundings.ts";

/** Somebody is there who sees a question and can answer it. */
export function canAsk(at: Surroundings): boolean {
  return at.isErrTty && at.input.isTty();
}

/** Asks a question that is answered with y or n; a bare Enter takes `byDefault`, and no answer at all is a no. */
export async function ask(at: Surroundings, question: string, byDefault: boolean): Promise<boolean> {
  at.err.line(`${question} ${byDefault ? "[Y/n]" : "[y/N]"}`);
  await at.err.flushed();
  const answer = await at.input.readLine();
  if (answer === undefined) return false;
  const said = answer.trim().toLowerCase();
  return said === "" ? byDefault : said === "y" || said === "yes";
}

/** Asks for something that must not be seen. @returns undefined where there is no answer */
export async function askHidden(at: Surroundings, question: string): Promise<string | undefined> {
  at.err.line(`${question} (what you type is not shown)`);
  await at.err.flushed();
  return at.input.readHidden();
}
