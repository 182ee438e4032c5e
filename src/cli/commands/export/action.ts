import { type ExportedRequest, type ExportFormat, toExported } from "../../../core/formats/format.ts";
import { exportFormats } from "../../../core/formats/index.ts";
import { maskRequest, partsOf } from "../../../core/formats/mask-request.ts";
import { tellingDelivery } from "../../../core/model/delivery.ts";
import { credentialsOf, messagesOf } from "../../../core/model/request-credentials.ts";
import type { StoredRequest } from "../../../core/model/request.ts";
import { parseTarget, pathOnTarget, type Target } from "../../../core/model/target.ts";
import type { Scheme } from "../../../core/schemes/scheme.ts";
import { ageingSignature } from "../../../app/replaying/signed-state.ts";
import type { Store } from "../../../io/store/store.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { openOutput } from "../../terminal/open-output.ts";
import { styled } from "../../terminal/printer.ts";
import { durationText, plural } from "../../words/units.ts";
import { asksForMalformed, readFilter } from "../../flag-groups/read-filter.ts";
import { selectRequests } from "../../../app/looking/select-requests.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { withStore } from "../../running/with-store.ts";
import type { Given } from "./flags.ts";

/** Where a request is written for that was never sent anywhere. */
const NOWHERE = "localhost:8000";

type Write = (piece: string | Uint8Array) => Promise<void>;

/** Writes requests down, one at a time, so that a long export costs no memory. */
export const exportRequests: Action<Given> = async (at, names, flags) =>
  withStore(at, flags, async (store) => {
    const filter = readFilter([], flags);
    const leftOut = asksForMalformed(filter) ? [] : (["malformed"] as const);
    const { ids } = await selectRequests({ names, filter, leftOut }, store, at.clock.nowMs());
    const writer = new RequestWriter(at, flags, store);
    const path = flags.text("output");
    const file = path === undefined ? undefined : await openOutput(path, store.path);
    try {
      await writer.writeAll(ids, file ? async (piece) => file.write(bytesOf(piece)) : toOutput(at));
    } finally {
      await file?.close();
    }
    if (path !== undefined) sayWritten(at, flags, path, writer);
    return EXIT.ok;
  });

/** One document of one format. */
class RequestWriter {
  /** How many are in the document. */
  written = 0;
  /** Why others are not. */
  readonly left: { readonly id: number; readonly reason: string }[] = [];
  readonly #at: Surroundings;
  readonly #store: Store;
  readonly #format: ExportFormat;
  readonly #target: Target | undefined;
  readonly #isRevealed: boolean;
  readonly #schemes: readonly Scheme[];

  constructor(at: Surroundings, flags: Given, store: Store) {
    const names = exportFormats.map(({ name }) => name);
    const name = flags.choice("format", names) ?? "curl";
    const to = flags.text("to");
    this.#at = at;
    this.#store = store;
    this.#format = exportFormats.find((format) => format.name === name) ?? must(name);
    this.#target = to === undefined ? undefined : parseTarget(to, flags.nameOf("to"));
    this.#isRevealed = flags.isOn("reveal");
    this.#schemes = flags.schemes;
  }

  async writeAll(ids: readonly number[], write: Write): Promise<void> {
    await write(this.#format.begin(this.#at.version));
    for (const id of ids) {
      if (this.#at.outSink.isClosed) return;
      // Removed meanwhile by another process.
      const request = this.#store.read.findRequest({ kind: "id", id });
      if (request) await this.#one(request, write);
    }
    await write(this.#format.end());
  }

  async #one(request: StoredRequest, write: Write): Promise<void> {
    const exported = await this.#exported(request);
    const reason = this.#format.obstacle(exported);
    if (reason !== undefined) {
      this.left.push({ id: request.id, reason });
      this.#at.err.line(styled("left out ", "wait"), `#${request.id}: ${reason}`);
      return;
    }
    // What is written there is what is sent.
    if (this.#format.name === "http" && exported.note !== undefined)
      this.#at.err.line(styled("note: ", "wait"), `#${request.id}: ${exported.note}`);
    await write(this.#format.one(exported, this.written === 0));
    this.written += 1;
  }

  async #exported(request: StoredRequest): Promise<ExportedRequest> {
    const delivery = tellingDelivery(this.#store.read.deliveriesOf(request.id));
    const target = this.#target ?? (delivery ? undefined : parseTarget(NOWHERE, "--to"));
    const url = target ? target.origin + pathOnTarget(target, request.target) : (delivery?.url ?? "");
    const exported = { ...(await toExported(request, url, delivery)), note: this.#noteOn(request) };
    if (this.#isRevealed) return exported;
    const told = credentialsOf(...partsOf(exported), ...messagesOf(delivery ? [delivery] : []));
    return maskRequest(exported, this.#at.out.mask().and(told));
  }

  /** A signature that ages is no use to whoever sends it later. */
  #noteOn(request: StoredRequest): string | undefined {
    const ageing = ageingSignature(request, { provider: undefined, schemes: this.#schemes });
    if (!ageing) return undefined;
    const { scheme, signedAtMs, toleranceMs } = ageing;
    const when = new Date(signedAtMs).toISOString().replace(/\.\d+/, "");
    return `Signed ${when} for ${scheme.title}, and handlers take it for ${durationText(toleranceMs)}. With a fresh signature: hookcli replay ${request.id}`;
  }
}

function toOutput(at: Surroundings): Write {
  return async (piece) => {
    // A terminal would obey what is in it.
    if (at.isOutTty && piece.length > 0) at.out.text(Buffer.from(bytesOf(piece)).toString());
    else at.out.raw(bytesOf(piece));
    await at.out.flushed();
  };
}

function sayWritten(at: Surroundings, flags: Given, path: string, { written, left }: RequestWriter): void {
  if (flags.isOn("json")) at.out.json({ v: 1, kind: "exported", requests: written, left, file: path });
  else at.err.line(`${plural(written, "request")} written to ${path}`);
}

function bytesOf(piece: string | Uint8Array): Uint8Array {
  return typeof piece === "string" ? Buffer.from(piece) : piece;
}

function must(name: string): never {
  throw new Error(`no such format: ${name}`);
}
