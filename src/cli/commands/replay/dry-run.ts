import { wireText } from "../../../core/formats/encodings.ts";
import { curl } from "../../../core/formats/curl.ts";
import { type ExportedRequest, toExported } from "../../../core/formats/format.ts";
import { http } from "../../../core/formats/http.ts";
import { maskRequest, partsOf } from "../../../core/formats/mask-request.ts";
import { credentialsOf } from "../../../core/model/request-credentials.ts";
import type { Route } from "../../../app/delivering/forwarder.ts";
import { EXIT, type ExitCode } from "../../terminal/exit.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import { styled } from "../../terminal/printer.ts";
import { fromWire } from "../../terminal/safe.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { ReplayFlags } from "./read-flags.ts";
import { isOfOneRequest, type PlannedReplay, type Replays } from "../../../app/replaying/replays.ts";

/** Prints what would be sent, as it would stand on the wire and as a curl command, and sends nothing. */
export async function printDryRun(
  at: Surroundings,
  { isJson, isRevealed }: ReplayFlags,
  ids: readonly number[],
  replays: Replays,
): Promise<ExitCode> {
  for (const id of ids) {
    if (at.outSink.isClosed) break;
    const planned = await replays.plan(id).catch((error: unknown) => {
      if (ids.length === 1 || !isOfOneRequest(error)) throw error;
      at.err.line(styled(`#${id} would not be sent: `, "wait"), error.told(at.err.mask().text).message);
    });
    if (!planned) continue;
    for (const route of planned.routes) {
      const whole = await onTheWire(planned, route);
      const shown = isRevealed ? whole : maskRequest(whole, at.out.mask().and(credentialsOf(...partsOf(whole))));
      if (isJson) at.out.json(dryRunJson(planned, shown));
      else printBoth(at, planned, shown);
      await at.out.flushed();
    }
  }
  if (!isJson) at.err.line("nothing was sent (--dry-run)");
  return EXIT.ok;
}

async function onTheWire({ request, content }: PlannedReplay, route: Route): Promise<ExportedRequest> {
  const sent = { ...request, ...content, target: route.path, headers: route.headers, trailers: [], httpVersion: "1.1" };
  return toExported(sent, route.url);
}

function printBoth({ out }: Surroundings, planned: PlannedReplay, shown: ExportedRequest): void {
  const { request, edited, isResigned } = planned;
  const done = [...(edited ? ["edited"] : []), ...(isResigned ? ["re-signed"] : [])].join(", ");
  out.line(
    styled(`#${request.id}`, "bold"),
    `${done === "" ? "" : ` ${done}`} ${out.isUnicode ? "→" : "->"} ${fromWire(shown.url)}`,
  );
  out.text(textOf(http.one(shown, true)));
  out.line();
  out.text(textOf(curl.one(shown, true)));
  out.line();
}

function dryRunJson({ request, edited, isResigned }: PlannedReplay, shown: ExportedRequest): JsonShape<"dry-run"> {
  return {
    v: 1,
    kind: "dry-run",
    requestId: request.id,
    edited: edited !== undefined,
    resigned: isResigned,
    url: shown.url,
    http: textOf(http.one(shown, true)),
    curl: textOf(curl.one(shown, true)),
  };
}

/** Bytes that are no UTF-8 are shown one character a byte. */
function textOf(written: string | Uint8Array): string {
  return typeof written === "string" ? written : fromWire(wireText(written));
}
