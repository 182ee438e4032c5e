import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { jsonLinesOf, RunningBin } from "../helpers/bin.ts";
import { textBody } from "../helpers/samples.ts";
import { seededStore, targetFor } from "../helpers/seeded-store.ts";
import { KEPT } from "../helpers/closing-target.ts";
import { OK, type TargetServer } from "../helpers/target-server.ts";

const NO = "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno";

describe("which requests are sent", () => {
  test("names, ranges, events and types together: each once, oldest first, malformed and refused ones never", async () => {
    const store = await seededStore([
      { body: event("order.completed", "evt_1") },
      { body: event("order.refunded", "evt_2") },
      { completeness: "malformed", refusal: { status: 400, code: "malformed", reason: "no HTTP" } },
      { refusal: { status: 413, code: "body-too-large", reason: "too large" }, completeness: "truncated" },
      { body: event("order.completed", "evt_5") },
      { body: event("invoice.paid", "evt_6") },
    ]);
    const target = await targetFor();
    const names = ["latest:invoice.*", "2..5", "#2", "evt_1"];
    const { code, out } = await store.hookcli("replay", ...names, "--to", target.origin);
    expect(code).toBe(0);
    expect(idsIn(target)).toEqual(["evt_1", "evt_2", "evt_5", "evt_6"]);
    expect(out).toMatch(/\n4 sent: 4 delivered, 0 failed\n$/);
  });

  test("--failed, --type, --since and --filter choose among all, and narrow what is named", async () => {
    const old = { receivedAtMs: Date.now() - 3 * 3_600_000 };
    const store = await seededStore([
      { body: event("order.completed", "evt_1"), ...old },
      { body: event("order.completed", "evt_2") },
      { body: event("invoice.paid", "evt_3") },
      { body: event("order.refunded", "evt_4"), target: "/special" },
    ]);
    const target = await targetFor(OK, NO, NO, OK);
    expect((await store.hookcli("replay", "1..4", "--to", target.origin)).code).toBe(1);
    const sent = async (...args: readonly string[]): Promise<readonly string[]> => {
      const before = target.seen.length;
      await store.hookcli("replay", ...args, "--to", target.origin, "--yes");
      return idsIn(target).slice(before);
    };
    expect(await sent("--failed")).toEqual(["evt_2", "evt_3"]);
    expect(await sent("--failed")).toEqual([]);
    expect(await sent("--type", "order.*")).toEqual(["evt_1", "evt_2", "evt_4"]);
    expect(await sent("--type", "order.*", "--since", "2h")).toEqual(["evt_2", "evt_4"]);
    expect(await sent("--filter", "path:/special")).toEqual(["evt_4"]);
    expect(await sent("1..3", "--type", "order.*")).toEqual(["evt_1", "evt_2"]);
    expect(await sent("--filter", "evt_3")).toEqual(["evt_3"]);
  });

  test("a text is found in a body too large for the database too", async () => {
    const large = textBody(JSON.stringify({ id: "evt_9", pad: "x".repeat(2_000_000), needle: "in-the-haystack" }));
    const store = await seededStore([{ body: event("a", "evt_1") }]);
    const target = await targetFor();
    const file = `${store.folder}/large.json`;
    await (await import("node:fs/promises")).writeFile(file, large.bytes);
    await store.hookcli("replay", "1", "--to", target.origin, "--body", `@${file}`);
    const { code, out } = await store.hookcli("replay", "--filter", "in-the-haystack", "--to", target.origin);
    expect([code, out]).toEqual([0, expect.stringMatching(/^#2 /)]);
    expect(target.seen[1]?.body.equals(large.bytes)).toBe(true);
  });

  test.each([
    [["9"], 3, /there is no request 9 in /],
    [["1", "evt_none9"], 3, /there is no request evt_none9/],
    [["7..9"], 3, /no request in \S+ matches 7\.\.9\n {2}hookcli list/],
    [["--type", "none"], 3, /matches type:none\n/],
    [[], 2, /name a request \(42, latest\), a range/],
    [["3..1"], 2, /it ends before it begins/],
    [["--filter", "status:9xxx"], 2, /cannot use status:9xxx in a filter/],
    [["1", "--seed", "3"], 2, /--seed says nothing without --shuffle/],
    [["1", "--times", "0"], 2, /--times cannot be "0"/],
    [["1", "--concurrency", "many"], 2, /--concurrency cannot be "many"/],
    [["1", "--interval", "1"], 2, /--interval cannot be "1": it is not a duration/],
  ])("%j sends nothing and ends with %i", async (args, code, message) => {
    const store = await seededStore([{}]);
    const target = await targetFor();
    const ended = await store.hookcli("replay", ...args, "--to", target.origin);
    expect([ended.code, ended.out]).toEqual([code, ""]);
    expect(ended.err).toMatch(message);
    expect(target.seen).toEqual([]);
  });
});

describe("how they are sent", () => {
  test("--times sends all of them so often, round by round", async () => {
    const { store, target } = await three();
    await store.hookcli("replay", "1..3", "--times", "2", "--to", target.origin);
    expect(idsIn(target)).toEqual(["evt_1", "evt_2", "evt_3", "evt_1", "evt_2", "evt_3"]);
  });

  test("--shuffle says its seed, and --seed makes the same order", async () => {
    const { store, target } = await three();
    const first = await store.hookcli("replay", "1..3", "--times", "6", "--shuffle", "--to", target.origin);
    const [, seed = ""] = /--seed (\d+)\n/.exec(first.err) ?? [];
    const order = idsIn(target);
    expect(order.toSorted()).toEqual(["evt_1", "evt_2", "evt_3"].flatMap((id) => Array<string>(6).fill(id)));
    await store.hookcli("replay", "1..3", "--times", "6", "--shuffle", "--seed", seed, "--to", target.origin);
    expect(idsIn(target).slice(18)).toEqual(order);
    await store.hookcli("replay", "1..3", "--times", "6", "--shuffle", "--seed", "7", "--to", target.origin);
    const other = await store.hookcli(
      "replay",
      "1..3",
      "--times",
      "6",
      "--shuffle",
      "--seed",
      "8",
      "--to",
      target.origin,
      "--json",
    );
    expect(idsIn(target).slice(36, 54)).not.toEqual(idsIn(target).slice(54));
    expect(jsonLinesOf(other.out).at(-1)).toMatchObject({ kind: "replayed", seed: 8 });
  });

  test("one is under way at a time, with --concurrency as many as it says", async () => {
    const waiting: Socket[] = [];
    const hold = (socket: Socket): void => void waiting.push(socket);
    const target = await targetFor(hold);
    const store = await seededStore(Array.from({ length: 5 }, (_, at) => ({ body: event("a", `evt_${at + 1}`) })));
    const bin = RunningBin.start(["replay", "1..5", "--concurrency", "3", "--to", target.origin, "--db", store.path]);
    await target.requests(3);
    // A fourth would have come with them: they were sent within one turn.
    waiting.shift()?.write(KEPT);
    await target.requests(4);
    expect(target.seen).toHaveLength(4);
    for (const socket of waiting.splice(0)) socket.write(KEPT);
    await target.requests(5);
    waiting.shift()?.write(KEPT);
    expect((await bin.ended()).code).toBe(0);
    expect(target.connections).toBeLessThanOrEqual(3);

    const alone = await targetFor((socket) => {
      // Were there another one under way, it would have come by then.
      setImmediate(() => socket.write(KEPT));
    });
    await store.hookcli("replay", "1..5", "--to", alone.origin);
    expect([alone.connections, idsIn(alone)]).toEqual([1, ["evt_1", "evt_2", "evt_3", "evt_4", "evt_5"]]);
  });

  test("--interval is the least time between two starts", async () => {
    const { store, target } = await three();
    const { out } = await store.hookcli("replay", "1..3", "--interval", "120ms", "--to", target.origin, "--json");
    const starts = jsonLinesOf(out).flatMap(({ delivery }) => {
      const [attempt] = (delivery as { attempts: readonly { startedAt: string }[] } | undefined)?.attempts ?? [];
      return attempt ? [Date.parse(attempt.startedAt)] : [];
    });
    const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(gaps).toHaveLength(2);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(119);
  });

  test("--to may be given several times: each request goes to each target", async () => {
    const [one, two] = [await targetFor(), await targetFor(NO)];
    const store = await seededStore([{ body: event("a", "evt_1") }, { body: event("a", "evt_2") }]);
    const { code, out } = await store.hookcli("replay", "1", "2", "--to", one.origin, "--to", `${two.origin}/x`);
    expect([code, idsIn(one), idsIn(two)]).toEqual([1, ["evt_1", "evt_2"], ["evt_1", "evt_2"]]);
    expect(out).toMatch(/\n4 sent: 2 delivered, 2 failed\n$/);
  });
});

describe("what came of it", () => {
  test("each line and the summary say what is better or worse than the time before; exit 1 for any no", async () => {
    const target = await targetFor(OK, NO, OK, NO, NO, OK, OK, NO);
    const store = await seededStore(Array.from({ length: 4 }, () => ({})));
    await store.hookcli("replay", "1..4", "--to", target.origin);
    const { code, out } = await store.hookcli("replay", "1..4", "--to", target.origin);
    expect(code).toBe(1);
    expect(out.match(/ms {2}.*$/gm)).toEqual(["ms  regressed", "ms  fixed", "ms  still passing", "ms  still failing"]);
    expect(out).toMatch(/\n4 sent: 2 delivered \(1 fixed\), 2 failed \(1 regressed\)\n$/);
    const elsewhere = await targetFor();
    const json = jsonLinesOf((await store.hookcli("replay", "1..2", "--to", elsewhere.origin, "--json")).out);
    expect(json).toMatchObject([
      { kind: "delivery", trend: null },
      { kind: "delivery", trend: null },
      { kind: "replayed", sent: 2, delivered: 2, fixed: 0 },
    ]);
  });

  test("exit 5 where a target gave no answer, after all the others were sent", async () => {
    const gone = await targetFor();
    const { origin } = gone;
    const target = await targetFor(NO);
    const store = await seededStore([{}, {}]);
    const dead = new URL(origin);
    dead.port = "1";
    const { code, out, err } = await store.hookcli("replay", "1..2", "--to", dead.origin, "--to", target.origin);
    expect([code, target.seen.length]).toEqual([5, 2]);
    expect(out).toMatch(/\n4 sent: 0 delivered, 4 failed\n$/);
    expect(err).toMatch(/^error: http:\/\/127\.0\.0\.1:1\/hooks gave no answer: refused/);
  });

  test("one that cannot be sent is said and skipped, and the others go", async () => {
    const target = await targetFor();
    const store = await seededStore([{ body: textBody("plain") }, {}, { completeness: "partial" }]);
    const { code, out, err } = await store.hookcli("replay", "1..3", "--set", "hi=2", "--to", target.origin);
    expect(code).toBe(1);
    expect(target.seen.map(({ body }) => body.toString())).toEqual(['{"hi":"2"}']);
    expect(out).toMatch(/\n1 sent: 1 delivered, 0 failed, 2 skipped\n$/);
    expect(err).toContain("#1 was not sent: the body cannot be edited: it is not JSON\n");
    expect(err).toContain("#3 was not sent: request 3 is partial");
  });

  test("--quiet prints failures and the summary only", async () => {
    const target = await targetFor(OK, NO, OK);
    const store = await seededStore([{}, {}, {}]);
    const { out } = await store.hookcli("replay", "1..3", "-q", "--to", target.origin);
    expect(out).toMatch(/^#2 [^\n]* 500 in [^\n]*\n {2}↳ no\n3 sent: 2 delivered, 1 failed\n$/);
  });
});

describe("more than twenty that nobody counted", () => {
  test("need --yes where nobody can be asked: exit 2 says so", async () => {
    const { store, target } = await three();
    const flags = ["replay", "1..3", "--times", "7", "--to", target.origin];
    const refused = await store.hookcli(...flags);
    expect([refused.code, refused.out, target.seen.length]).toEqual([2, "", 0]);
    expect(refused.err).toBe(
      "error: this sends 21 requests, and nobody can be asked here whether that is meant\n  Add --yes to do it, or --dry-run to see what it would be\n",
    );
    expect((await store.hookcli(...flags, "--yes")).code).toBe(0);
    expect(target.seen).toHaveLength(21);
  });

  test("twenty, and any number that was named one by one, are simply sent", async () => {
    const target = await targetFor();
    const store = await seededStore(Array.from({ length: 21 }, () => ({})));
    expect((await store.hookcli("replay", "1..20", "--to", target.origin)).code).toBe(0);
    const names = Array.from({ length: 21 }, (_, at) => String(at + 1));
    expect((await store.hookcli("replay", ...names, "--to", target.origin)).code).toBe(0);
    expect(target.seen).toHaveLength(41);
  });
});

describe("Ctrl-C", () => {
  test("lets what is under way end, starts no more and says how many were not sent", async () => {
    const waiting: Socket[] = [];
    const target = await targetFor((socket) => void waiting.push(socket));
    const store = await seededStore([{}, {}, {}]);
    const bin = RunningBin.start(["replay", "1..3", "--to", target.origin, "--db", store.path]);
    await target.requests(1);
    bin.signal("SIGINT");
    await bin.complains(/waiting for 1 under way to end; Ctrl-C again stops now\n/);
    waiting[0]?.write(OK);
    const { code, out } = await bin.ended();
    expect(code).toBe(0);
    expect(out).toMatch(/^#1 [^\n]* 200 in [^\n]*\n1 sent: 1 delivered, 0 failed, 2 not sent\n$/);
    expect(target.seen).toHaveLength(1);
  });

  test("twice ends it at once; what was under way reads interrupted", async () => {
    const target = await targetFor(() => undefined);
    const store = await seededStore([{}, {}]);
    const bin = RunningBin.start(["replay", "1..2", "--to", target.origin, "--db", store.path]);
    await target.requests(1);
    bin.signal("SIGINT");
    await bin.complains(/Ctrl-C again/);
    bin.signal("SIGINT");
    expect((await bin.ended()).code).toBe(130);
    const [delivery] = store.look((read) => read.deliveriesOf(1));
    expect(delivery?.attempts[0]?.outcome).toEqual({ kind: "interrupted" });
  });

  test("in the middle of an interval ends it there", async () => {
    const { store, target } = await three();
    const bin = RunningBin.start(["replay", "1..3", "--interval", "1h", "--to", target.origin, "--db", store.path]);
    await bin.prints(/#1 .*\n/);
    bin.signal("SIGINT");
    const { code, out } = await bin.ended();
    expect([code, out.split("\n").at(-2)]).toEqual([0, "1 sent: 1 delivered, 0 failed, 2 not sent"]);
  });
});

function event(type: string, id: string): ReturnType<typeof textBody> {
  return textBody(JSON.stringify({ type, id }));
}

async function three() {
  const bodies = ["evt_1", "evt_2", "evt_3"].map((id) => ({ body: event("order.completed", id) }));
  return { store: await seededStore(bodies), target: await targetFor() };
}

/** Ids of the events that a target was sent, in order. */
function idsIn({ seen }: TargetServer): readonly string[] {
  return seen.map(({ body }) => (JSON.parse(body.toString()) as { readonly id: string }).id);
}
