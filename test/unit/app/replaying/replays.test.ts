import { describe, expect, onTestFinished, test } from "vitest";
import {
  replayOrder,
  type Replays,
  type ReplaysOptions,
  type SignatureNotice,
} from "../../../../src/app/replaying/replays.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { headerValue } from "../../../../src/core/model/headers.ts";
import type { CapturedRequest, StoredRequest } from "../../../../src/core/model/request.ts";
import type { Secret } from "../../../../src/core/model/secret.ts";
import { seededRandom } from "../../../../src/core/model/seeded.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { signMessage } from "../../../../src/core/schemes/sign.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { openReplays } from "../../../helpers/replays.ts";
import { capturedRequest, textBody } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";
import { TargetServer } from "../../../helpers/target-server.ts";

const SECRET: Secret = { name: "test", text: "a secret" };
const HOUR_MS = 3_600_000;

describe("a plan", () => {
  test("tells what would be sent where, and touches neither store nor wire", async () => {
    const { replays, request, target, store } = await scene();
    expect(await replays.plan(request.id)).toMatchObject({
      request,
      edited: undefined,
      isResigned: false,
      routes: [{ url: `${target.origin}/hooks` }],
    });
    expect([target.seen.length, store.read.deliveriesOf(request.id)]).toEqual([0, []]);
  });

  test("refuses what is not there, and what is only partly there unless that is insisted on", async () => {
    const captured = capturedRequest({ completeness: "truncated" });
    const { replays, request } = await scene({ captured });
    await expect(replays.plan(request.id + 1)).rejects.toMatchObject({ code: "REQUEST_NOT_FOUND" });
    await expect(replays.plan(request.id)).rejects.toMatchObject({ code: "REQUEST_INCOMPLETE" });
    const forced = await scene({ captured, isForced: true });
    await expect(forced.replays.plan(forced.request.id)).resolves.toMatchObject({ isResigned: false });
  });
});

describe("what is started", () => {
  test("is stored with its request and sent", async () => {
    const { replays, request, target, store } = await scene();
    const [started] = await replays.start(await replays.plan(request.id));
    expect(await started?.settled).toMatchObject({ request: { id: request.id }, delivery: { status: "delivered" } });
    expect(store.read.deliveriesOf(request.id)).toHaveLength(1);
    expect(target.seen[0]?.body.toString()).toBe('{"hi":1}');
  });

  test("is stored as a request of its own where its content was edited, and sent as such again", async () => {
    const { replays, request, target } = await scene({ edit: { body: textBody('{"hi":2}') } });
    const [first] = await replays.start(await replays.plan(request.id));
    const edited = first?.request;
    expect(edited).toMatchObject({ parentId: request.id });
    await first?.settled;
    const [again] = await replays.start(await replays.planStored(edited?.id ?? 0));
    await again?.settled;
    expect(again?.request.id).toBe(edited?.id);
    expect(target.seen.map(({ body }) => body.toString())).toEqual(['{"hi":2}', '{"hi":2}']);
  });
});

describe("the signature", () => {
  test("of an old request is made anew where its secret is known", async () => {
    const { replays, request, notices } = await scene({ captured: await signedAnHourAgo(), secrets: [SECRET] });
    const { content, isResigned } = await replays.plan(request.id);
    const before = headerValue(request.headers, "stripe-signature");
    expect([isResigned, headerValue(content.headers, "stripe-signature") === before]).toEqual([true, false]);
    expect(notices).toEqual([]);
  });

  test("stays where no secret is known, and where it goes out as captured: its age is told", async () => {
    const captured = await signedAnHourAgo();
    for (const [options, because] of [
      [{ secrets: [] }, "no-secret"],
      [{ secrets: [SECRET], isAsCaptured: true }, "as-captured"],
    ] as const) {
      const { replays, request, notices } = await scene({ captured, ...options });
      expect(await replays.plan(request.id)).toMatchObject({
        isResigned: false,
        content: { headers: request.headers },
      });
      expect(notices).toMatchObject([{ kind: "aged", requestId: request.id, because, toleranceMs: 300_000 }]);
      expect(notices[0]?.kind === "aged" && notices[0].ageMs).toBeGreaterThanOrEqual(HOUR_MS);
    }
  });

  test("of what was edited is told to fit no more where no secret is known", async () => {
    const edit = { body: textBody("{}") };
    const { replays, request, notices } = await scene({ captured: await signedAnHourAgo(), edit });
    await replays.plan(request.id);
    expect(notices).toMatchObject([{ kind: "kept", reason: "no-secret", isEdited: true, scheme: { name: "stripe" } }]);
  });
});

interface Wanted extends Partial<Pick<ReplaysOptions, "isForced" | "isAsCaptured">> {
  readonly captured?: CapturedRequest;
  readonly edit?: Partial<CapturedRequest>;
  readonly secrets?: readonly Secret[];
}

interface Scene {
  readonly replays: Replays;
  readonly request: StoredRequest;
  readonly target: TargetServer;
  readonly store: Store;
  readonly notices: readonly SignatureNotice[];
}

/** One stored request, and a target that answers 200. */
async function scene({ captured, edit, secrets = [], ...others }: Wanted = {}): Promise<Scene> {
  const store = openStore();
  await store.beginSession(sampleSession({ command: "replay" }));
  const { request } = await store.insertRequest(captured ?? capturedRequest({ target: "/hooks" }));
  const target = await TargetServer.answering();
  onTestFinished(() => target.close());
  const notices: SignatureNotice[] = [];
  const replays = openReplays(store, {
    targets: [parseTarget(target.origin, "a target")],
    content: async (stored) => (edit ? { ...stored, ...edit } : undefined),
    secrets,
    onNotice: (notice) => notices.push(notice),
    ...others,
  });
  return { replays, request, target, store, notices };
}

async function signedAnHourAgo(): Promise<CapturedRequest> {
  const scheme = findScheme("stripe");
  if (!scheme) throw new Error("no stripe");
  const captured = capturedRequest({ target: "/hooks", receivedAtMs: systemClock.nowMs() - HOUR_MS });
  const stamp = {
    nowMs: captured.receivedAtMs,
    eventId: "evt_1",
    eventType: "a.b",
    attemptNumber: 1,
    uuid: () => "00000000-0000-4000-8000-000000000000",
  };
  const signed = await signMessage({ ...captured, url: "http://localhost/hooks" }, scheme, SECRET, stamp);
  return { ...captured, headers: signed.headers, body: signed.body };
}

describe("the order of replays", () => {
  test("each round has all of them, in the order in which they came", () => {
    expect([...replayOrder([3, 5, 9], 2)]).toEqual([3, 5, 9, 3, 5, 9]);
  });

  test("a shuffle goes across all rounds and loses none; its seed makes the same one", () => {
    const ids = Array.from({ length: 50 }, (_, at) => at + 100);
    const order = [...replayOrder(ids, 3, seededRandom(7))];
    expect(order.toSorted((a, b) => a - b)).toEqual(ids.flatMap((id) => [id, id, id]));
    expect(new Set(order.slice(0, 50)).size).toBeLessThan(50);
    expect([...replayOrder(ids, 3, seededRandom(7))]).toEqual(order);
    expect([...replayOrder(ids, 3, seededRandom(8))]).not.toEqual(order);
  });
});
