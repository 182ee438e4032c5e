import { type HeaderPairs, toWire } from "../model/headers.ts";
import type { Scheme, Stamp } from "./scheme.ts";
import { fillTemplate } from "./template.ts";

/**
 * What a provider sends beside its signature, in its order. {id} is the event's; {type} too, but where a type is put
 * together from several places only its first part; {uuid} is fresh each time, {now} is the time in ISO 8601, {seconds} and
 * {ms} since 1970, {attempt} counts as the provider does.
 */
export function besideHeaders(scheme: Scheme, stamp: Omit<Stamp, "secretText">): HeaderPairs {
  const { nowMs, attemptNumber } = stamp;
  const [firstPart = ""] = stamp.eventType.split(".", 1);
  const pairs: string[] = [];
  for (const [name, template] of Object.entries(scheme.headers ?? {})) {
    const text = fillTemplate(template, {
      id: toWire(stamp.eventId),
      type: toWire(scheme.eventType?.includes("+") === true ? firstPart : stamp.eventType),
      uuid: template.includes("{uuid}") ? stamp.uuid() : undefined,
      now: new Date(nowMs).toISOString(),
      seconds: String(Math.floor(nowMs / 1000)),
      ms: String(nowMs),
      attempt: String(attemptNumber - 1 + (scheme.attemptsFrom ?? 1)),
    });
    pairs.push(name, text);
  }
  return pairs;
}
