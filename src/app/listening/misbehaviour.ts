import type { Interceptor } from "../../core/faults/fault.ts";
import { interceptorOf } from "../../core/faults/index.ts";
import type { FaultPlan, FaultScope } from "../../core/faults/plan.ts";
import { faultNote, PlanRunner } from "../../core/faults/plan-runner.ts";
import type { Filter } from "../../core/filter/filter.ts";
import type { Clock } from "../../core/model/clock.ts";
import type { CapturedRequest, EventFacts } from "../../core/model/request.ts";
import { seededRandom } from "../../core/model/seeded.ts";
import { matchesOnArrival } from "../../core/filter/match-filter.ts";

export interface MisbehaviourOptions {
  readonly plan: FaultPlan;
  readonly per: FaultScope;
  /** How many of the requests take part, above 0 up to 1, and the seed of the dice; undefined: all. */
  readonly chance?: { readonly share: number; readonly seed: number } | undefined;
  /** Only requests that it lets through take part; it asks for nothing that is not known on arrival. */
  readonly filter: Filter;
}

/** The fault that one request meets. */
export interface MetMisbehaviour {
  readonly intercept: Interceptor;
  /** The handler gets the request at once, and then the sender is lied to. */
  readonly isAfter: boolean;
  /** What the record of the request says of it. */
  readonly note: (isSenderGone: boolean) => string;
}

/** How a listener goes wrong on purpose. Loaded only where it does. */
export class Misbehaviour {
  readonly #runner: PlanRunner;

  constructor({ plan, per, chance, filter }: MisbehaviourOptions, clock: Clock) {
    this.#runner = new PlanRunner({
      plan,
      per,
      chance: chance && { share: chance.share, random: seededRandom(chance.seed) },
      matches: (request, event) => matchesOnArrival(filter, request, event, clock.nowMs()),
    });
  }

  /**
   * What happens to this request, and counts it; undefined: nothing.
   * @throws BODY_FILE_MISSING
   */
  async meet(request: CapturedRequest, event: EventFacts): Promise<MetMisbehaviour | undefined> {
    const met = await this.#runner.meet(request, event);
    if (!met) return undefined;
    return {
      intercept: interceptorOf(met.step),
      isAfter: met.step.isAfter,
      note: (isSenderGone) => faultNote(met, isSenderGone),
    };
  }
}
