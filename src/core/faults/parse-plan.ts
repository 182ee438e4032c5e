import { nearestOf } from "../model/nearest.ts";
import { badPlan, endOf, splitItems, type WrittenItem } from "./split-items.ts";
import type { Fault, FaultOptions } from "./fault.ts";
import { faults, findFault } from "./index.ts";
import type { FaultPlan, FaultStep } from "./plan.ts";
import { missing, readArgument } from "./read-argument.ts";

const MAX_ITEMS = 100;
const MAX_CHARACTERS = 4000;
const MOST_TIMES = 1_000_000;

/**
 * Reads a plan: `500x2,timeout:20s,after:reset,ok`. An item without a count is met once, and the last one stays; behind a
 * last one with a count nothing goes wrong any more.
 * @throws BAD_FAULT_PLAN its details hold `at` (counted from 1) and `from`, `to` (from 0): where in the text the trouble is
 */
export function parsePlan(text: string): FaultPlan {
  if (text.length > MAX_CHARACTERS) {
    const place = { written: text, from: MAX_CHARACTERS, to: text.length, at: MAX_CHARACTERS };
    throw badPlan(place, `a plan has at most ${MAX_CHARACTERS} characters`, "Leave some of it out");
  }
  // A lone half of a surrogate pair has no bytes that could be sent.
  const items = splitItems(text.toWellFormed());
  const surplus = items[MAX_ITEMS];
  if (surplus)
    throw badPlan({ ...surplus, at: surplus.from }, `a plan has at most ${MAX_ITEMS} items`, "Leave some out");
  return items.map((item, at) => {
    const step = readStep(item);
    return step.times === undefined && at < items.length - 1 ? { ...step, times: 1 } : step;
  });
}

function readStep(item: WrittenItem): FaultStep {
  const nameAt = endOf(/after:/iy, item.written, 0);
  const { fault, options: named, to } = readName(item, nameAt);
  const isAfter = nameAt > 0;
  if (isAfter && fault.name === "ok") {
    throw badPlan({ ...item, at: item.from + nameAt }, "after ok nobody would be lied to", "Leave after: out");
  }
  const hasArgument = item.written[to] === ":";
  if (!hasArgument && fault.isArgumentNeeded) throw missing(fault, item, to - 1);
  const argument = hasArgument ? readArgument(fault, item, to + 1) : { options: {}, to };
  const options = { ...named, ...argument.options };
  if ((options.status === 204 || options.status === 304) && options.body !== undefined && options.body !== "")
    throw badPlan({ ...item, at: item.from + nameAt }, `a ${options.status} has no body`, "Leave the body out");
  return { fault: fault.name, options, isAfter, times: readTimes(item, argument.to) };
}

interface NamedFault {
  readonly fault: Fault;
  readonly options: FaultOptions;
  /** Where the name ends within the item. */
  readonly to: number;
}

function readName(item: WrittenItem, from: number): NamedFault {
  const to = endOf(/\d+|[a-z]+?(?=x\d|[^a-z]|$)/iy, item.written, from);
  const name = item.written.slice(from, to).toLowerCase();
  if (/^\d/.test(name)) return { ...statusOf(item, from, name), to };
  const fault = name === "status" ? undefined : findFault(name);
  if (fault) return { fault, options: {}, to };
  throw unknownName(item, from, name);
}

function statusOf(item: WrittenItem, from: number, name: string): Pick<NamedFault, "fault" | "options"> {
  const fault = findFault("status");
  const status = Number(name);
  if (fault && name.length === 3 && status >= 200) return { fault, options: { status } };
  const advice = "A status is three digits from 200 to 999, and how often stands behind it: 500x2";
  throw badPlan({ ...item, at: item.from + from }, `${name} is no status that answers a request`, advice);
}

function unknownName(item: WrittenItem, from: number, name: string): Error {
  const place = { ...item, at: item.from + from };
  const names = faults.filter((fault) => fault.name !== "status").map((fault) => fault.name);
  const all = `Faults are ${names.join(", ")}, and any status such as 500; hookcli faults tells about each`;
  if (item.written === "") return badPlan(place, "here a fault should stand", all);
  if (name.startsWith("after") || item.written.length === from)
    return badPlan(place, "after: stands before a fault", "Write it like this: after:reset or after:500x2");
  if (name === "") return badPlan(place, "this is no name of a fault", all);
  const near = nearestOf(name, names);
  return badPlan(place, `there is no fault ${name}`, near === undefined ? all : `Did you mean ${near}?`);
}

function readTimes(item: WrittenItem, from: number): number | undefined {
  const to = endOf(/x\d+/iy, item.written, from);
  const place = { ...item, at: item.from + from };
  if (to < item.written.length) {
    const advice =
      "Commas stand between faults, how often is written x2, and what has commas or spaces in it is quoted";
    throw badPlan({ ...place, at: item.from + to }, "what begins here belongs to nothing", advice);
  }
  if (to === from) return undefined;
  const times = Number(item.written.slice(from + 1, to));
  if (times >= 1 && times <= MOST_TIMES) return times;
  throw badPlan(place, `how often is a number from 1 to ${MOST_TIMES}`, "Write it like this: 500x2");
}
