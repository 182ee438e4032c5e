import { readTimeMs } from "../../../core/filter/read-time.ts";
import { badValue } from "../../../core/model/errors.ts";
import { isSignatureExpected, type Secret, secretsFor } from "../../../core/model/secret.ts";
import { explain } from "../../../core/schemes/explain/explain.ts";
import { MessageView } from "../../../core/schemes/message-view.ts";
import { type Recognition, recognise, recogniseAs } from "../../../core/schemes/recognise.ts";
import { unknownSigner } from "../../../core/schemes/unknown-signer.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT, type ExitCode } from "../../terminal/exit.ts";
import { readProvider } from "../../flag-groups/read-provider.ts";
import { printVerification } from "./verification.ts";
import { verificationToJson, type VerifySubject } from "../../../app/looking/verification.ts";
import { availableSecrets, readSecrets } from "../../secrets/secrets.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { requestNamed, withStore } from "../../running/with-store.ts";
import { givenSubject, refuseMixture, storedSubject } from "./subject.ts";
import { knownSchemes } from "../../../core/schemes/known-schemes.ts";
import type { Given } from "./flags.ts";

/** Says whether the signature of a message holds, and why it does not. */
export const verify: Action<Given> = async (at, args, flags) => {
  refuseMixture(args, flags);
  const [name] = args;
  if (name === undefined) return verifySubject(at, flags, await givenSubject(at, flags));
  return withStore(at, flags, async (store) =>
    verifySubject(at, flags, storedSubject(requestNamed(name, store), flags)),
  );
};

async function verifySubject(at: Surroundings, flags: Given, subject: VerifySubject): Promise<ExitCode> {
  const view = new MessageView(subject.message);
  const asked = readProvider(flags, "provider")?.name;
  const atMs = readAt(at, flags) ?? subject.receivedAtMs ?? at.clock.nowMs();
  const toleranceMs = readToleranceMs(flags);
  const isWhole = subject.completeness === "complete";
  const recognition = isWhole ? recognitionOf(view, subject, flags, asked) : undefined;
  const secrets = await readSecrets(at, flags, recognition?.provider ?? asked);
  const scheme = recognition?.scheme ?? (isWhole && secrets.length > 0 ? likelyScheme(view) : undefined);
  const provider = recognition?.provider ?? scheme?.name ?? "";
  const own = secretsFor(secrets, provider);
  const isToBeSigned = asked !== undefined || recognition?.scheme === undefined;
  const isExpected = isSignatureExpected(secrets, provider) || (isToBeSigned && own.length > 0);
  const context = { secrets: own, isExpected, urls: subject.urls, atMs, toleranceMs };
  const otherSecrets = async (): Promise<readonly Secret[]> => otherSecretsThan(own, at, flags);
  const explanation =
    scheme && (await explain(view, scheme, { ...context, otherSecrets, schemes: knownSchemes(flags.schemes) }));
  const verification = { subject, recognition, explanation, mask: at.out.mask(flags.isOn("reveal")) };
  if (flags.isOn("json")) at.out.json(verificationToJson(verification));
  else printVerification(at.out, verification);
  return explanation?.judgement.verdict.kind === "verified" ? EXIT.ok : EXIT.no;
}

function recognitionOf(
  view: MessageView,
  { provider }: VerifySubject,
  { schemes }: Given,
  asked: string | undefined,
): Recognition | undefined {
  if (asked !== undefined) return recogniseAs(asked, schemes);
  const recognised = recognise(view, schemes);
  if (provider === undefined || recognised?.provider === provider) return recognised;
  return { ...recogniseAs(provider, schemes), reason: "what was said when it came" };
}

/** Somebody who gives a secret holds it for signed, whatever its header is called. */
function likelyScheme(view: MessageView): ReturnType<typeof unknownSigner> {
  const name = [...view.headerNames].find((header) => /sig|hmac|digest/.test(header));
  return unknownSigner(name ?? "x-signature-256");
}

/** Everything else that is configured. What cannot be had is told and left out: it is only a guess that it would help. */
async function otherSecretsThan(own: readonly Secret[], at: Surroundings, flags: Given): Promise<readonly Secret[]> {
  const { secrets, missing } = await availableSecrets(at, flags);
  for (const error of missing)
    at.err.line(`note: one secret less was tried: ${error.told(at.err.mask().text).message}`);
  return secrets.filter(({ text }) => own.every((secret) => secret.text !== text));
}

/** @throws BAD_VALUE */
function readAt(at: Surroundings, flags: Given): number | undefined {
  const text = flags.text("at");
  if (text === undefined) return undefined;
  if (text === "now") return at.clock.nowMs();
  const atMs = /^\d{10}$/.test(text) ? Number(text) * 1000 : /^\d{13}$/.test(text) ? Number(text) : readTimeMs(text);
  if (atMs === undefined)
    throw badValue(
      flags.nameOf("at"),
      text,
      "it is not a time",
      "--at now, --at 2026-03-04T05:06:07Z or --at 1772600767",
    );
  return atMs;
}

/** 0 means any age, as it means no limit elsewhere. */
function readToleranceMs(flags: Given): number | undefined {
  const toleranceMs = flags.durationMs("tolerance");
  return toleranceMs === 0 ? Number.POSITIVE_INFINITY : toleranceMs;
}
