import type { Secret } from "../../model/secret.ts";
import type { SignatureRule } from "../scheme.ts";
import { type Claim, claimsOf } from "./claims.ts";
import { type AppliedMutation, type Diagnosis, diagnosisOf } from "./diagnosis.ts";
import type { Aspect, ComputedMutation, Hypothesis, Scene, Variation } from "./mutation.ts";
import { otherSecret } from "./mutations/other-secret.ts";
import { computedMutations } from "./mutations/index.ts";
import type { Reading } from "./readings.ts";
import { SearchBudget, type SearchLimits } from "./search-budget.ts";
import { Trials } from "./trials.ts";

/** What a search found, and what it cost. */
export interface SearchResult {
  readonly diagnosis?: Diagnosis | undefined;
  /** Codes and checks of signatures that were computed. */
  readonly checks: number;
  /** Bytes that were hashed for them. */
  readonly bytes: number;
  /** The limit that ended it; undefined: everything there is was tried, or the cause was found. */
  readonly stoppedBy?: "checks" | "bytes" | undefined;
}

interface Base {
  readonly claim: Claim;
  readonly hypothesis: Hypothesis;
  /** What it takes for granted: where there is no secret for the provider, that another one's is used. */
  readonly applied: readonly AppliedMutation[];
}

interface Step {
  readonly mutation: ComputedMutation;
  readonly variation: Variation;
  /** Lower is likelier. */
  readonly rank: number;
}

/** In this order two changes make sense together: a body is written anew before a line feed is put behind it. */
const APPLIED: readonly Aspect[] = [
  "scheme",
  "secret",
  "key",
  "body",
  "edges",
  "content",
  "timestamp",
  "url",
  "algorithm",
];
const MOST_SECRETS = 8;
const MOST_URLS = 3;

/**
 * Looks for what would make a signature hold: first what needs one change, the likeliest first, then what needs two, as
 * far as the limits go. Never throws.
 * @param secrets those for the provider; where there is none, those of others are tried as they are
 */
export async function search(
  scene: Scene,
  rule: SignatureRule,
  secrets: readonly Secret[],
  limits: SearchLimits,
): Promise<SearchResult> {
  const budget = new SearchBudget(limits);
  const diagnosis = await new Search(scene, rule, budget).run(secrets.slice(0, MOST_SECRETS));
  return { diagnosis, checks: budget.checks, bytes: budget.bytes, stoppedBy: diagnosis ? undefined : budget.stoppedBy };
}

class Search {
  readonly #scene: Scene;
  readonly #claims: readonly Claim[];
  readonly #budget: SearchBudget;
  readonly #trials: Trials;
  readonly #otherClaims = new Map<SignatureRule, Claim>();

  constructor(scene: Scene, rule: SignatureRule, budget: SearchBudget) {
    this.#scene = scene;
    this.#claims = claimsOf(scene.view, scene.scheme, rule, scene.times[0]);
    this.#budget = budget;
    this.#trials = new Trials(scene, budget);
  }

