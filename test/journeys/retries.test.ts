import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/core/model/clock.ts";
import { Store } from "../../src/io/store/store.ts";
import { readEventFacts } from "../../src/core/schemes/event-facts.ts";
import { type Finished, jsonLinesOf, listenPlainly, post, RunningBin } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { type Arrival, arrivalOf, FIRST_MS, retried, type Sender, senders } from "../helpers/timelines.ts";

interface Recorded {
  readonly path: string;
  readonly hookcli: (...args: readonly string[]) => Promise<Finished>;
}

/** A store whose timelines end now, and the built bin on it. */
async function recorded(...timelines: readonly (readonly [Sender, readonly Arrival[]])[]): Promise<Recorded> {
  const folder = temporaryFolder();
  const path = join(folder, "hooks.db");
  const store = new Store({ path, clock: systemClock, pid: process.pid, busyTimeoutMs: 1000 });
  for (const [sender, arrivals] of timelines) {
    const laterMs = Date.now() - FIRST_MS - (arrivals.at(-1)?.seconds ?? 0) * 1000;
    for (const arrival of arrivals) {
      const request = arrivalOf(sender, arrival);
      const moved = { ...request, receivedAtMs: request.receivedAtMs + laterMs };
      const reply = { status: arrival.told ?? 500 };
      await store.insertRequest(moved, { event: readEventFacts(request), reply });
    }
  }
  store.close();
  return { path, hookcli: async (...args) => runHere([...args, "--db", path], { folder }) };
}

const slack: readonly Arrival[] = [
  { seconds: 0 },
  { seconds: 1, headers: retried("x-slack-retry", 1, "http_error") },
  { seconds: 62, headers: retried("x-slack-retry", 2, "http_error"), told: 200 },
];
const svix: readonly Arrival[] = [{ seconds: 0 }, { seconds: 5 }, { seconds: 305 }];

describe("hookcli retries", () => {
  test("lists events that came more than once, and shows one with its timeline", async () => {
    const { hookcli } = await recorded(
      [senders.slack, slack],
      [senders.svix, svix],
      [senders.paddle, [{ seconds: 0 }]],
    );
    const list = await hookcli("retries");
    expect([list.code, list.err]).toEqual([0, ""]);
    expect(list.out).toMatch(
      /^LAST [^]*msg_p5jXN8AQM9LWM0D4loKWxJek [^]*3 of 8 seen, next expected .*\n.* Ev08MFMKH6 [^]*accepted on attempt 3\n$/,
    );
    const one = await hookcli("retries", "Ev08MFMKH6");
    expect(one.out).toMatch(
      /^Ev08MFMKH6 {2}app_mention {2}\(slack\)\nschedule slack: 0s,1m,5m\n[^]*on time +500 +<1 ms +http_error/,
    );
    expect(one.out).toMatch(/\n {2}●─+●─+●\n {2}✗ +✗ +✓\n3 of 4 seen, accepted on attempt 3\n$/);
    expect((await hookcli("retries", "latest")).out).toMatch(
      /^evt_01gks14ge726w50ch2tmaw2a1x [^]*\n1 of 61 seen, the last one by /,
    );
  });

  test("answers a script: exit 1 where it is not as expected", async () => {
    const { hookcli } = await recorded([senders.svix, svix]);
    const event = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    expect((await hookcli("retries", event, "--expect", "5s,5m,30m")).code).toBe(0);
    expect((await hookcli("retries", event, "--expect", "svix")).code).toBe(0);
    const differs = await hookcli("retries", event, "--expect", "1m,5m", "--json");
    expect(differs.code).toBe(1);
    expect(jsonLinesOf(differs.out)).toMatchObject([{ kind: "retries", schedule: "1m,5m", asExpected: false }]);
    expect((await hookcli("retries", event, "--expect", "4s,5m,30m", "--tolerance", "1s")).code).toBe(0);
    expect((await hookcli("retries", event, "--expect", "3s,5m,30m", "--tolerance", "1s")).code).toBe(1);
  });

  test("keeps to a provider, a type and a time", async () => {
    const { hookcli } = await recorded([senders.slack, slack], [senders.svix, svix]);
    const providers = async (...args: readonly string[]) =>
      jsonLinesOf((await hookcli("retries", "--json", ...args)).out).map(({ provider }) => provider);
    expect(await providers()).toEqual(["svix", "slack"]);
    expect(await providers("--provider", "slack")).toEqual(["slack"]);
    expect(await providers("--type", "user.*")).toEqual(["svix"]);
    expect(await providers("--since", "2026-01-01", "--limit", "1")).toEqual(["svix"]);
    const nothing = await hookcli("retries", "--type", "nothing.*");
    expect([nothing.code, nothing.out]).toEqual([0, ""]);
    expect(nothing.err).toMatch(/^no event came more than once and matches type:nothing/);
  });

  test.each([
    [["evt_unknown"], 3, /^error: there is no request evt_unknown in /],
    [["latest", "--expect", "github"], 2, /^error: --expect cannot be "github": a failed delivery is never sent again/],
    [["latest", "--expect", "1m,5x"], 2, /in a schedule, at character 4/],
    [["latest", "--tolerance", "much"], 2, /^error: --tolerance cannot be "much"/],
    [["--follow"], 2, /^error: --follow follows one event: name it/],
  ])("says of %j what is wrong", async (args, code, says) => {
    const { hookcli } = await recorded([senders.svix, svix]);
    const ended = await hookcli("retries", ...args);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(says);
  });
});

