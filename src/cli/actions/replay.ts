import { bodySizeBytes } from "../../core/model/body.ts";
import type { Delivery } from "../../core/model/delivery.ts";
import { HookcliError } from "../../core/model/errors.ts";
import { maskText } from "../../core/model/redact.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import type { SessionRecord } from "../../core/model/session.ts";
import { parseTarget } from "../../core/model/target.ts";
import { Forwarder, type Route } from "../../app/session/forwarder.ts";
import { assertReplayable, replay as replayRequest, routesForReplay } from "../../app/session/replay.ts";
import type { Store } from "../../io/store/store.ts";
import type { Action } from "../commands/command.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { Flags } from "../flags.ts";
import type { JsonShape } from "../output/json-shapes.ts";
import { styled } from "../output/printer.ts";
import { causeLine, isTroubled, outcomePiece, requestLine } from "../output/request-words.ts";
import { deliveryToJson, requestToJson } from "../output/to-json.ts";
import { sizeText } from "../output/words.ts";
import type { Surroundings } from "../surroundings.ts";
import { requestNamed, withStore } from "../with-store.ts";
import { readForwardFlags } from "./listen-flags.ts";

/** Sends a stored request again. */
export const replay: Action = async (at, args, flags) =>
  withStore(at, flags, async (store, living) => {
    refuseEdits(flags);
    const request = requestNamed(args[0] ?? "", store);
    assertReplayable(request, sizeText(bodySizeBytes(request.body)), flags.isOn("force"));
    const openSink = async () => store.openSink();
    const forwarder = new Forwarder({ ...readForwardFlags(flags), concurrency: Infinity }, openSink, (note) =>
      at.err.line(note),
    );
    const ended = new AbortController();
    if (request.body.kind === "file") {
      void import("../heap.ts").then(({ keepHeapSmall }) => keepHeapSmall(at.clock, ended.signal));
    }
    try {
      const routes = routesFor(request, { at, flags, store, forwarder, living });
      await store.beginSession(sessionRow(at));
      const deliveries = await Promise.all(
        routes.map((route) => replayRequest(request, route, { store, clock: at.clock, forwarder })),
      );
      for (const delivery of deliveries) print(at, request, delivery, flags.isOn("json"));
      return exitFor(request, deliveries);
    } finally {
      ended.abort();
      await forwarder.close();
    }
  });

/** As captured means as captured. */
function refuseEdits(flags: Flags): void {
  if (!flags.isOn("as-captured") || flags.list("header").length === 0) return;
  throw new HookcliError("USAGE", {
    problem: "--as-captured and --header exclude each other",
    help: "hookcli replay --help",
  });
}

interface ReplayContext {
  readonly at: Surroundings;
  readonly flags: Flags;
  readonly store: Store;
  readonly forwarder: Forwarder;
  readonly living: readonly SessionRecord[];
}

function routesFor(request: StoredRequest, { at, flags, store, forwarder, living }: ReplayContext): readonly Route[] {
  const to = flags.text("to");
  if (to !== undefined) return [forwarder.route(request, parseTarget(to, "--to"))];
  return routesForReplay(request, living, at.directory, { store, clock: at.clock, forwarder });
}

function sessionRow({ processes, clock, directory }: Surroundings): Parameters<Store["beginSession"]>[0] {
  const { pid } = processes;
  return {
    command: "replay",
    pid,
    processMark: processes.markOf(pid) ?? "",
    startedAtMs: clock.nowMs(),
    targets: [],
    directory,
  };
}

function print(at: Surroundings, request: StoredRequest, delivery: Delivery, isJson: boolean): void {
  const attempt = delivery.attempts.at(-1);
  if (!attempt) return;
  if (isJson) {
    const shape: JsonShape<"delivery"> = {
      v: 1,
      kind: "delivery",
      elsewhere: false,
      request: requestToJson(request),
      delivery: deliveryToJson(delivery),
    };
    return at.out.json(shape);
  }
  const arrow = at.out.isUnicode ? "→" : "->";
  at.out.line(
    styled(`#${request.id}`, "bold"),
    `  ${requestLine(request)}  ${arrow} ${maskText(delivery.url)}  `,
    outcomePiece(attempt),
  );
  const says = attempt.outcome && isTroubled(attempt.outcome) ? causeLine(attempt.outcome) : "";
  if (says !== "") at.out.line(`  ${at.out.isUnicode ? "↳" : "|"} ${says}`);
}

/** @throws NO_ANSWER where a target gave none */
function exitFor(request: StoredRequest, ended: readonly Delivery[]): ExitCode {
  for (const { url, attempts } of ended) {
    const outcome = attempts.at(-1)?.outcome;
    if (outcome?.kind === "no-response") {
      throw new HookcliError("NO_ANSWER", { url, reason: outcome.reason, detail: outcome.detail, id: request.id });
    }
  }
  return ended.every(({ status }) => status === "delivered") ? EXIT.ok : EXIT.no;
}
