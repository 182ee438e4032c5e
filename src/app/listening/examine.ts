import type { CapturedRequest, EventFacts } from "../../core/model/request.ts";
import { isSignatureExpected, type Secret, secretsFor } from "../../core/model/secret.ts";
import type { Target } from "../../core/model/target.ts";
import type { Verdict } from "../../core/model/verdict.ts";
import { eventFactsOf } from "../../core/schemes/event-facts.ts";
import type { NamedHandshakeAnswer } from "../../core/schemes/handshakes/handshake.ts";
import { answerHandshake } from "../../core/schemes/handshakes/index.ts";
import { judge } from "../../core/schemes/judge.ts";
import { MessageView } from "../../core/schemes/message-view.ts";
import { publicUrls } from "../../core/schemes/public-urls.ts";
import { recognise, recogniseAs } from "../../core/schemes/recognise.ts";
import { ruleOf } from "../../core/schemes/template-rule.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";

/** How requests that arrive are recognised and judged, and what follows from it. */
export interface SignatureOptions {
  /** In the order in which they are tried. */
  readonly secrets: readonly Secret[];
  /** A person's own, looked at before those that are built in. */
  readonly schemes: readonly Scheme[];
  /** Whose requests these are, whatever they look like; undefined: each is recognised. */
  readonly provider?: string | undefined;
  /** Where the provider posts to, for the schemes that sign it; undefined: what the request itself says. */
  readonly publicUrl?: Target | undefined;
  /** What does not verify is answered with this status and not forwarded; undefined: it is forwarded like the rest. */
  readonly refuseStatus?: number | undefined;
  /** Answers handshakes also where there is a target. */
  readonly answersHandshakes: boolean;
}

/** What is known about a request before it is stored. */
export interface Examined {
  readonly event: EventFacts;
  /** How long its provider waits for an answer. */
  readonly ackBudgetMs: number;
  /** What a provider that only asks whether this address is willing wants to hear; undefined: it asks no such thing. */
  readonly handshake: () => NamedHandshakeAnswer | undefined;
  /** Nobody will ask for a handshake: what was read of the body need not be kept. */
  readonly forget: () => void;
}

/** Where the provider says nothing. */
const ACK_BUDGET_MS = 10_000;
/** For rules that do not look at it. */
const ANY_URL = ["http://localhost/"];

/**
 * Recognises a request, reads what it says about its event, and judges its signature. At once, but where the body is in a
 * file. What is not whole is not judged, and bytes that are no HTTP say nothing at all.
 */
export function examine(request: CapturedRequest, options: SignatureOptions): Examined | Promise<Examined> {
  if (request.completeness === "malformed")
    return { event: {}, ackBudgetMs: ACK_BUDGET_MS, handshake: () => undefined, forget: () => undefined };
  const view = new MessageView(request);
  let kept: MessageView | undefined = view;
  const { provider, schemes } = options;
  const recognition = provider === undefined ? recognise(view, schemes) : recogniseAs(provider, schemes);
  const facts = eventFactsOf(view, recognition);
  const examined = (verdict: Verdict | undefined): Examined => {
    const event = verdict ? { ...facts, verdict } : facts;
    return {
      event,
      ackBudgetMs: recognition?.scheme?.ackBudgetMs ?? ACK_BUDGET_MS,
      handshake: () => kept && answerHandshake(kept, event, options.secrets),
      forget: () => (kept = undefined),
    };
  };
  if (request.completeness !== "complete") return examined(undefined);
  if (!recognition) return examined({ kind: "unsigned" });
  const verdict = verdictOn(view, request, recognition.provider, recognition.scheme, options);
  return verdict instanceof Promise ? verdict.then(examined) : examined(verdict);
}

function verdictOn(
  view: MessageView,
  request: CapturedRequest,
  provider: string,
  scheme: Scheme | undefined,
  { secrets: known, publicUrl, provider: asked }: SignatureOptions,
): Verdict | Promise<Verdict> {
  if (!scheme) return { kind: "unjudged" };
  const secrets = secretsFor(known, provider);
  const judgement = judge(view, scheme, {
    secrets,
    isExpected: isSignatureExpected(known, provider) || (asked !== undefined && secrets.length > 0),
    urls: ruleOf(scheme)?.signsUrl === true ? publicUrls(request, publicUrl, view) : ANY_URL,
    atMs: request.receivedAtMs,
  });
  return judgement instanceof Promise ? judgement.then(({ verdict }) => verdict) : judgement.verdict;
}
