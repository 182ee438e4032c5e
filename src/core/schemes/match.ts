import type { Secret } from "../model/secret.ts";
import { isEqual, isSignedBy, macOf } from "./digest.ts";
import { keyOf, type MacKey } from "./keys.ts";
import type { MessageView } from "./message-view.ts";
import type { Content, PresentedSignature, SignatureRule } from "./scheme.ts";

/** Which secret, signature and address belong together. */
export interface Match {
  readonly secret: Secret;
  readonly presented: PresentedSignature;
  readonly url: string;
}

/** What may belong to a signature. */
export interface Candidates {
  readonly secrets: readonly Secret[];
  /** Only rules that sign the address look at more than the first. Never empty. */
  readonly urls: readonly string[];
}

/** Yields whether a trial held, which takes its time where the body is in a file; is told so in turn. */
type Search = Generator<boolean | Promise<boolean>, Match | undefined, boolean>;

/** A content whose code is known under one secret. */
interface Known {
  readonly rule: SignatureRule;
  readonly content: Content;
  readonly code: string;
}

/** Contents that are hashed under one secret; no sender makes that many, and each costs a pass over the body. */
const MOST_CONTENTS = 32;
/** Signatures that are tried with a public key: there each one costs. */
const MOST_VERIFICATIONS = 16;

/**
 * Finds the first secret under which the signatures hold: one of them, or one of each kind where they cover things of their
 * own. At once, but where the body is in a file: then it rejects if that cannot be read.
 */
export function findMatch(
  view: MessageView,
  rule: SignatureRule,
  signatures: readonly PresentedSignature[],
  candidates: Candidates,
): Match | undefined | Promise<Match | undefined> {
  if (isSimple(view, rule, signatures, candidates)) return simpleMatch(view, rule, signatures, candidates);
  const search = searchFor(view, rule, signatures, candidates);
  let step = search.next();
  while (step.done !== true) {
    if (typeof step.value !== "boolean") return continueLater(search, step.value);
    step = search.next(step.value);
  }
  return step.value;
}

/** One signature, one secret, a body in memory: nearly every request, so that it takes the short way. */
function isSimple(
  { message }: MessageView,
  rule: SignatureRule,
  signatures: readonly PresentedSignature[],
  { secrets }: Candidates,
): boolean {
  const { key } = signatures[0]?.rule ?? rule;
  const isShared = key !== "ed25519" && key !== "ecdsa";
  return isShared && signatures.length === 1 && secrets.length === 1 && message.body.kind === "bytes";
}

function simpleMatch(
  view: MessageView,
  rule: SignatureRule,
  [presented]: readonly PresentedSignature[],
  { secrets: [secret], urls }: Candidates,
): Match | undefined {
  if (!presented || !secret) return undefined;
  const { algorithm, encoding, key: form } = presented.rule ?? rule;
  const key = keyOf(secret.text, form);
  if (key.kind !== "mac") return undefined;
  for (const url of rule.signsUrl ? urls : urls.slice(0, 1)) {
    for (const content of rule.contents(view, presented, { url, secretText: secret.text })) {
      const mac = macOf(algorithm, key, content, view.message.body);
      if (!(mac instanceof Promise) && isEqual(mac.toString(encoding), presented.text))
        return { secret, presented, url };
    }
  }
  return undefined;
}

async function continueLater(search: Search, first: Promise<boolean>): Promise<Match | undefined> {
  let step = search.next(await first);
  while (step.done !== true) step = search.next(await step.value);
  return step.value;
}

function* searchFor(
  view: MessageView,
  rule: SignatureRule,
  signatures: readonly PresentedSignature[],
  { secrets, urls }: Candidates,
): Search {
  const groups = groupsOf(signatures);
  const addresses = rule.signsUrl ? urls : urls.slice(0, 1);
  for (const secret of secrets) {
    const attempt = new Attempt(view, rule, secret);
    let first: Match | undefined;
    let heldCount = 0;
    for (const group of groups) {
      const match = yield* attempt.search(group, addresses);
      if (!match) break;
      first ??= match;
      heldCount += 1;
    }
    if (heldCount === groups.length) return first;
  }
  return undefined;
}

/** Those that stand in for each other belong together. */
function groupsOf(signatures: readonly PresentedSignature[]): readonly (readonly PresentedSignature[])[] {
  if (signatures.every(({ covers }) => covers === undefined)) return [signatures];
  const groups = new Map<string | undefined, PresentedSignature[]>();
  for (const signature of signatures) {
    const group = groups.get(signature.covers);
    if (group) group.push(signature);
    else groups.set(signature.covers, [signature]);
  }
  return [...groups.values()];
}

/** All trials with one secret: each content is hashed once, however many signatures there are. */
class Attempt {
  readonly #view: MessageView;
  readonly #rule: SignatureRule;
  readonly #secret: Secret;
  readonly #known: Known[] = [];
  #verificationCount = 0;

  constructor(view: MessageView, rule: SignatureRule, secret: Secret) {
    this.#view = view;
    this.#rule = rule;
    this.#secret = secret;
  }

  *search(signatures: readonly PresentedSignature[], urls: readonly string[]): Search {
    const secret = this.#secret;
    for (const presented of signatures) {
      const rule = presented.rule ?? this.#rule;
      for (const url of urls) {
        for (const content of this.#rule.contents(this.#view, presented, { url, secretText: secret.text })) {
          const isHeld = this.#holds(rule, content, presented.text);
          if (yield isHeld) return { secret, presented, url };
        }
      }
    }
    return undefined;
  }

  #holds(rule: SignatureRule, content: Content, text: string): boolean | Promise<boolean> {
    const key = keyOf(this.#secret.text, rule.key);
    if (key.kind === "unusable") return false;
    if (key.kind === "mac") return this.#matchesCode(rule, key, content, text);
    this.#verificationCount += 1;
    if (this.#verificationCount > MOST_VERIFICATIONS) return false;
    return isSignedBy(rule.algorithm, key, content, this.#view.message.body, Buffer.from(text, rule.encoding));
  }

  #matchesCode(rule: SignatureRule, key: MacKey, content: Content, text: string): boolean | Promise<boolean> {
    const known = this.#known.find((one) => one.rule === rule && isSameContent(one.content, content));
    if (known) return isEqual(known.code, text);
    if (this.#known.length >= MOST_CONTENTS) return false;
    const compare = (mac: Buffer): boolean => {
      const code = mac.toString(rule.encoding);
      this.#known.push({ rule, content, code });
      return isEqual(code, text);
    };
    const mac = macOf(rule.algorithm, key, content, this.#view.message.body);
    return mac instanceof Promise ? mac.then(compare) : compare(mac);
  }
}

function isSameContent(left: Content, right: Content): boolean {
  return (
    left.length === right.length &&
    left.every((part, index) => {
      const other = right[index];
      if (part === "body" || other === "body" || other === undefined) return part === other;
      return Buffer.compare(part, other) === 0;
    })
  );
}
