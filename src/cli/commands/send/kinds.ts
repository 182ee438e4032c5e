import { HookcliError } from "../../../core/model/errors.ts";
import { type Envelope, envelopes, findEnvelope } from "../../../core/samples/envelopes.ts";
import { openSamples } from "../../../core/samples/entries/generic.ts";
import { findSample, likeliestSample, suggestTypes } from "../../../core/samples/find-sample.ts";
import { samples } from "../../../core/samples/index.ts";
import { namingAdvice } from "../../../core/samples/naming.ts";
import type { Samples } from "../../../core/samples/sample.ts";
import type { Scheme } from "../../../core/schemes/scheme.ts";
import type { EventKind } from "../../../app/sending/event-source.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { SendFlags } from "./read-flags.ts";
import type { Given } from "./flags.ts";

/** What is sent: the samples of the provider, and the types that were asked for. */
export interface SendKinds {
  readonly samples: Samples;
  readonly kinds: readonly EventKind[];
}

/**
 * Finds what the events are made from.
 * @param say told once about each thing that a person may not have meant
 * @throws SAMPLE_NOT_FOUND, USAGE, BAD_VALUE
 */
export async function findKinds(
  at: Surroundings,
  flags: Given,
  asked: SendFlags,
  say: (note: string) => void,
): Promise<SendKinds> {
  const isOpen = isOpenFor(asked.scheme, flags);
  const found = samplesOf(asked.scheme, isOpen, readEnvelope(flags, asked.scheme, isOpen));
  refuseUnknownParts(asked, found, flags);
  const kinds: EventKind[] = [];
  // Its type and id stand where its owner says, which no form of event can know.
  const isOwn = isOpen && flags.schemes.some(({ name }) => name === asked.scheme.name);
  for (const type of asked.types) {
    const kind = await kindOf(at, type, asked, found, say);
    kinds.push(isOwn ? { ...kind, isBorrowed: true } : kind);
  }
  return { samples: found, kinds };
}

async function kindOf(
  at: Surroundings,
  type: string,
  { scheme, isForced, body }: SendFlags,
  found: Samples,
  say: (note: string) => void,
): Promise<EventKind> {
  if (found.anyType) {
    const advice = namingAdvice(type);
    if (advice !== undefined) say(advice);
    return { type, build: found.anyType, isBorrowed: false };
  }
  const sample = findSample(found, type);
  if (sample) return { type: sample.type, build: sample.build, isBorrowed: false };
  if (scheme.name === "github") {
    const { octokitSample } = await import("../../../app/sending/octokit-samples.ts");
    const example = octokitSample(at.directory, type);
    if (example) return { type: example.type, build: example.build, isBorrowed: false };
  }
  // Whoever gives the whole body has no need of a sample.
  if (!isForced && body === undefined) throw notFound(type, scheme, found);
  const like = likeliestSample(found, type);
  if (body === undefined && like) say(`${scheme.title} has no sample ${type}: the object is that of ${like.type}`);
  return { type, build: like?.build ?? (() => ({})), isBorrowed: true };
}

function samplesOf(scheme: Scheme, isOpen: boolean, envelope: Envelope | undefined): Samples {
  const known = samples.find(({ provider }) => provider === scheme.name);
  if (known && !envelope) return known;
  return isOpen ? openSamples(scheme.name, envelope ?? usualEnvelope(scheme)) : { ...NONE, provider: scheme.name };
}

const NONE: Omit<Samples, "provider"> = { source: "", types: [], eventId: (own) => `evt_${own.mixed("event", 24)}` };

/** Whether a scheme is a person's own or belongs to no provider, so that its events may be of any type. */
function isOpenFor(scheme: Scheme, flags: Given): boolean {
  const known = samples.find(({ provider }) => provider === scheme.name);
  return known ? known.anyType !== undefined : flags.schemes.some(({ name }) => name === scheme.name);
}

/** The form in which a person's own scheme finds the type of its events. */
function usualEnvelope({ eventType = "" }: Scheme): Envelope {
  const name = eventType.startsWith("b:event_type")
    ? "event-type"
    : eventType.startsWith("b:event")
      ? "event-flat"
      : "";
  return findEnvelope(name) ?? plain();
}

function plain(): Envelope {
  const [first] = envelopes;
  if (!first) throw new Error("there are no envelopes");
  return first;
}

function readEnvelope(flags: Given, scheme: Scheme, isOpen: boolean): Envelope | undefined {
  const name = flags.text("envelope");
  if (name === undefined) return undefined;
  const envelope = findEnvelope(name);
  if (!envelope) {
    const names = envelopes.map((each) => each.name);
    flags.choice("envelope", names);
  }
  if (isOpen) return envelope;
  // A configuration file speaks for all calls.
  if (!flags.isGiven("envelope")) return undefined;
  throw flags.usage(`--envelope forms the events of no provider, and ${scheme.title} has a form of its own`);
}

/** @throws USAGE where a flag asks for what the provider's events do not have */
function refuseUnknownParts({ scheme, isThin, apiVersion, body }: SendFlags, found: Samples, flags: Given): void {
  if (isThin && found.snapshot === undefined) throw flags.usage(`${scheme.title} has no thin events in hookcli`);
  if (apiVersion !== undefined && found.apiVersion === undefined)
    throw flags.usage(`events of ${scheme.title} name no version, so --api-version has no place`);
  if (apiVersion !== undefined && body !== undefined && found.apiVersionHeader === undefined)
    throw flags.usage("--data is the whole body, so --api-version has no place; --set api_version=… sets one");
}

function notFound(type: string, scheme: Scheme, found: Samples): HookcliError {
  const suggested = suggestTypes(found, type);
  const meant =
    suggested.length === 1
      ? `Did you mean ${suggested[0] ?? ""}?`
      : suggested.length === 0
        ? ""
        : `There are ${suggested.join(", ")}; hookcli providers ${scheme.name} lists what it knows.`;
  const force =
    suggested.length === 0
      ? "Give the body with --data @event.json"
      : "--force sends it anyway, --data gives it a body";
  const advice = [meant, force].filter((part) => part !== "").join(" ");
  return new HookcliError("SAMPLE_NOT_FOUND", { type, provider: scheme.title, advice });
}
