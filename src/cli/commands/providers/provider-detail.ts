import { findSchedule } from "../../../core/schedules/find-schedule.ts";
import type { Scheme } from "../../../core/schemes/scheme.ts";
import { samples } from "../../../core/samples/index.ts";
import { handshakes } from "../../../core/schemes/handshakes/index.ts";
import { styled } from "../../terminal/printer.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import {
  keyTexts,
  methodText,
  placeText,
  rotationText,
  sdkTexts,
  signatureHeaders,
  signaturePhrase,
  timestampText,
  trustTexts,
} from "../../words/scheme-words.ts";
import { retriesText } from "../../words/schedule-words.ts";
import { durationText } from "../../words/units.ts";
import type { ProviderFacts } from "../../../core/wire/provider-json.ts";

/** How long a provider is taken to wait that says nothing about it. */
const USUAL_ACK_MS = 10_000;

/** Characters. */
const MOST_IN_LINE = 90;

/** All that is known about a provider. */
export function printProvider(at: Surroundings, { scheme, ...facts }: ProviderFacts): void {
  const { out } = at;
  out.line(styled(scheme.name, "bold"), `  ${scheme.title}`, facts.isOwn ? styled("  (your own)", "dim") : "");
  const secrets =
    facts.secretNames.length > 0 ? facts.secretNames : [`none configured; ${facts.variable} would be one`];
  for (const [label, texts] of [...providerRows(scheme), ["secrets", secrets] as const])
    for (const [index, text] of texts.entries()) out.line(styled((index === 0 ? label : "").padEnd(14), "dim"), text);
}

/** What is known about a scheme, label by label; those of which nothing is known are left out. */
export function providerRows(scheme: Scheme): readonly (readonly [label: string, texts: readonly string[]])[] {
  const handshake = handshakes.find(({ name }) => name === scheme.handshake);
  const schedule = scheme.schedule === undefined ? undefined : findSchedule(scheme.schedule);
  const ack = durationText(scheme.ackBudgetMs ?? USUAL_ACK_MS);
  const rows: readonly (readonly [string, readonly (string | undefined)[]])[] = [
    ["source", [scheme.source]],
    ["trust", [trustTexts[scheme.trust]]],
    ...signatureRows(scheme),
    ["event id", [scheme.eventId && placeText(scheme.eventId)]],
    ["event type", [scheme.eventType && placeText(scheme.eventType)]],
    ["attempt", [scheme.attempt && `${placeText(scheme.attempt)}, counted from ${scheme.attemptsFrom ?? 1}`]],
    ["handshake", handshake ? [handshake.title, handshake.source] : []],
    ["waits", [scheme.ackBudgetMs === undefined ? `nothing is known; taken for ${ack}` : `${ack} for an answer`]],
    ["retries", schedule ? [retriesText(schedule.retries), `hookcli schedules ${schedule.name}`] : []],
    ["its SDK", (scheme.sdk ?? []).map((quirk) => sdkTexts[quirk])],
    ["sends too", besideTexts(scheme)],
    ["to be sent", sampleTexts(scheme)],
  ];
  return rows
    .map(([label, texts]) => [label, texts.filter((text) => text !== undefined)] as const)
    .filter(([, texts]) => texts.length > 0);
}

function signatureRows(scheme: Scheme): readonly (readonly [string, readonly (string | undefined)[]])[] {
  const { signature } = scheme;
  if (signature.kind !== "template" && signature.kind !== "code")
    return [
      ["signature", [signaturePhrase(signature)]],
      ["stands in", signatureHeaders(scheme)],
    ];
  return [
    ["signature", [methodText(scheme)]],
    ["stands in", signatureHeaders(scheme)],
    ["signed", [signature.kind === "template" ? signature.content : signature.describes]],
    ["secret", [keyTexts[signature.key]]],
    ["time", [signature.timestamp ? timestampText(signature.timestamp) : "none is signed"]],
    ["rotation", [rotationText(scheme)]],
  ];
}

/** What `send` can make up of it. */
function sampleTexts({ name }: Scheme): readonly string[] {
  const found = samples.find(({ provider }) => provider === name);
  if (!found) return [];
  if (found.anyType) return ["events of any type"];
  return inLines(found.types.map(({ type }) => type));
}

/** A list as lines that are not too long to be read. */
function inLines(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < MOST_IN_LINE) lines[lines.length - 1] = `${last}, ${word}`;
    else lines.push(word);
  }
  return lines;
}

function besideTexts({ headers, userAgent, contentType }: Scheme): readonly string[] {
  return [
    ...(userAgent === undefined ? [] : [`User-Agent: ${userAgent}`]),
    ...(contentType === undefined ? [] : [`Content-Type: ${contentType}`]),
    ...Object.entries(headers ?? {}).map(([name, template]) => `${name}: ${template}`),
  ];
}
