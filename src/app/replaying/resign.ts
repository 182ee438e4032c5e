import { HookcliError } from "../../core/model/errors.ts";
import type { HeaderEdit } from "../../core/model/outgoing-headers.ts";
import type { CapturedRequest, StoredRequest } from "../../core/model/request.ts";
import type { Secret } from "../../core/model/secret.ts";
import { pathOnTarget, type Target } from "../../core/model/target.ts";
import { isThisMachine, type ThisMachine } from "../../core/model/this-machine.ts";
import { isGenuine } from "../../core/model/verdict.ts";
import { eventFactsOf } from "../../core/schemes/event-facts.ts";
import { setHeader, withoutHeaders } from "../../core/schemes/header-edit.ts";
import { judge, type Judgement } from "../../core/schemes/judge.ts";
import { MessageView } from "../../core/schemes/message-view.ts";
import { namedUrls } from "../../core/schemes/named-urls.ts";
import { publicUrls } from "../../core/schemes/public-urls.ts";
import type { Recognition } from "../../core/schemes/recognise.ts";
import type { Draft, Scheme } from "../../core/schemes/scheme.ts";
import { signMessage } from "../../core/schemes/sign.ts";
import { hasOwnSignature, type SignedState, signedState, signerOf } from "./signed-state.ts";

/** What there is to sign with. */
export interface SigningSecrets {
  /** To sign with; undefined: the one under which the original holds. */
  readonly chosen: Secret | undefined;
  /** To judge the original with, in the order in which they are tried. */
  readonly known: readonly Secret[];
}

export interface ResignOptions {
  readonly schemes: readonly Scheme[];
  /** Whose requests these are, whatever they look like; undefined: each is recognised. */
  readonly provider: string | undefined;
  /** Where the provider posts to; undefined: where the original was posted to, as its signature tells, else the target. */
  readonly publicUrl: Target | undefined;
  readonly headerEdits: readonly HeaderEdit[];
  /** Asked only where there is something to sign. */
  readonly secretsOf: (provider: string, scheme: Scheme) => Promise<SigningSecrets>;
  /** A fresh one on each call. */
  readonly uuid: () => string;
  /** What is posted to it was posted to hookcli, and no handler knows of that address. */
  readonly machine: () => ThisMachine;
}

/**
 * Why a request keeps the signature that it has. `nothing-to-renew`: it carries none that ages, and its content is the one
 * that was signed. `forged`: nobody who knew the secret signed it. `own`: the edit has put another one there.
 * `unsignable`: hookcli cannot make this kind. `not-renewed`: what was made did not hold.
 */
export type KeptReason = "nothing-to-renew" | "no-secret" | "forged" | "own" | "unsignable" | "not-renewed";

export type Resigned =
  | { readonly kind: "re-signed"; readonly content: CapturedRequest; readonly scheme: Scheme }
  | { readonly kind: "kept"; readonly reason: KeptReason; readonly scheme?: Scheme | undefined };

const NOTHING: Resigned = { kind: "kept", reason: "nothing-to-renew" };
/** For rules that do not look at it. */
const ANY_URL = ["http://localhost/"];

/**
 * Signs what is sent for a stored request anew, as of now: where its signature carries a time, or no longer fits because
 * the content was edited. One that did not hold when it came is not made to hold.
 * @param content what is to be sent: the stored request itself, or what it was edited to
 * @param url where it goes, for the schemes that sign it
 */
export async function resign(
  request: StoredRequest,
  content: CapturedRequest,
  url: string,
  nowMs: number,
  options: ResignOptions,
): Promise<Resigned> {
  const isEdited = content !== request;
  // A part of what was signed is missing, so no signature can fit.
  if (!isEdited && request.completeness !== "complete") return NOTHING;
  const original = new MessageView(request);
  const recognition = signerOf(original, request, options);
  const scheme = recognition?.scheme;
  if (!scheme) return NOTHING;
  const state = signedState(original, scheme);
  if (state.kind === "broken") return { kind: "kept", reason: "forged", scheme };
  if (state.kind === "unsignable") return isEdited ? { kind: "kept", reason: "unsignable", scheme } : NOTHING;
  if (state.kind === "unsigned" || (!isEdited && !state.isTimed)) return NOTHING;
  const draft = { ...content, url, headers: withEdits(content.headers, options.headerEdits) };
  if (hasOwnSignature(draft, original, scheme)) return { kind: "kept", reason: "own", scheme };
  const secrets = await options.secretsOf(recognition.provider, scheme);
  const judgement = await judgeOriginal(original, request, scheme, state, secrets.known, options);
  const decided = secretFor(request, judgement, secrets, isEdited);
  if ("reason" in decided) return { kind: "kept", reason: decided.reason, scheme };
  const addressed = { ...draft, url: addressOf(draft, request, judgement, options) };
  return signed(addressed, content, {
    recognition,
    scheme,
    secret: decided.secret,
    request,
    nowMs,
    uuid: options.uuid,
  });
}

