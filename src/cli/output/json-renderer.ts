import type { FeedEntry } from "../../core/model/feed.ts";
import type { Clock } from "../../core/model/clock.ts";
import type { JsonShape } from "./json-shapes.ts";
import type { ListenRenderer, ReadyFacts, SummaryFacts } from "./listen-renderer.ts";
import type { Printer } from "./printer.ts";
import { deliveryToJson, isoTime, requestToJson } from "./to-json.ts";

/** `listen --json`: one object a line, the first one when the port is bound. */
export class JsonRenderer implements ListenRenderer {
  readonly #out: Printer;
  readonly #clock: Clock;

  constructor(out: Printer, clock: Clock) {
    this.#out = out;
    this.#clock = clock;
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
    switch (entry.kind) {
      case "request":
        return this.#print<"request">({ v: 1, kind: "request", request: requestToJson(entry.request) });
      case "attempt": {
        const { elsewhere, request, delivery } = entry;
        return this.#print<"delivery">({
          v: 1,
          kind: "delivery",
          elsewhere,
          request: requestToJson(request),
          delivery: deliveryToJson(delivery),
        });
      }
      case "notice": {
        const { level, code, text } = entry;
        return this.#print<"notice">({ v: 1, kind: "notice", at: isoTime(this.#clock.nowMs()), level, code, text });
      }
      case "settled":
        return undefined;
      default:
        return entry satisfies never;
    }
  }

  summary({ received, delivered, failed, refused, silent, atMs }: SummaryFacts): void {
    this.#print<"summary">({ v: 1, kind: "summary", at: isoTime(atMs), received, delivered, failed, refused, silent });
  }

  #print<Name extends "ready" | "request" | "delivery" | "notice" | "summary">(shape: JsonShape<Name>): void {
    this.#out.json(shape);
  }
}
