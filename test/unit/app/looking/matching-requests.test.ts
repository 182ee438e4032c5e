import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type MatchContext, matchingRequests } from "../../../../src/app/looking/matching-requests.ts";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import type { DeliveryCause } from "../../../../src/core/model/delivery.ts";
import type { CapturedRequest } from "../../../../src/core/model/request.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { finish, type LastAttempt } from "../../../helpers/finish.ts";
import { answered, capturedRequest, textBody } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("what another process stores is found as soon as it is there, each request once and in order", async () => {
  const { theirs, next } = await start("path:/hooks");
  const first = next();
  await store(theirs, { target: "/other" });
  await store(theirs);
  await store(theirs);
  expect([await first, await next()]).toEqual([2, 3]);
});

test("what is stored already comes first, the oldest before all others, however many there are", async () => {
  const before = await start("");
  for (let count = 0; count < 1100; count += 1) void store(before.theirs, { target: count % 2 ? "/odd" : "/even" });
  await store(before.theirs, { target: "/end" });
  const { next } = await start("path:/odd", { path: before.path, afterId: 2 });
  const found: (number | undefined)[] = [];
  for (let count = 0; count < 549; count += 1) found.push(await next());
  expect(found).toEqual(Array.from({ length: 549 }, (_, index) => 4 + 2 * index));
});

test("a filter about the delivery waits until it has ended, also for what must not be", async () => {
  const { theirs, next } = await start("-status:500");
  const [slow, failing, quick] = [await forwarded(theirs), await forwarded(theirs), await forwarded(theirs)];
  const first = next();
  await finish(theirs, ended(failing, 500));
  await finish(theirs, ended(quick, 200));
  expect(await first).toBe(3);
  await finish(theirs, ended(slow, 200));
  expect(await next()).toBe(1);
});

test("without one a request counts when it has arrived, and is:pending finds it while it is under way", async () => {
  for (const text of ["method:post", "is:pending"]) {
    const { theirs, next } = await start(text);
    await forwarded(theirs);
    expect(await next()).toBe(1);
  }
});

test("a request that failed is found when a replay of it is accepted", async () => {
  const { theirs, next } = await start("is:ok");
  const deliveryId = await forwarded(theirs);
  await finish(theirs, ended(deliveryId, 500));
  await forwarded(theirs);
  const first = next();
  const replayId = await theirs.insertDelivery(1, delivery("replay"));
  await finish(theirs, ended(replayId, 200));
  expect(await first).toBe(1);
});

test("a delivery that is added later is waited for too, and a request is told once however often it changes", async () => {
  const { theirs, next } = await start("status:200");
  await store(theirs);
  await store(theirs);
  const first = next();
  const heldBack = await theirs.insertDelivery(1, delivery("forward"));
  await finish(theirs, ended(heldBack, 200));
  expect(await first).toBe(1);
  for (const id of [1, 1, 2]) await finish(theirs, ended(await theirs.insertDelivery(id, delivery("replay")), 200));
  expect(await next()).toBe(2);
});

test("what changed while it was forgotten is found all the same, and what matched is not told again", async () => {
  const { theirs, next } = await start("status:200");
  const [first, second] = [await forwarded(theirs), await forwarded(theirs)];
  await finish(theirs, ended(first, 200));
  expect(await next()).toBe(1);
  await finish(theirs, ended(second, 200));
  for (let count = 0; count < 10_600; count += 1) void theirs.setReply(1, { status: 200 });
  await theirs.setReply(1, { status: 200 });
  expect(await next()).toBe(2);
});

test("a text is found in bodies, spooled ones included", async () => {
  const { theirs, next } = await start("needle");
  const sink = await theirs.openSink();
  await sink.write(Buffer.from("hay hay nee"));
  await sink.write(Buffer.from("dle"));
  const spooled = await sink.finish();
  const other = await theirs.openSink();
  await other.write(Buffer.from("hay"));
  await store(theirs, { body: await other.finish() });
  await store(theirs, { body: spooled });
  await store(theirs, { body: textBody("a needle") });
  expect([await next(), await next()]).toEqual([2, 3]);
});

test("bytes that were no HTTP count where they are asked for", async () => {
  for (const includeMalformed of [true, false]) {
    const { theirs, next } = await start("", { includeMalformed });
    await store(theirs, { completeness: "malformed" });
    await store(theirs);
    expect(await next()).toBe(includeMalformed ? 1 : 2);
  }
});

test("it ends when it is told to, after a last look", async () => {
  const { theirs, next, end } = await start("");
  const first = next();
  await store(theirs);
  expect(await first).toBe(1);
  await store(theirs);
  end();
  expect([await next(), await next()]).toEqual([2, undefined]);
});

interface Started {
  readonly path: string;
  readonly theirs: Store;
  /** Id of the next match; undefined: it has ended. */
  readonly next: () => Promise<number | undefined>;
  readonly end: () => void;
}

async function start(text: string, changes: Partial<MatchContext> & { readonly path?: string } = {}): Promise<Started> {
  const { path = join(temporaryFolder(), "hooks.db") } = changes;
  const [ours, theirs] = [openStore({ path }), openStore({ path })];
  await theirs.beginSession(sampleSession());
  const ending = new AbortController();
  const context = { store: ours, clock: systemClock, afterId: 0, includeMalformed: false, signal: ending.signal };
  const matches = matchingRequests(parseFilter(text), { ...context, ...changes });
  const end = (): void => ending.abort();
  onTestFinished(end);
  const next = async (): Promise<number | undefined> => (await matches.next()).value?.request.id;
  return { path, theirs, next, end };
}

async function store(into: Store, changes: Partial<CapturedRequest> = {}): Promise<void> {
  await into.insertRequest(capturedRequest(changes));
}

/** A request whose delivery is under way; the delivery's id. */
async function forwarded(into: Store): Promise<number> {
  const { deliveryIds } = await into.insertRequest(capturedRequest(), { deliveries: [delivery("forward")] });
  return deliveryIds[0] ?? 0;
}

function delivery(cause: DeliveryCause) {
  return { url: "http://localhost:8000/", cause, attempt: { number: 1, startedAtMs: 0 } };
}

function ended(deliveryId: number, status: number): LastAttempt {
  return { deliveryId, number: 1, startedAtMs: 0, durationMs: 1, sentHeaders: [], outcome: answered(status) };
}
