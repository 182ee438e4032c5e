import { revealing } from "../../src/core/model/mask.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestToJson } from "../../src/core/wire/request-json.ts";
import { type StartedSession, startSession } from "../helpers/session.ts";
import { type NastyInput, nastyInputs, type Piece } from "./nasty-inputs.ts";
import { playInput, playSoundRequest } from "./play-input.ts";

let hasty: StartedSession;
/** Here nothing is about time, and what is written byte by byte takes its time on a busy machine. */
let patient: StartedSession;

beforeAll(async () => {
  hasty = await startSession({ limits: { headTimeoutMs: 500, idleBodyTimeoutMs: 500 } });
  patient = await startSession({});
});

afterAll(async () => {
  await hasty.end();
  await patient.end();
});

const small = nastyInputs.filter(
  ({ pieces, isSlow }) => isSlow !== true && pieces.length > 0 && pieces.every((piece) => sizeOf(piece) < 2000),
);

describe("what a nasty input gets and leaves", () => {
  test.each(nastyInputs)("$name", async (input) => holds(input, hasty, false));
});

describe("the same, one byte a packet", () => {
  test.each(small)("$name", async (input) => holds(input, patient, true));
});

test("every name is used once", () => {
  expect(new Set(nastyInputs.map(({ name }) => name)).size).toBe(nastyInputs.length);
});

async function holds(input: NastyInput, started: StartedSession, isByteByByte: boolean): Promise<void> {
  const { session } = started;
  const silentBefore = session.silentConnections;
  // The system may give a port out again: what an earlier input left does not count.
  const newestBefore = started.store.read.listRequests({ limit: 1, includeMalformed: true })[0]?.request.id ?? 0;
  const played = await playInput(session.port, input, isByteByByte);
  expect(played.replies.map(({ status }) => status)).toEqual(input.replies ?? []);
  expect(played.replies.at(-1)?.body.toString() ?? "").toMatch(input.says ?? /^/);
  await expect.poll(() => recordsFrom(started, played.remoteAddress, newestBefore)).toMatchObject(input.records);
  expect(session.silentConnections - silentBefore).toBe(input.silent ?? 0);
  expect(await playSoundRequest(session.port)).toBe(200);
  // Whatever else the input set off would be there by now.
  expect(recordsFrom(started, played.remoteAddress, newestBefore)).toHaveLength(input.records.length);
}

/** As `hookcli list --all --json` tells them, oldest first, with what the contract asks for on top. */
function recordsFrom(started: StartedSession, remoteAddress: string, newestBefore: number) {
  return started.store.read
    .listRequests({ limit: 50, includeMalformed: true })
    .map(({ request, bodySizeBytes }) => requestToJson(request, bodySizeBytes, revealing))
    .filter((request) => request.remoteAddress === remoteAddress && request.id > newestBefore)
    .map(({ reply, refusal, ...request }) => ({ ...request, status: reply?.status, code: refusal?.code }))
    .reverse();
}

/** Infinity: it is not a plain piece. */
function sizeOf(piece: Piece): number {
  return typeof piece === "string" || piece instanceof Uint8Array ? piece.length : Number.POSITIVE_INFINITY;
}
