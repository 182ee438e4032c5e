import type { Clock } from "../../../core/model/clock.ts";
import type { Delivery } from "../../../core/model/delivery.ts";
import { readFaultNote } from "../../../core/model/fault-note.ts";
import type { FeedEntry } from "../../../core/model/feed.ts";
import type { Mask } from "../../../core/model/mask.ts";
import type { StoredRequest } from "../../../core/model/request.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import type { ListenRenderer, ReadyFacts, SummaryFacts } from "./listen-renderer.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { LeftOut } from "./left-out.ts";
import type { Printer } from "../../terminal/printer.ts";
import { deliveryToJson, isoTime, requestToJson } from "../../../core/wire/request-json.ts";
import { leftOutText } from "../../words/units.ts";
import type { ActivePlan } from "../../words/fault-words.ts";

/** `listen --json`: one object a line, the first one when the port is bound. */
export class JsonRenderer implements ListenRenderer {
  readonly #out: Printer;
  readonly #clock: Clock;
  readonly #leftOut: LeftOut;

  constructor({ out, outSink, clock }: Pick<Surroundings, "out" | "outSink" | "clock">) {
    this.#out = out;
    this.#clock = clock;
    this.#leftOut = new LeftOut(outSink);
  }

  ready(facts: ReadyFacts): void {
    const { captureUrl: capture, targets, storePath: store, stored, pid, atMs, faults } = facts;
    this.#print<"ready">({
      v: 1,
      kind: "ready",
      at: isoTime(atMs),
      capture,
      forward: targets.map((target) => this.#out.mask().text(target)),
      store,
      stored,
      pid,
      faults: faults ? planToJson(faults, this.#out.mask()) : null,
    });
  }

  entry(entry: FeedEntry): void {
    if (this.#leftOut.leavesOut()) return;
    const leftOut = this.#leftOut.take();
    if (leftOut > 0) this.#notice("warning", "LINES_LEFT_OUT", leftOutText(leftOut));
    switch (entry.kind) {
      case "request":
        return this.#print<"request">({
          v: 1,
          kind: "request",
          request: requestToJson(entry.request, undefined, this.#out.mask()),
        });
      case "attempt": {
        const { elsewhere, request, delivery, ackBudgetMs = null } = entry;
        return this.#print<"delivery">({
          v: 1,
          kind: "delivery",
          elsewhere,
          ackBudgetMs,
          request: requestToJson(request, undefined, this.#out.mask()),
          delivery: deliveryToJson(delivery, this.#out.mask()),
        });
      }
      case "notice":
        return this.#notice(entry.level, entry.code, this.#out.mask().text(entry.text));
      case "settled":
        return this.#settled(entry.request, entry.deliveries);
      default:
        return entry satisfies never;
    }
  }

  summary({ atMs, received, delivered, failed, refused, ...rest }: SummaryFacts): void {
    const { duplicates, outOfOrder, failedSignatures, faulted, lostAcks, silent } = rest;
    const signs = { duplicates, outOfOrder, failedSignatures, faulted, lostAcks };
    const counts = { received, delivered, failed, refused, ...signs, silent };
    this.#print<"summary">({ v: 1, kind: "summary", at: isoTime(atMs), ...counts });
  }

  /** Where nothing was forwarded, no line has told yet how a fault answered. */
  #settled(request: StoredRequest, deliveries: readonly Delivery[]): void {
    if (deliveries.length > 0 || !readFaultNote(request.reply?.note)) return;
    this.#print<"replied">({ v: 1, kind: "replied", request: requestToJson(request, undefined, this.#out.mask()) });
  }

  #notice(level: "note" | "warning" | "error", code: string, text: string): void {
    this.#print<"notice">({ v: 1, kind: "notice", at: isoTime(this.#clock.nowMs()), level, code, text });
  }

  #print<Name extends "ready" | "request" | "replied" | "delivery" | "notice" | "summary">(
    shape: JsonShape<Name>,
  ): void {
    this.#out.json(shape);
  }
}

/** The plan that a listener follows. */
function planToJson({ plan, per, chance, match }: ActivePlan, mask: Mask): NonNullable<JsonShape<"ready">["faults"]> {
  const { share = null, seed = null } = chance ?? {};
  return { plan: mask.text(plan), per, rate: share, seed, match: match === "" ? null : mask.text(match) };
}
