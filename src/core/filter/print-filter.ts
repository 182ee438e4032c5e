import type { Condition, Filter } from "./filter.ts";
import { quoted } from "../model/quote.ts";

/** The filter as a person would type it: parsed again it has the same conditions. */
export function printFilter(filter: Filter): string {
  return filter.map(({ isNegated, condition }) => (isNegated ? "-" : "") + printCondition(condition)).join(" ");
}

function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case "status":
      return `status:${range(condition)}`;
    case "no-status":
      return "status:none";
    case "state":
      return `is:${condition.state}`;
    case "duration":
      return `ms:${condition.compared}${condition.ms}`;
    case "attempts":
      return `attempts:${condition.compared}${condition.count}`;
    case "method":
      return `method:${condition.method.toLowerCase()}`;
    case "path":
      return `path:${value(condition.glob)}`;
    case "type":
      return `type:${value(condition.glob)}`;
    case "event":
      return `event:${value(condition.eventId)}`;
    case "provider":
      return `provider:${value(condition.glob)}`;
    case "signature":
      return `sig:${condition.finding}`;
    case "id":
      return `id:${range(condition)}`;
    case "age":
      return `since:${condition.mostMs}ms`;
    case "since":
      return `since:${new Date(condition.atMs).toISOString()}`;
    case "header":
      return `header:${condition.name}${condition.value === undefined ? "" : `=${value(condition.value)}`}`;
    case "text":
      return /^[\w./][\w./-]*$/.test(condition.text) ? condition.text : quoted(condition.text);
    default:
      return condition satisfies never;
  }
}

function range({ least, most }: { readonly least: number; readonly most: number }): string {
  return least === most ? String(least) : `${least}..${most}`;
}

function value(text: string): string {
  return /^"|\s/.test(text) ? quoted(text) : text;
}
