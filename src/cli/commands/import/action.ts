import { detectFormat } from "../../../core/formats/detect-format.ts";
import type { ImportedRequest } from "../../../core/formats/format.ts";
import { importFormats } from "../../../core/formats/index.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import type { CapturedRequest } from "../../../core/model/request.ts";
import { newSession } from "../../../app/session/processes.ts";
import { readEventFacts } from "../../../core/schemes/event-facts.ts";
import type { Store } from "../../../io/store/store.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { countText, plural } from "../../words/units.ts";
import { MOST_STREAMED_BYTES, readFileBytes } from "../../terminal/read-file.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { withStore } from "../../running/with-store.ts";
import type { Given } from "./flags.ts";

/** Stores the requests of a file. It is read whole before the first of them is stored. */
export const importRequests: Action<Given> = async (at, [path = "-"], flags) => {
  const bytes = path === "-" ? await at.input.readAll() : readFileBytes(path);
  const imported = parse(bytes, path, flags);
  return withStore(at, flags, async (store) => {
    await store.beginSession(newSession("import", at));
    const captured: CapturedRequest[] = [];
    for (const request of imported) captured.push(await toCaptured(at, store, request));
    // In one turn of the event loop, and so in one transaction.
    const inserted = captured.map((request, index) => insert(store, flags, request, imported[index]));
    sayImported(at, flags, await allOrSaid(at, await Promise.allSettled(inserted)));
    return EXIT.ok;
  });
};

/** @throws BAD_IMPORT, BAD_VALUE */
function parse(bytes: Uint8Array, path: string, flags: Given): readonly ImportedRequest[] {
  const names = importFormats.map(({ name }) => name);
  const name = flags.choice("format", names) ?? detectFormat(bytes);
  const format = importFormats.find((known) => known.name === name);
  const place = path === "-" ? "standard input" : path;
  if (bytes.length > MOST_STREAMED_BYTES)
    throw new HookcliError("BAD_IMPORT", { place, problem: "it is larger than 256 MiB: split it" });
  if (!format) throw new HookcliError("BAD_IMPORT", { place, problem: whyUnknown(bytes) });
  return format.parse(bytes);
}

/** What people try who have the right file in another wrapping. */
function whyUnknown(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (bytes.length === 0) return "it is empty";
  if (first === 0x1f && second === 0x8b) return "it is compressed with gzip: gunzip it";
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isUtf16 ? "it is UTF-16: convert it to UTF-8" : "it looks like none of the known formats";
}

async function toCaptured(at: Surroundings, store: Store, imported: ImportedRequest): Promise<CapturedRequest> {
  return {
    method: imported.method,
    target: imported.target,
    httpVersion: imported.httpVersion,
    headers: imported.headers,
    trailers: imported.trailers,
    completeness: imported.completeness,
    refusal: imported.refusal,
    receivedAtMs: imported.receivedAtMs ?? at.clock.nowMs(),
    receiveDurationMs: imported.receiveDurationMs ?? 0,
    remoteAddress: imported.remoteAddress ?? "import",
    body: await store.keepBody(imported.body),
    origin: "import",
  };
}

/**
 * One transaction holds all of them; where it fails, each is tried alone, so that some may be in the store.
 * @throws what kept the first of them out
 */
async function allOrSaid(
  at: Surroundings,
  outcomes: readonly PromiseSettledResult<number>[],
): Promise<readonly number[]> {
  const ids = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (!failed) return ids;
  const which = ids.length === 0 ? "" : `: #${ids[0] ?? ""}..#${ids.at(-1) ?? ""}`;
  at.err.line(`${countText(ids.length)} of ${plural(outcomes.length, "request")} were stored${which}`);
  throw failed.reason;
}

async function insert(
  store: Store,
  { schemes }: Given,
  captured: CapturedRequest,
  imported: ImportedRequest | undefined,
): Promise<number> {
  const read = readEventFacts(captured, schemes);
  const known = imported?.event;
  const event = known
    ? { ...known, provider: known.provider ?? read.provider, scheme: known.scheme ?? read.scheme }
    : read;
  const { request } = await store.insertRequest(captured, { event, reply: imported?.reply });
  return request.id;
}

function sayImported(at: Surroundings, flags: Given, ids: readonly number[]): void {
  if (flags.isOn("json")) return at.out.json({ v: 1, kind: "imported", ids });
  const [first] = ids;
  const last = ids.at(-1);
  if (first === undefined || last === undefined) return at.err.line("there is no request in it");
  at.out.line(`${plural(ids.length, "request")} stored as ${first === last ? `#${first}` : `#${first}..#${last}`}`);
}
