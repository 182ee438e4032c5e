import { randomUUID } from "node:crypto";
import { type BodySink, bytesBody, type FileBody } from "../../../core/model/body.ts";
import { SayOnce } from "../../../core/model/say-once.ts";
import type { Secret } from "../../../core/model/secret.ts";
import { type Target, targetUrl } from "../../../core/model/target.ts";
import { isThisMachine } from "../../../core/model/this-machine.ts";
import { MessageView } from "../../../core/schemes/message-view.ts";
import { readPlace } from "../../../core/schemes/places.ts";
import { publicKeyText } from "../../../core/schemes/public-key.ts";
import { ruleOf } from "../../../core/schemes/template-rule.ts";
import type { Scheme } from "../../../core/schemes/scheme.ts";
import { canSign } from "../../../core/schemes/sign.ts";
import { signingProblem } from "../../../core/schemes/signing-problem.ts";
import { EventSource } from "../../../app/sending/event-source.ts";
import { EventSender, listenerTarget } from "../../../app/sending/send-event.ts";
import { Forwarder } from "../../../app/delivering/forwarder.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import type { Action } from "../../settings/command.ts";
import { styled } from "../../terminal/printer.ts";
import { SendRenderer } from "./send-renderer.ts";
import { findSecret, secretForSigning } from "../../secrets/secrets.ts";
import { secretVariable } from "../../secrets/find-sources.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { withStore } from "../../running/with-store.ts";
import { isAboutSignature, readSendFlags, type SendFlags } from "./read-flags.ts";
import { findKinds } from "./kinds.ts";
import { SendRun } from "./run.ts";
import type { Given } from "./flags.ts";

/** Makes up events as a provider would, signs them, and sends them. */
export const send: Action<Given> = async (at, types, flags) => {
  const asked = await readSendFlags(at, types, flags);
  const notes = new SayOnce((note) => at.err.line(styled("note: ", "wait"), note), Infinity);
  const say = (note: string): void => notes.once(note);
  const { kinds, samples } = await findKinds(at, flags, asked, say);
  const targets = asked.targets ?? [await runningListener(at, flags, types)];
  const secret = await secretOf(at, flags, asked, say);
  tellAboutTargets(targets, at, say);
  tellAboutTime(asked, secret, say);
  if (asked.eventId !== undefined && asked.scheme.eventId === undefined)
    say(`requests of ${asked.scheme.title} carry no id of an event, so --id is nowhere in them`);
  tellAboutBody(asked, say);
  const total = asked.rounds * kinds.length * asked.copies * targets.length;
  const renderer = new SendRenderer(at, { ...asked, total });
  const forwarder = new Forwarder(asked.forward, async () => NOWHERE, say);
  const startedAtMs = asked.timeAt(at.clock.nowMs());
  const source = new EventSource({
    ...asked,
    samples,
    kinds,
    given: asked.body,
    seed: randomUUID(),
    // In a random order a later round may come first.
    timeOf: () => (asked.seed === undefined ? asked.timeAt(at.clock.nowMs()) : startedAtMs),
    say,
  });
  const sender = new EventSender({
    ...asked,
    forwarder,
    clock: at.clock,
    secret,
    signedAtMs: asked.timeAt,
    userAgent: `hookcli/${at.version}`,
  });
  const isSigned = secret !== undefined;
  const named = kinds.map(({ type }) => type);
  const run = new SendRun({ at, asked, types: named, targets, source, sender, isSigned, renderer });
  try {
    return await (asked.isDryRun ? run.print() : run.run());
  } finally {
    await forwarder.close();
  }
};

async function runningListener(at: Surroundings, flags: Given, types: readonly string[]): Promise<Target> {
  const again = `send ${types[0] ?? ""}`;
  return withStore(at, flags, async (_, living) => listenerTarget(living, at.directory, again));
}

/**
 * The secret to sign with; undefined: it goes out unsigned, which is said unless it was asked for.
 * @throws USAGE, NO_SECRET, SECRET_UNAVAILABLE, BAD_SECRET
 */
async function secretOf(
  at: Surroundings,
  flags: Given,
  { scheme, signing, faults }: SendFlags,
  say: (note: string) => void,
): Promise<Secret | undefined> {
  if (signing === "never") return undefined;
  const isNeeded = signing === "required" || faults.some(isAboutSignature);
  if (!canSign(scheme)) {
    if (isNeeded) throw flags.usage(`hookcli cannot sign for ${scheme.title}${whyNot(scheme)}`);
    if (scheme.signature.kind === "unjudged")
      say(`not signed: hookcli cannot sign for ${scheme.title}${whyNot(scheme)}`);
    return undefined;
  }
  const secret = isNeeded ? await secretForSigning(at, flags, scheme) : await findSecret(at, flags, scheme);
  if (!secret) {
    say(`not signed: no secret for ${scheme.name} is known (--secret <value>, or ${secretVariable(scheme.name)})`);
    return undefined;
  }
  const problem = signingProblem(scheme, secret.text);
  if (problem !== undefined)
    throw new HookcliError("BAD_SECRET", { name: secret.name, provider: scheme.name, problem });
  const publicKey = publicKeyText(scheme, secret.text);
  if (publicKey !== undefined) say(`your handler verifies with this public key: ${publicKey}`);
  return secret;
}

function whyNot({ signature }: Scheme): string {
  if (signature.kind === "unjudged") return `: that takes ${signature.why}`;
  return ": its requests carry no signature";
}

function tellAboutTargets(targets: readonly Target[], at: Surroundings, say: (note: string) => void): void {
  for (const target of targets) {
    const { host, hostname } = new URL(target.origin);
    if (!isThisMachine(hostname, at.machine())) say(`${host} is not this machine: ${targetUrl(target)}`);
  }
}

function tellAboutTime(
  { scheme, isTimeGiven, faults }: SendFlags,
  secret: Secret | undefined,
  say: (note: string) => void,
): void {
  const isTimed = isTimeGiven || faults.some(({ change }) => change.stage === "time");
  if (isTimed && secret && ruleOf(scheme)?.timestamp === undefined)
    say(`${scheme.title} signs no time, so no receiver can tell an old signature from a new one`);
}

/** A type that stands in the body and is not the one that was named. */
function tellAboutBody({ scheme, body, types }: SendFlags, say: (note: string) => void): void {
  if (!body || scheme.eventType === undefined) return;
  const message = { method: "POST", target: "/", headers: [], body: bytesBody(body) };
  const written = readPlace(new MessageView(message), scheme.eventType);
  if (written !== undefined && !types.includes(written))
    say(`the body says ${JSON.stringify(written)}, and goes out as it stands`);
}

/** Long answers are not kept: nobody would look at them. */
const NOWHERE: BodySink = {
  write: async () => undefined,
  finish: async (): Promise<FileBody> => ({
    kind: "file",
    name: undefined,
    sizeBytes: 0,
    async *read() {},
  }),
  discard: async () => undefined,
};
