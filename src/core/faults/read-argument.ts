import { badValue, HookcliError } from "../model/errors.ts";
import { parseDurationMs, parseSizeBytes } from "../model/quantities.ts";
import { badPlan, type WrittenItem } from "./split-items.ts";
import type { ArgumentKind, Fault, FaultOptions } from "./fault.ts";
import { readFields } from "./read-fields.ts";
import { readValue, type WrittenValue } from "./read-value.ts";
import type { ReadArgument } from "./arguments.ts";

/**
 * @param from behind the colon, counted within the item
 * @throws BAD_FAULT_PLAN
 */
export function readArgument(fault: Fault, item: WrittenItem, from: number): ReadArgument {
  const { takes } = fault;
  if (takes === "nothing") {
    const advice = `Leave out what stands behind it: ${fault.name}`;
    throw badPlan({ ...item, at: item.from + from - 1 }, `${fault.name} takes nothing`, advice);
  }
  if (takes === "fields") return readFields(item, from);
  const value = readValue(item, from, false);
  if (value.text === "") throw missing(fault, item, from - 1);
  return { options: readOne(takes, fault, item, value), to: value.to };
}

/** The item ends where a value should stand. */
export function missing(fault: Fault, item: WrittenItem, at: number): HookcliError {
  const place = { ...item, at: item.from + at };
  return badPlan(place, `nothing stands behind ${fault.name}`, `Write it like this: ${fault.examples.join(" or ")}`);
}

function readOne(
  takes: Exclude<ArgumentKind, "nothing" | "fields">,
  { examples }: Fault,
  item: WrittenItem,
  { text, from }: WrittenValue,
): FaultOptions {
  try {
    switch (takes) {
      case "duration":
        return { durationMs: parseDurationMs(text, text) };
      case "size":
        return { bytes: parseSizeBytes(text, text) };
      case "rate":
        return { bytesPerSecond: readRate(text) };
      case "url":
        return { url: readUrl(text) };
      default:
        return takes satisfies never;
    }
  } catch (error) {
    if (!(error instanceof HookcliError)) throw error;
    const advice = `Write it like this: ${examples.join(" or ")}`;
    throw badPlan({ ...item, at: item.from + from }, String(error.details["problem"]), advice);
  }
}

function readRate(text: string): number {
  const bytesPerSecond = parseSizeBytes(text.replace(/\/s$/i, ""), text);
  if (bytesPerSecond < 1) throw notGood(text, "at no pace nothing would ever come; timeout is the fault for that");
  return bytesPerSecond;
}

function readUrl(text: string): string {
  if (!/^(?:https?:\/\/[\u0021-\u007e]+|\/[\u0021-\u007e]*)$/i.test(text))
    throw notGood(text, "it is no URL: it starts with https://, http:// or /, and %XX stands for what is not ASCII");
  return text;
}

/** Placed and worded by who called. */
function notGood(text: string, problem: string): HookcliError {
  return badValue(text, text, problem, "");
}
