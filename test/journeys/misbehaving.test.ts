import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { request } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import { faults } from "../../src/core/faults/index.ts";
import { parsePlan } from "../../src/core/faults/parse-plan.ts";
import { jsonLinesOf, listenPlainly, RunningBin } from "../helpers/bin.ts";
import { HANDLED, postCurl, type Seen, troubleOf } from "../helpers/faulty.ts";
import { Listener } from "../helpers/listener.ts";
import { notBefore } from "../helpers/not-before.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { OK, TargetServer } from "../helpers/target-server.ts";
import { testWithTool } from "../helpers/tools.ts";

const PATIENT_MS = 20_000;

describe("a lost acknowledgement", () => {
  testWithTool(
    "curl",
    "the handler does its work, the sender gets a reset and comes again, and everybody can see it",
    async () => {
      const app = await handler();
      const folder = temporaryFolder();
      const { bin, url } = await listenPlainly(["--forward", app.origin, "--fail", "after:reset,ok"], { folder });
      // A sender that tries again by itself, as providers do.
      const body = '{"id":"evt_1","type":"invoice.paid"}';
      const retrying = ["curl", "-s", "--retry", "3", "--retry-all-errors", "--retry-delay", "1", "-d", body];
      const { code } = await RunningBin.spawn([...retrying, `${url}/hooks`]).ended();
      expect(code).toBe(0);
      await bin.prints(/#1 {2}invoice\.paid {2}POST \/hooks .* → 200 in .* {2}\(sent reset: lost ack\)\n/);
      await bin.prints(/#2 {2}invoice\.paid {2}POST \/hooks .* 2nd of evt_1 {2}→ 200 in [^(]*\n/);
      expect(bin.out).toContain("  Faults     after:reset,ok for each event\n");
      bin.signal("SIGINT");
      const { code: ended, out } = await bin.ended();
      expect(ended).toBe(0);
      expect(out).toMatch(/2 requests: 2 delivered, 0 failed, 1 duplicate, 1 fault \(1 lost ack\)\./);
      expect(app.seen.map((seen) => seen.body.toString())).toEqual([body, body]);

      const listed = await runHere(["list"], { folder });
      expect(listed.out).toMatch(/#2 .* 200 {2,}.*\(2nd\)\n.*#1 .* 200, sent reset /);
      const shown = await runHere(["show", "1"], { folder });
      expect(shown.out).toContain("replied   reset: lost ack\n");
      expect(shown.out).toMatch(/attempt 1 .* 200 in /);
      const found = await runHere(["list", "is:faulted", "is:ok", "--json"], { folder });
      expect(jsonLinesOf(found.out)).toMatchObject([
        {
          request: { id: 1, reply: { status: null, note: "fault: after:reset", fault: "after:reset" } },
          delivery: { status: "delivered" },
        },
      ]);
    },
  );
});

testWithTool("curl", "a sender that gives up is told of, whatever held it, and its retry is no surprise", async () => {
  const folder = temporaryFolder();
  const plan = "after:delay:90s,after:slow,delay:10s,ok";
  // Long enough that at a byte a second nobody waits for its end.
  const app = await TargetServer.answering(`HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n${"x".repeat(100)}`);
  onTestFinished(() => app.close());
  const { bin, url } = await listenPlainly(["--forward", app.origin, "--fail", plan], { folder });
  const curl = (seconds: string) => ["curl", "-s", "-m", seconds, "-d", '{"id":"evt_1","type":"a.b"}', url];
  // Long enough for a busy machine to have read the request before its sender is gone.
  for (const code of [28, 28, 28]) expect((await RunningBin.spawn(curl("3")).ended()).code).toBe(code);
  expect((await RunningBin.spawn(curl("60")).ended()).code).toBe(0);
  await bin.prints(/#1 .* → 200 in .*\(sent 200, delay 90s: lost ack, sender gone\)\n/);
  await bin.prints(/#2 .* → 200 in .*\(sent 200, slow: lost ack, sender gone\)\n/);
  await bin.prints(/#3 .* → 200 in .*\(sent 200, delay 10s: lost ack, sender gone\)\n/);
  bin.signal("SIGINT");
  expect((await bin.ended()).out).toContain("3 faults (3 lost acks)");
  const { out } = await runHere(["retries", "evt_1", "--expect", "3s,3s,3s"], { folder });
  expect(out).toContain("4 of 4 seen, accepted on attempt 4\n");
});

test("a plan is walked by each event on its own, however they are mixed", async () => {
  const app = await handler();
  const { url, listener } = await listenTo(app, "500x2,timeout:2s,reset,429:retry-after=3,ok");
  const one = async (id: string): Promise<string> => outcomeOf(`${url}/hooks`, `{"id":"${id}","type":"a.b"}`);
  const slow = async (id: string): Promise<string> => notBefore(2000, async () => one(id));
  expect([await one("x"), await one("y"), await one("x"), await one("y")]).toEqual(["500", "500", "500", "500"]);
  expect(await Promise.all([slow("x"), slow("y")])).toEqual(["UND_ERR_SOCKET", "UND_ERR_SOCKET"]);
  expect([await one("y"), await one("x")]).toEqual(["ECONNRESET", "ECONNRESET"]);
  expect(app.seen).toEqual([]);
  expect([await one("x"), await one("x"), await one("x")]).toEqual(["429 after 3", "200", "200"]);
  expect([await one("y"), await one("y")]).toEqual(["429 after 3", "200"]);
  expect(app.seen).toHaveLength(3);
  const summary = await listener.stop();
  expect(summary).toMatchObject({ received: 13, delivered: 3, failed: 0, faulted: 10, lostAcks: 0 });
  expect(listener.lines.filter(({ kind }) => kind === "replied")).toHaveLength(10);
  expect(jsonLinesOf(listener.lines.map((line) => JSON.stringify(line)).join("\n"))).toHaveLength(
    listener.lines.length,
  );
});

test.each([
  ["path", ["503", "200", "503", "200"]],
  ["all", ["503", "200", "200", "200"]],
])("--fail-per %s makes others go through the plan together", async (per, outcomes) => {
  const { url, listener } = await listenTo(await handler(), "503x1", "--fail-per", per);
  const seen: string[] = [];
  for (const [path, id] of [
    ["/a", "1"],
    ["/a", "2"],
    ["/b", "1"],
    ["/b", "2"],
  ] as const)
    seen.push(await outcomeOf(url + path, `{"id":"evt_${id}","type":"a.b"}`));
  expect(seen).toEqual(outcomes);
  expect(listener.lines[0]).toMatchObject({ faults: { plan: "503x1", per, rate: null, seed: null, match: null } });
  await listener.stop();
});

test("--fail-rate fails as often as it says, the same ones with the same seed, and tells the seed it took", async () => {
  const outcomes = async (...flags: string[]): Promise<{ readonly seen: string; readonly seed: unknown }> => {
    const { url, listener } = await listenTo(await handler(), "500", "--fail-rate", "30%", ...flags);
    let seen = "";
    for (let at = 0; at < 60; at += 1) seen += (await outcomeOf(url, `{"id":"evt_${at}"}`)).slice(0, 1);
    await listener.stop();
    const ready = listener.lines[0] as unknown as { readonly faults: { readonly seed: number; readonly rate: number } };
    expect(ready.faults.rate).toBe(0.3);
    return { seen, seed: ready.faults.seed };
  };
  const first = await outcomes();
  expect((await outcomes("--seed", String(first.seed))).seen).toBe(first.seen);
  const failed = (await outcomes("--seed", "7")).seen.split("5").length - 1;
  expect(failed).toBeGreaterThan(8);
  expect(failed).toBeLessThan(30);
});

test("--fail-match leaves the others alone", async () => {
  const { url, listener } = await listenTo(await handler(), "500", "--fail-match", "type:order.* -path:/safe");
  const sent = [
    await outcomeOf(`${url}/`, '{"id":"1","type":"order.paid"}'),
    await outcomeOf(`${url}/safe`, '{"id":"2","type":"order.paid"}'),
    await outcomeOf(`${url}/`, '{"id":"3","type":"invoice.paid"}'),
  ];
  expect(sent).toEqual(["500", "200", "200"]);
  expect(listener.lines[0]).toMatchObject({ faults: { match: "type:order.* -path:/safe" } });
  await listener.stop();
});

const handled: Seen = { status: 201, body: HANDLED };
const own = '{"error":"a fault on purpose","reason":"fault"}\n';
/** What curl makes of each: what it got, or the code that it ends with. */
const asCurlSees: Readonly<Record<string, Seen>> = {
  "503:retry-after=3;body=sorry": { status: 503, body: "sorry" },
  "after:500": { status: 500, body: own },
  "timeout:300ms": { trouble: "52" },
  "after:timeout:300ms": { trouble: "52" },
  "delay:50ms": handled,
  "after:delay:50ms": handled,
  reset: { trouble: "56" },
  "after:reset": { trouble: "56" },
  close: { trouble: "52" },
  "after:close": { trouble: "52" },
  empty: { status: 200, body: "" },
  "after:empty": { status: 200, body: "" },
  truncate: { trouble: "18" },
  "after:truncate:3": { trouble: "18" },
  "slow:100": { status: 200, body: '{"status":"ok"}\n' },
  "after:slow:100": handled,
  "redirect:/elsewhere": { status: 302, body: "", location: "/elsewhere" },
  "after:redirect:/elsewhere": { status: 302, body: "", location: "/elsewhere" },
  garbage: { trouble: "1" },
  "after:garbage": { trouble: "1" },
  ok: handled,
};

testWithTool(
  "curl",
  "every fault reaches curl as it should, before the handler and after it, and what curl got is in the store",
  async () => {
    const app = await TargetServer.answering(
      `HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: ${HANDLED.length}\r\n\r\n${HANDLED}`,
    );
    onTestFinished(() => app.close());
    const plan = Object.keys(asCurlSees);
    const steps = plan.flatMap((item) => parsePlan(item));
    for (const { name } of faults) expect(steps.map(({ fault }) => fault)).toContain(name);
    const { listener } = await listenTo(app, plan.join(","), "--fail-per", "all");
    for (const item of plan) {
      const askedBefore = app.seen.length;
      expect([item, await postCurl(listener.port, PATIENT_MS)]).toEqual([item, asCurlSees[item]]);
      const isAsked = item.startsWith("after:") || item.startsWith("delay") || item === "ok";
      expect([item, app.seen.length - askedBefore]).toEqual([item, isAsked ? 1 : 0]);
    }
    const { out } = await runHere(["list", "--json", "--limit", "100", "--db", listener.dbPath]);
    const stored = jsonLinesOf(out).toReversed() as unknown as readonly StoredLine[];
    expect(stored.map(({ request: of }) => of.reply?.fault ?? "ok")).toEqual(plan);
    for (const [at, { request: of, delivery }] of stored.entries()) {
      const seen = asCurlSees[plan[at] ?? ""];
      if (seen && "status" in seen) expect([plan[at], of.reply?.status]).toEqual([plan[at], seen.status]);
      if (delivery) expect(delivery.status).toBe("delivered");
    }
    const summary = await listener.stop();
    // Lost is what was done and not told: silence twice, reset, close, the 500, what broke off, a redirect, garbage.
    expect(summary).toMatchObject({ faulted: plan.length - 1, lostAcks: 7 });
  },
);

interface StoredLine {
  readonly request: { readonly reply: { readonly status: number | null; readonly fault: string | null } | null };
  readonly delivery: { readonly status: string } | null;
}

test("a listener that is stopped lets go of everybody whom it holds, and says how it ended", async () => {
  const { url, listener } = await listenTo(
    await handler(),
    "timeout,after:delay:1h,after:timeout,delay:1h",
    "--fail-per",
    "all",
  );
  const held = Array.from({ length: 4 }, (_, at) => outcomeOf(url, `{"id":"evt_${at}"}`));
  for (let id = 1; id <= 4; id += 1)
    await listener.line(({ kind, request: of }) => kind === "request" && (of as { id: number }).id === id);
  expect((await listener.stop("SIGINT"))["received"]).toBe(4);
  expect((await Promise.all(held)).toSorted()).toEqual(["200", "200", "UND_ERR_SOCKET", "UND_ERR_SOCKET"]);
});

describe("a mistake", () => {
  test.each([
    [
      ["--fail", "500x2,rset"],
      /^error: cannot use rset in a fault plan, at character 7: there is no fault rset\n {2}Did you mean reset\?\n$/,
    ],
    [["--fail", "500,delay"], /at character 9: nothing stands behind delay/],
    [["--fail", ""], /here a fault should stand/],
    [["--fail", "500", "--fail-rate", "30"], /--fail-rate cannot be "30": it is no share.*\n.*--fail-rate 30%/],
    [["--fail", "500", "--fail-rate", "0%"], /--fail-rate cannot be "0%"/],
    [["--fail", "500", "--fail-per", "body"], /--fail-per cannot be "body": it is not one of event, path, all/],
    [["--fail", "500", "--fail-match", "status:500"], /cannot use status:500 in a filter/],
    [["--fail", "500", "--fail-rate", "30%", "--seed", "x"], /--seed cannot be "x"/],
    [["--fail-rate", "30%"], /--fail-rate says nothing without --fail/],
    [["--fail", "500", "--seed", "7"], /--seed says nothing without --fail-rate/],
    [["--seed", "7"], /--seed says nothing without --fail/],
  ])("%j is told before anything is bound", async (flags, complaint) => {
    const { code, out, err } = await runHere(["listen", "--port", "0", ...flags]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(complaint);
  });
});

test("a plan may stand in the configuration file or the environment, and is seen", async () => {
  const folder = temporaryFolder();
  const listening = { fail: 503, failPer: "all", failRate: "50%", failMatch: "method:post", seed: 7 };
  writeFileSync(join(folder, "hookcli.config.json"), JSON.stringify({ listen: listening }));
  const { bin } = await listenPlainly([], { folder });
  const wrong = await runHere(["listen", "--port", "0"], { env: { HOOKCLI_FAIL: "500,rset" } });
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("there is no fault rset (in HOOKCLI_FAIL)\n")]);
  expect(bin.out).toContain(
    "Faults     503 for all requests together, 50% of the requests (seed 7), only method:post\n",
  );
  const other = await listenPlainly([], { env: { HOOKCLI_FAIL: "reset" } });
  expect(other.bin.out).toContain("Faults     reset for each event\n");
  expect(await outcomeOf(other.url, "{}")).toBe("ECONNRESET");
});

async function handler(): Promise<TargetServer> {
  const app = await TargetServer.answering(OK);
  onTestFinished(() => app.close());
  return app;
}

async function listenTo(
  app: TargetServer,
  plan: string,
  ...flags: string[]
): Promise<{ readonly url: string; readonly listener: Listener }> {
  const listener = await Listener.start(["--forward", app.origin, "--fail", plan, ...flags]);
  onTestFinished(() => listener.kill());
  return { url: listener.url, listener };
}

/** The status that a sender gets, with how long it is to wait, or the name that its library has for the trouble. */
async function outcomeOf(url: string, body: string): Promise<string> {
  try {
    const headers = { "content-type": "application/json" };
    const {
      statusCode,
      headers: got,
      body: answer,
    } = await request(url, { method: "POST", headers, body, reset: true });
    await answer.dump();
    const wait = got["retry-after"];
    return wait === undefined ? String(statusCode) : `${statusCode} after ${String(wait)}`;
  } catch (error) {
    return troubleOf(error);
  }
}