/** Undefined where it cannot be judged: only a part of it is there. */
async function judgeOriginal(
  view: MessageView,
  request: StoredRequest,
  scheme: Scheme,
  { signsUrl }: Extract<SignedState, { kind: "signed" }>,
  secrets: readonly Secret[],
  { publicUrl }: ResignOptions,
): Promise<Judgement | undefined> {
  if (request.completeness !== "complete" || secrets.length === 0) return undefined;
  const urls = signsUrl ? publicUrls(request, publicUrl, view) : ANY_URL;
  return judge(view, scheme, { secrets, isExpected: false, urls, atMs: request.receivedAtMs });
}

/** The secret to sign with, or why nothing is signed. */
function secretFor(
  { event: { verdict } }: StoredRequest,
  judgement: Judgement | undefined,
  { chosen, known }: SigningSecrets,
  isEdited: boolean,
): { readonly secret: Secret } | { readonly reason: KeptReason } {
  const secret = chosen ?? judgement?.match?.secret ?? known[0];
  if (!secret || judgement?.verdict.kind === "no-secret") return { reason: "no-secret" };
  const isKnownGenuine = (judgement && isGenuine(judgement.verdict)) || (verdict && isGenuine(verdict));
  if (isKnownGenuine === true) return { secret };
  // Nobody could judge it, so it is not known to be forged, and an edited request needs a signature.
  const isOpen = judgement === undefined || judgement.verdict.kind === "unjudged";
  return isOpen && isEdited ? { secret } : { reason: "forged" };
}

/** An address on this machine is hookcli's own, and the handler knows nothing of it. */
function addressOf(
  draft: Draft,
  original: StoredRequest,
  judgement: Judgement | undefined,
  { publicUrl, machine }: ResignOptions,
): string {
  if (publicUrl) {
    const urls = namedUrls(publicUrl, draft.target);
    const held = judgement?.match?.url;
    return (
      (held === undefined ? undefined : urls[namedUrls(publicUrl, original.target).indexOf(held)]) ??
      urls[0] ??
      draft.url
    );
  }
  const [origin] = /^https?:\/\/[^/?#]+/i.exec(judgement?.match?.url ?? "") ?? [];
  const isElsewhere =
    origin !== undefined && URL.canParse(origin) && !isThisMachine(new URL(origin).hostname, machine());
  if (!isElsewhere) return draft.url;
  return origin + pathOnTarget({ origin, path: "" }, draft.target);
}

interface Signing {
  readonly recognition: Recognition;
  readonly scheme: Scheme;
  readonly secret: Secret;
  readonly request: StoredRequest;
  readonly nowMs: number;
  readonly uuid: () => string;
}

/** Judges what was made before anybody is told that it was: a body in a file, for instance, takes no new time inside. */
async function signed(
  draft: Draft,
  content: CapturedRequest,
  { recognition, scheme, secret, request, nowMs, uuid }: Signing,
): Promise<Resigned> {
  const facts = eventFactsOf(new MessageView(draft), recognition);
  const stamp = {
    nowMs,
    eventId: facts.eventId ?? request.event.eventId ?? "",
    eventType: facts.eventType ?? request.event.eventType ?? "",
    attemptNumber: facts.attemptNumber ?? 1,
    uuid,
  };
  try {
    const { method, target, headers, body } = await signMessage(draft, scheme, secret, stamp);
    const made = { ...content, method, target, headers, body };
    const context = { secrets: [secret], isExpected: true, urls: [urlOf(draft, target)], atMs: nowMs };
    const { verdict } = await judge(new MessageView(made), scheme, context);
    if (verdict.kind === "verified") return { kind: "re-signed", content: made, scheme };
  } catch (error) {
    if (!(error instanceof HookcliError) || error.code !== "BAD_SECRET") throw error;
  }
  return { kind: "kept", reason: "not-renewed", scheme };
}

/** Some schemes write a hash of the body into the query. */
function urlOf(draft: Draft, target: string): string {
  if (target === draft.target || !draft.url.endsWith(draft.target)) return draft.url;
  return draft.url.slice(0, -draft.target.length) + target;
}

function withEdits(headers: CapturedRequest["headers"], edits: readonly HeaderEdit[]): CapturedRequest["headers"] {
  let edited = headers;
  for (const { name, value } of edits) {
    const lower = name.toLowerCase();
    edited = value === undefined ? withoutHeaders(edited, (other) => other === lower) : setHeader(edited, name, value);
  }
  return edited;
}
