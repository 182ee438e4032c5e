import { randomInt } from "node:crypto";
import { parsePlan } from "../../../core/faults/parse-plan.ts";
import { FAULT_SCOPES, type FaultPlan, printPlan } from "../../../core/faults/plan.ts";
import { parseFilter } from "../../../core/filter/parse-filter.ts";
import { printFilter } from "../../../core/filter/print-filter.ts";
import { badValue, HookcliError } from "../../../core/model/errors.ts";
import { MOST_SEED } from "../../../core/model/seeded.ts";
import { Misbehaviour } from "../../../app/listening/misbehaviour.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { ActivePlan } from "../../words/fault-words.ts";
import type { Given } from "./flags.ts";

/** What goes wrong on purpose, and how a person is told of it. */
export interface FailFlags {
  readonly misbehaviour: Misbehaviour;
  readonly shown: ActivePlan;
}

/**
 * Reads --fail and what stands beside it.
 * @throws BAD_FAULT_PLAN, BAD_FILTER, BAD_VALUE, USAGE
 */
export function readFailFlags(plan: string, flags: Given, { clock }: Surroundings): FailFlags {
  const parsed = readPlan(plan, flags);
  const per = flags.choice("fail-per", FAULT_SCOPES) ?? "event";
  const filter = parseFilter(flags.text("fail-match") ?? "", { knownOnArrivalOnly: true });
  const share = readShare(flags);
  const seed = flags.wholeNumber("seed", 0, MOST_SEED);
  const chance = share === undefined ? undefined : { share, seed: seed ?? randomInt(MOST_SEED + 1) };
  return {
    misbehaviour: new Misbehaviour({ plan: parsed, per, chance, filter }, clock),
    shown: { plan: printPlan(parsed), per, chance, match: printFilter(filter) },
  };
}

/** One that nobody typed just now is named with its place. */
function readPlan(text: string, flags: Given): FaultPlan {
  try {
    return parsePlan(text);
  } catch (error) {
    if (!(error instanceof HookcliError) || flags.origin("fail").kind === "flag") throw error;
    const problem = `${String(error.details["problem"])} (in ${flags.nameOf("fail")})`;
    throw new HookcliError(error.code, { ...error.details, problem }, { cause: error });
  }
}

/** `30%` or `0.3`; a bare 30 might be meant as either. */
function readShare(flags: Given): number | undefined {
  const text = flags.text("fail-rate");
  if (text === undefined) return undefined;
  const parts = /^(\d{1,3}(?:\.\d{1,6})?|\.\d{1,6})(%?)$/.exec(text.trim());
  const share = Number(parts?.[1] ?? 0) / (parts?.[2] === "%" ? 100 : 1);
  if (!(share > 0 && share <= 1))
    throw badValue(flags.nameOf("fail-rate"), text, "it is no share above 0% and up to 100%", "--fail-rate 30%");
  return share;
}
