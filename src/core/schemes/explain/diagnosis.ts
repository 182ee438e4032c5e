import type { Secret } from "../../model/secret.ts";
import { ruleOf } from "../template-rule.ts";
import type { Scheme } from "../scheme.ts";
import { fillTemplate } from "../template.ts";
import { type BodyDifference, differenceOf } from "./body-difference.ts";
import { keyFormText } from "./key-words.ts";
import type { Hypothesis, Mutation, Scene } from "./mutation.ts";
import type { Reading } from "./readings.ts";

/** Why a signature does not hold: what would make it hold. */
export interface Diagnosis {
  /** Mostly one; never empty. */
  readonly causes: readonly Cause[];
  /** Under which it would hold. */
  readonly secret: Secret;
  /** Where the signature stands that would. */
  readonly place: string;
  /** Where the body that was signed and the one that came part; undefined: the bodies are the same. */
  readonly body?: BodyDifference | undefined;
}

export interface Cause {
  /** Of the mutation, stable, for machines. */
  readonly name: string;
  /** The end of "The signature holds if …". */
  readonly says: string;
  /** What to do, in one sentence. */
  readonly fix: string;
}

/** A mutation, and what is to be told about the way in which it was applied. */
export interface AppliedMutation {
  readonly mutation: Mutation;
  readonly detail?: string | undefined;
}

/** Puts into words what a search has found. */
export function diagnosisOf(
  applied: readonly AppliedMutation[],
  hypothesis: Hypothesis,
  reading: Pick<Reading, "place">,
  scene: Scene,
): Diagnosis {
  const { scheme } = scene;
  const rule = scene.rule ?? ruleOf(scheme);
  const values = {
    provider: scheme.title,
    secret: hypothesis.secret.name,
    place: reading.place,
    url: hypothesis.url,
    describes: rule?.describes ?? "",
    algorithm: rule?.algorithm ?? "",
    encoding: rule?.encoding ?? "",
    keyform: rule ? keyFormText(rule.key) : "",
    form: headerForm(scheme),
  };
  return {
    causes: applied.map(({ mutation: { name, says, fix }, detail }) => ({
      name,
      says: fillTemplate(says, { ...values, detail }),
      fix: fillTemplate(fix, { ...values, detail }),
    })),
    secret: hypothesis.secret,
    place: reading.place,
    body: differenceOf(hypothesis.body, scene.body),
  };
}

/** `Stripe-Signature: t={ts},v1={sig}` */
function headerForm({ signature, title }: Scheme): string {
  if (signature.kind !== "template") return `${title} does`;
  const [name, text] = Object.entries(signature.headers).find(([, value]) => value.includes("{sig}")) ?? [];
  return name === undefined ? `${title} does` : `${name.replace("{n}", "1")}: ${text ?? ""}`;
}
