import type { FeedEntry } from "../../core/model/feed.ts";
import type { Clock } from "../../core/model/clock.ts";
import type { JsonShape } from "./json-shapes.ts";
import type { ListenRenderer, ReadyFacts, SummaryFacts } from "./listen-renderer.ts";
import type { Surroundings } from "../surroundings.ts";
import { LeftOut } from "./left-out.ts";
import type { Printer } from "./printer.ts";
import { deliveryToJson, isoTime, requestToJson } from "./to-json.ts";
import { leftOutText } from "./words.ts";

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
    const { captureUrl: capture, targets, storePath: store, stored, pid, atMs } = facts;
    this.#print<"ready">({
      v: 1,
      kind: "ready",
      at: isoTime(atMs),
      capture,
      forward: [...targets],
      store,
      stored,
      pid,
    });
  }

  entry(entry: FeedEntry): void {
    if (this.#leftOut.leavesOut()) return;
    const leftOut = this.#leftOut.take();
    if (leftOut > 0) this.#notice("warning", "LINES_LEFT_OUT", leftOutText(leftOut));
    switch (entry.kind) {
      case "request":
        return this.#print<"request">({ v: 1, kind: "request", request: requestToJson(entry.request) });
      case "attempt": {
        const { elsewhere, request, delivery, ackBudgetMs = null } = entry;
        return this.#print<"delivery">({
          v: 1,
          kind: "delivery",
          elsewhere,
          ackBudgetMs,
          request: requestToJson(request),
          delivery: deliveryToJson(delivery),
        });
      }
      case "notice":
        return this.#notice(entry.level, entry.code, entry.text);
      case "settled":
        return undefined;
      default:
        return entry satisfies never;
    }
  }

  summary({ atMs, received, delivered, failed, refused, duplicates, failedSignatures, silent }: SummaryFacts): void {
    const counts = { received, delivered, failed, refused, duplicates, failedSignatures, silent };
    this.#print<"summary">({ v: 1, kind: "summary", at: isoTime(atMs), ...counts });
  }

  #notice(level: "note" | "warning" | "error", code: string, text: string): void {
    this.#print<"notice">({ v: 1, kind: "notice", at: isoTime(this.#clock.nowMs()), level, code, text });
  }

  #print<Name extends "ready" | "request" | "delivery" | "notice" | "summary">(shape: JsonShape<Name>): void {
    this.#out.json(shape);
  }
}