  async run(secrets: readonly Secret[]): Promise<Diagnosis | undefined> {
    const open = await this.#openBases(secrets);
    if (!Array.isArray(open)) return open;
    const steps = stepsOf(this.#scene);
    const useful: Step[] = [];
    for (const step of steps) {
      let isUseful = false;
      for (const base of open) {
        const hypothesis = step.variation.apply(base.hypothesis);
        if (!hypothesis) continue;
        isUseful = true;
        const found = await this.#try(base, hypothesis, [step]);
        if (found || this.#budget.stoppedBy) return found;
      }
      if (isUseful) useful.push(step);
    }
    for (const pair of pairsOf(useful)) {
      for (const base of open) {
        const first = pair[0].variation.apply(base.hypothesis);
        const hypothesis = first && pair[1].variation.apply(first);
        if (!hypothesis) continue;
        const found = await this.#try(base, hypothesis, pair);
        if (found || this.#budget.stoppedBy) return found;
      }
    }
    return undefined;
  }

  /**
   * What remains to be explained: a claim that holds as it is needs no more, and its signature is nobody else's. A diagnosis
   * where the right signature is only written down wrongly.
   */
  async #openBases(secrets: readonly Secret[]): Promise<Base[] | Diagnosis> {
    const bases = this.#claims.flatMap((claim) => this.#basesOf(claim, secrets));
    const settled = new Set<Claim>();
    const spoken = new Set<string>();
    const misread: [Base, Reading][] = [];
    for (const base of bases) {
      const reading = await this.#trials.match(base.hypothesis, base.claim.readings);
      if (!reading) continue;
      if (base.applied.length + reading.mutations.length > 0) misread.push([base, reading]);
      else {
        settled.add(base.claim);
        spoken.add(reading.text);
      }
    }
    for (const [{ claim, hypothesis, applied }, reading] of misread) {
      if (!settled.has(claim) && !spoken.has(reading.text))
        return diagnosisOf([...applied, ...reading.mutations], hypothesis, reading, this.#scene);
    }
    return bases
      .filter(({ claim }) => !settled.has(claim))
      .map((base) => ({
        ...base,
        claim: { ...base.claim, readings: base.claim.readings.filter(({ text }) => !spoken.has(text)) },
      }));
  }

  #basesOf(claim: Claim, secrets: readonly Secret[]): Base[] {
    const { rule, presented, timestamp } = claim;
    const { scheme, body, urls, otherSecrets } = this.#scene;
    const candidates = secrets.length > 0 ? secrets : otherSecrets.slice(0, MOST_SECRETS);
    const addresses = rule.signsUrl ? urls.slice(0, MOST_URLS) : urls.slice(0, 1);
    return candidates.flatMap((secret) =>
      addresses.map((url) => ({
        claim,
        applied: secrets.length > 0 ? [] : [{ mutation: otherSecret, detail: secret.name }],
        hypothesis: {
          scheme,
          rule,
          secret,
          secretText: secret.text,
          keyForm: rule.key,
          algorithm: rule.algorithm,
          body,
          content: undefined,
          presented,
          timestamp,
          url,
        },
      })),
    );
  }

  async #try(base: Base, hypothesis: Hypothesis, steps: readonly Step[]): Promise<Diagnosis | undefined> {
    const reading = await this.#trials.match(hypothesis, this.#readingsFor(base, hypothesis));
    if (!reading) return undefined;
    const applied: readonly AppliedMutation[] = [
      ...base.applied,
      ...steps.map(({ mutation, variation: { detail } }) => ({ mutation, detail })),
      ...reading.mutations,
    ];
    return diagnosisOf(applied, hypothesis, reading, this.#scene);
  }

  /** Another scheme has its own idea of where a signature stands. */
  #readingsFor({ claim }: Base, { scheme, rule }: Hypothesis): readonly Reading[] {
    if (!rule || scheme === this.#scene.scheme) return claim.readings;
    let other = this.#otherClaims.get(rule);
    if (!other) {
      other = claimsOf(this.#scene.view, scheme, rule, undefined)[0] ?? claim;
      this.#otherClaims.set(rule, other);
    }
    return other.readings;
  }
}

function stepsOf(scene: Scene): readonly Step[] {
  return computedMutations.flatMap((mutation, place) =>
    [...mutation.vary(scene)].map((variation, index) => ({ mutation, variation, rank: place + index })),
  );
}

/** Two steps of different aspects, the likeliest pairs first. */
function pairsOf(steps: readonly Step[]): readonly (readonly [Step, Step])[] {
  const pairs: [Step, Step][] = [];
  for (const first of steps) {
    for (const second of steps) {
      if (APPLIED.indexOf(first.mutation.aspect) < APPLIED.indexOf(second.mutation.aspect)) pairs.push([first, second]);
    }
  }
  return pairs.sort((a, b) => a[0].rank + a[1].rank - b[0].rank - b[1].rank);
}