describe("hookcli retries --follow", () => {
  const BODY = '{"id":"evt_1","object":"event","type":"invoice.paid"}';
  const SIGNED = { "Stripe-Signature": `t=1492774577,v1=${"a".repeat(64)}` };

  test("prints attempts as they arrive at a listener, until Ctrl-C", async () => {
    const folder = temporaryFolder();
    const { url } = await listenPlainly(["--respond", "500"], { folder });
    await post(url, BODY, SIGNED);
    const following = RunningBin.start(["retries", "evt_1", "--follow"], { folder });
    await following.prints(/\n {2}1 +#1 .* 500/);
    await post(url, BODY, SIGNED);
    await following.prints(/\n {2}2 +#2 .* 500/);
    following.signal("SIGINT");
    const { code, out } = await following.ended();
    expect(code).toBe(0);
    expect(out).toMatch(/\n2 seen\ngaps say nothing: it retries for up to three days/);
  });

  test("ends with the answer, where a schedule is expected", async () => {
    const folder = temporaryFolder();
    const { url } = await listenPlainly([], { folder });
    await post(url, BODY, SIGNED);
    const expected = ["--expect", "1h", "--follow", "--json"];
    const accepted = await runHere(["retries", "evt_1", ...expected], { folder });
    expect(accepted.code).toBe(0);
    expect(jsonLinesOf(accepted.out)).toMatchObject([{ end: "accepted", asExpected: true }]);
    await post(url, BODY, SIGNED);
    const again = await runHere(["retries", "evt_1", ...expected], { folder });
    expect(again.code).toBe(1);
    expect(jsonLinesOf(again.out).at(-1)).toMatchObject({ asExpected: false, attempts: [{}, { extra: "accepted" }] });
  });
});

test("an event that is older than one before about the same object is marked everywhere", async () => {
  const folder = temporaryFolder();
  const { bin, url } = await listenPlainly(["--exit-after", "3"], { folder });
  const signed = { "Stripe-Signature": `t=1492774577,v1=${"a".repeat(64)}` };
  const event = (id: string, created: number) =>
    JSON.stringify({ id, object: "event", created, type: "invoice.paid", data: { object: { id: "in_1" } } });
  for (const [id, created] of [
    ["evt_1", 1_700_000_000],
    ["evt_3", 1_700_000_300],
    ["evt_2", 1_700_000_200],
  ] as const)
    await post(url, event(id, created), signed);
  expect((await bin.ended()).out).toMatch(/#3 .*older than #2[^]*3 requests: .*, 1 out of order/);
  expect((await runHere(["list"], { folder })).out).toMatch(
    /#3 .*invoice\.paid \(older than #2\)\n.*#2 .*invoice\.paid\n/,
  );
  expect((await runHere(["show", "3"], { folder })).out).toMatch(/older than #2\n/);
  const late = jsonLinesOf((await runHere(["list", "is:out-of-order", "--json"], { folder })).out);
  expect(late).toMatchObject([
    { request: { id: 3, objectId: "in_1", overtakenBy: 2, occurredAt: "2023-11-14T22:16:40.000Z" } },
  ]);
});
