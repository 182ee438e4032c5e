import { wireText } from "../../../core/formats/encodings.ts";
import { curl } from "../../../core/formats/curl.ts";
import { http } from "../../../core/formats/http.ts";
import { toExported } from "../../../core/formats/format.ts";
import type { PreparedEvent } from "../../../app/sending/send-event.ts";
import { styled } from "../../terminal/printer.ts";
import { fromWire } from "../../terminal/safe.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";

/** An event that would be sent. */
export interface WouldSend {
  readonly provider: string;
  readonly eventId: string | undefined;
  readonly eventType: string;
  /** Names of what would be wrong with it on purpose. */
  readonly faults: readonly string[];
  readonly prepared: PreparedEvent;
}

/** Prints a request as it would stand on the wire and as a curl command that sends the same bytes. */
export async function printWouldSend(at: Surroundings, would: WouldSend, isJson: boolean): Promise<void> {
  const { prepared, provider, eventId, eventType, faults } = would;
  const { request, route, isSigned } = prepared;
  const stored = { ...request, target: route.path, headers: route.headers, id: 1, sessionId: 0, event: {} };
  const shown = await toExported(stored, route.url);
  const asHttp = textOf(http.one(shown, true));
  const asCurl = textOf(curl.one(shown, true));
  if (isJson) {
    const event = { provider, id: eventId ?? null, type: eventType };
    at.out.json({
      v: 1,
      kind: "would-send",
      event,
      signed: isSigned,
      faults: [...faults],
      url: shown.url,
      http: asHttp,
      curl: asCurl,
    });
  } else {
    const arrow = at.out.isUnicode ? "→" : "->";
    const marks = faults.length > 0 ? styled(`  (${faults.join(", ")})`, "dim") : "";
    at.out.line(
      styled(eventId ?? "(no id)", "bold"),
      `  ${provider} ${eventType}  ${arrow} ${fromWire(shown.url)}`,
      marks,
    );
    at.out.text(asHttp);
    at.out.line();
    at.out.text(asCurl);
    at.out.line();
  }
  await at.out.flushed();
}

/** Bytes that are no UTF-8 are shown one character a byte. */
function textOf(written: string | Uint8Array): string {
  return typeof written === "string" ? written : fromWire(wireText(written));
}
