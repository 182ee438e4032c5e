import { type Body, bodySizeBytes, bytesBody, readBody } from "../../model/body.ts";
import type { Secret } from "../../model/secret.ts";
import { macOf } from "../digest.ts";
import { judge, type JudgeContext, type Judgement } from "../judge.ts";
import { keyOf } from "../keys.ts";
import { MessageView } from "../message-view.ts";
import { readPlace } from "../places.ts";
import { ruleOf } from "../template-rule.ts";
import type { Content, PresentedSignature, Scheme, SignatureRule } from "../scheme.ts";
import { sdkAdvice } from "../sdk-advice.ts";
import type { Age, Explanation, ReceivedSignature } from "./explanation.ts";
import { type Known, sceneOf } from "./scene.ts";
import { search, type SearchResult } from "./search.ts";
import { SEARCH_LIMITS, type SearchLimits } from "./search-budget.ts";
import { searchStatic } from "./search-static.ts";
import { type SignedPart, signedParts } from "./signed-parts.ts";

/** What judging asks, and what else there is to look for a cause in. */
export interface ExplainContext extends JudgeContext, Omit<Known, "otherSecrets"> {
  /** Those of other providers. Called at most once, and only where a cause is looked for. */
  readonly otherSecrets: () => Promise<readonly Secret[]>;
  /** Default: 2,000 checks, 64 MiB. */
  readonly limits?: SearchLimits;
}

/**
 * Judges a message and says what the verdict rests on. Where the signature does not hold, it looks for what would make it
 * hold. Rejects only where a body in a file cannot be read, or the other secrets reject.
 */
export async function explain(view: MessageView, scheme: Scheme, context: ExplainContext): Promise<Explanation> {
  const judgement = await judge(view, scheme, context);
  const presented = signaturesIn(judgement);
  const first = judgement.match?.presented ?? presented[0];
  const rule = first?.rule ?? presentedRule(scheme, judgement);
  const content = rule && contentOf(view, rule, first, judgement, context);
  const { body } = view.message;
  return {
    scheme,
    judgement,
    rule,
    signed: rule && content ? partsOf(content, rule, first, view, judgement, context) : [],
    age: ageOf(rule, first, context),
    secrets: context.secrets.map((secret) => ({ secret, problem: problemOf(secret, rule) })),
    expected: rule && content && (await expectedOf(rule, content, body, context)),
    received: receivedIn(view, scheme, presented),
    search: needsSearch(judgement) ? await searchIn(view, scheme, rule, context, presented) : undefined,
    advice: sdkAdvice(view, scheme, judgement),
  };
}

/** The rule that counts: a scheme that sends its secret along may also sign, and then only that counts. */
function presentedRule({ signature }: Scheme, { presented }: Judgement): SignatureRule | undefined {
  if (signature.kind !== "static") return ruleOf({ signature });
  return presented && signature.unlessSigned ? ruleOf({ signature: signature.unlessSigned }) : undefined;
}

function signaturesIn({ presented, match }: Judgement): readonly PresentedSignature[] {
  if (presented?.kind === "present") return presented.signatures;
  return match ? [match.presented] : [];
}

/** The content that holds, or the one that should. */
function contentOf(
  view: MessageView,
  rule: SignatureRule,
  presented: PresentedSignature | undefined,
  { match }: Judgement,
  { urls, secrets }: ExplainContext,
): Content | undefined {
  if (!presented) return undefined;
  const url = match?.url ?? urls[0] ?? "";
  const secret = match?.secret ?? secrets[0];
  return rule.contents(view, presented, { url, secretText: secret?.text ?? "" })[0];
}

function partsOf(
  content: Content,
  { describes }: SignatureRule,
  presented: PresentedSignature | undefined,
  { message }: MessageView,
  { match }: Judgement,
  { urls, secrets }: ExplainContext,
): readonly SignedPart[] {
  const url = match?.url ?? urls[0];
  const values = { ts: presented?.timestamp?.text, method: message.method, url };
  const texts = secrets.map(({ text }) => text);
  return signedParts(content, describes, values, bodySizeBytes(message.body), texts);
}

function ageOf(
  rule: SignatureRule | undefined,
  presented: PresentedSignature | undefined,
  { atMs, toleranceMs = rule?.timestamp?.toleranceMs }: ExplainContext,
): Age | undefined {
  const signedAtMs = presented?.timestamp?.atMs;
  if (signedAtMs === undefined || Number.isNaN(signedAtMs)) return undefined;
  const limit = toleranceMs === Number.POSITIVE_INFINITY ? undefined : toleranceMs;
  return { signedAtMs, judgedAtMs: atMs, ageMs: atMs - signedAtMs, toleranceMs: limit };
}

function problemOf({ text }: Secret, rule: SignatureRule | undefined): string | undefined {
  const key = rule && keyOf(text, rule.key);
  return key?.kind === "unusable" ? key.why : undefined;
}

async function expectedOf(
  { algorithm, key: form, encoding }: SignatureRule,
  content: Content,
  body: Body,
  { secrets }: ExplainContext,
): Promise<string | undefined> {
  for (const { text } of secrets) {
    const key = keyOf(text, form);
    if (key.kind === "mac") return (await macOf(algorithm, key, content, body)).toString(encoding);
  }
  return undefined;
}

function receivedIn(
  view: MessageView,
  { signature }: Scheme,
  presented: readonly PresentedSignature[],
): readonly ReceivedSignature[] {
  if (signature.kind === "static" && presented.length === 0) {
    const text = readPlace(view, signature.place);
    return text === undefined ? [] : [{ text, place: signature.place.slice(2) }];
  }
  return presented.map(({ text, place }) => ({ text, place }));
}

function needsSearch({ verdict, signature }: Judgement): boolean {
  if (verdict.kind === "no-secret" || verdict.kind === "missing-header") return true;
  return signature === "mismatch" || signature === "unreadable";
}

/** Undefined where there is no secret at all to look with. */
async function searchIn(
  view: MessageView,
  scheme: Scheme,
  rule: SignatureRule | undefined,
  context: ExplainContext,
  presented: readonly PresentedSignature[],
): Promise<SearchResult | undefined> {
  const { limits = SEARCH_LIMITS, secrets } = context;
  const otherSecrets = await context.otherSecrets();
  if (secrets.length + otherSecrets.length === 0) return undefined;
  const { body } = view.message;
  if (bodySizeBytes(body) > limits.mostBytes) return { checks: 0, bytes: 0, stoppedBy: "bytes" };
  const bytes = await bytesOf(body);
  const inMemory = body.kind === "bytes" ? view : new MessageView({ ...view.message, body: bytesBody(bytes) });
  const scene = sceneOf(inMemory, scheme, bytes, presented, { ...context, otherSecrets });
  if (rule) return search(scene, rule, secrets, limits);
  const { signature } = scheme;
  const place = signature.kind === "static" ? signature.place : "";
  const token = place === "" ? undefined : readPlace(view, place);
  const diagnosis = token === undefined ? undefined : searchStatic(scene, token, place.slice(2), secrets);
  return { diagnosis, checks: 0, bytes: 0 };
}

async function bytesOf(body: Body): Promise<Uint8Array> {
  if (body.kind === "bytes") return body.bytes;
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBody(body)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
