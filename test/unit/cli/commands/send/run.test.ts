import { describe, expect, onTestFinished, test } from "vitest";
import { findKinds } from "../../../../../src/cli/commands/send/kinds.ts";
import { readSendFlags } from "../../../../../src/cli/commands/send/read-flags.ts";
import { SendRun } from "../../../../../src/cli/commands/send/run.ts";
import { SendRenderer } from "../../../../../src/cli/commands/send/send-renderer.ts";
import type { RawFlags } from "../../../../../src/cli/flags/flag.ts";
import { Flags } from "../../../../../src/cli/settings/flags.ts";
import { EXIT } from "../../../../../src/cli/terminal/exit.ts";
import { EventSource } from "../../../../../src/app/sending/event-source.ts";
import { EventSender } from "../../../../../src/app/sending/send-event.ts";
import type { Clock } from "../../../../../src/core/model/clock.ts";
import { headerValue } from "../../../../../src/core/model/headers.ts";
import { parseTarget } from "../../../../../src/core/model/target.ts";
import { jsonLinesOf } from "../../../../helpers/bin.ts";
import { openForwarder } from "../../../../helpers/pipelines.ts";
import { SteppedClock } from "../../../../helpers/stepped-clock.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";
import { type Answer, OK, TargetServer } from "../../../../helpers/target-server.ts";

const NO = "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno";

interface Wanted {
  readonly raw?: RawFlags;
  readonly types?: readonly string[];
  readonly answers?: readonly Answer[];
  readonly secret?: string;
  /** Undefined: one that answers. */
  readonly to?: readonly string[];
  readonly clock?: Clock;
}

/** A run as the command makes it, to a real target. */
async function scene({ raw = {}, types = ["order.completed"], answers = [OK], secret, to, clock }: Wanted = {}) {
  const recorded = await recordedSurroundings(clock ? { clock } : {});
  const { at } = recorded;
  const target = await TargetServer.scripted(...answers);
  onTestFinished(() => target.close());
  const targets = (to ?? [target.origin]).map((text) => parseTarget(text, "a target"));
  const flags = new Flags(raw, () => ({ kind: "flag" }), { command: "hookcli send" });
  const asked = await readSendFlags(at, types, flags);
  const { kinds, samples } = await findKinds(at, flags, asked, () => undefined);
  const source = new EventSource({
    ...asked,
    samples,
    kinds,
    given: asked.body,
    seed: "seed",
    timeOf: () => 0,
    say: () => undefined,
  });
  const sender = new EventSender({
    ...asked,
    forwarder: openForwarder(openStore()),
    clock: at.clock,
    secret: secret === undefined ? undefined : { name: "test", text: secret },
    signedAtMs: asked.timeAt,
    userAgent: "hookcli/test",
  });
  const total = asked.rounds * kinds.length * asked.copies * targets.length;
  const run = new SendRun({
    at,
    asked,
    types: kinds.map(({ type }) => type),
    targets,
    source,
    sender,
    isSigned: secret !== undefined,
    renderer: new SendRenderer(at, { ...asked, total }),
  });
  const seen = (): readonly string[] =>
    target.seen.map(({ body }) => (JSON.parse(String(body)) as { readonly type: string }).type);
  return { ...recorded, run, target, seen };
}

const idsIn = (text: string): readonly string[] =>
  text.split("\n").flatMap((line) => /^(\S+) {2}generic/.exec(line)?.[1] ?? []);

describe("one event", () => {
  test("is sent, and its outcome told with the id that its receiver reads", async () => {
    const { run, target, out, err } = await scene();
    expect(await run.run()).toBe(EXIT.ok);
    const { id } = JSON.parse(String(target.seen[0]?.body)) as { readonly id: string };
    expect(await out()).toMatch(
      new RegExp(`^${id}  generic order\\.completed  → http:\\S+  200 in \\S+ ms  \\(unsigned\\)\n$`),
    );
    expect(await err()).toBe("");
  });

  test("that the target refused is a no", async () => {
    const { run, out } = await scene({ answers: [NO] });
    expect(await run.run()).toBe(EXIT.no);
    expect(await out()).toMatch(/ {2}500 in [^]*↳ no\n$/);
  });

  test("that got no answer is an error with what to do", async () => {
    const { run, out } = await scene({ to: ["http://127.0.0.1:1"] });
    await expect(run.run()).rejects.toMatchObject({
      code: "EVENT_UNANSWERED",
      details: { url: "http://127.0.0.1:1/", reason: "refused", advice: expect.any(String) as unknown },
    });
    expect(await out()).toMatch(/no answer: refused/);
  });

  test("goes to every target, and one that does not take it is a no", async () => {
    const other = await TargetServer.answering(NO);
    onTestFinished(() => other.close());
    const one = await TargetServer.answering(OK);
    onTestFinished(() => one.close());
    const { run, out } = await scene({ to: [one.origin, other.origin] });
    expect(await run.run()).toBe(EXIT.no);
    expect(String(one.seen[0]?.body)).toBe(String(other.seen[0]?.body));
    expect(await out()).toMatch(/\n2 sent: 1 accepted, 1 failed\n$/);
  });

  test("is signed where there is a secret", async () => {
    const { run, target, out } = await scene({
      raw: { provider: "stripe" },
      types: ["invoice.paid"],
      secret: "whsec_test",
    });
    expect(await run.run()).toBe(EXIT.ok);
    expect(headerValue(target.seen[0]?.headers ?? [], "stripe-signature")).toMatch(/^t=\d+,v1=/);
    expect(await out()).not.toContain("unsigned");
  });
});

describe("several", () => {
  test("are sent type by type, round by round, copy by copy, and summed up", async () => {
    const raw = { count: "2", duplicate: "1" };
    const { run, seen, out } = await scene({ raw, types: ["order.created", "order.paid"], answers: [NO, OK] });
    expect(await run.run()).toBe(EXIT.no);
    const round = ["order.created", "order.created", "order.paid", "order.paid"];
    expect(seen().toSorted()).toEqual([...round, ...round].toSorted());
    const text = await out();
    expect(text.split("\n").at(-2)).toBe("8 sent: 7 accepted, 1 failed");
    expect(text.match(/copy 2/g)).toHaveLength(4);
    expect(new Set(idsIn(text)).size).toBe(4);
  });

  test("in a random order can be sent in the same again", async () => {
    const types = ["a.created", "a.changed", "a.paid", "a.sent", "a.closed"];
    const raw = { shuffle: true, seed: "3" };
    const [first, second] = [await scene({ raw, types }), await scene({ raw, types })];
    await first.run.run();
    await second.run.run();
    expect(second.seen()).toEqual(first.seen());
    expect(first.seen()).not.toEqual(types);
    expect(await first.err()).toBe("shuffled; again in this order: --seed 3\n");
  });

  test("with --json have no notes, and the seed at the end", async () => {
    const { run, out, err } = await scene({ raw: { shuffle: true, seed: "3", json: true, count: "2" } });
    await run.run();
    expect(await err()).toBe("");
    expect(jsonLinesOf(await out()).map(({ kind, seed }) => [kind, seed])).toEqual([
      ["sent", undefined],
      ["sent", undefined],
      ["sends", 3],
    ]);
  });

  test("keep to their rate", async () => {
    const clock = new SteppedClock();
    const { run, target } = await scene({ raw: { count: "2", rate: "2/s" }, clock });
    const ended = run.run();
    await target.requests(1);
    await clock.waiting(1);
    expect(clock.remainingMs[0]).toBe(500);
    clock.advance(500);
    expect(await ended).toBe(EXIT.ok);
  });

  test("stop at Ctrl-C, and what is under way is waited for", async () => {
    let interrupt: () => void = () => undefined;
    const answer: Answer = (socket) => {
      interrupt();
      socket.write(OK);
    };
    const { run, stop, err, out } = await scene({ raw: { count: "3" }, answers: [answer] });
    interrupt = () => stop("SIGINT");
    expect(await run.run()).toBe(EXIT.ok);
    expect(await err()).toBe("waiting for 1 under way to end; Ctrl-C again stops now\n");
    expect((await out()).split("\n").at(-2)).toBe("1 sent: 1 accepted, 0 failed, 2 not sent");
  });
});

describe("what is wrong on purpose", () => {
  test("is named in each line, and a copy is a copy", async () => {
    const raw = { fault: ["content-type", "duplicated"] };
    const { run, target, out } = await scene({ raw });
    expect(await run.run()).toBe(EXIT.ok);
    expect(target.seen).toHaveLength(2);
    const [first, second] = (await out()).split("\n");
    expect(first).toMatch(/\(unsigned, content-type\)$/);
    expect(second).toMatch(/\(unsigned, content-type, copy 2\)$/);
  });
});

test("that a secret could not be used is said once", async () => {
  // Mailgun keeps its signature in the body, and this body is no object.
  const raw = { provider: "mailgun", data: "[]", count: "2" };
  const { run, err } = await scene({ raw, types: ["delivered"], secret: "key-test" });
  await run.run();
  expect(await err()).toBe(
    "note: not signed: this body has no place for what Mailgun signs (hookcli providers mailgun)\n",
  );
});

describe("a dry run", () => {
  test("prints all that would be sent, and sends nothing", async () => {
    const { run, target, out, err } = await scene({ raw: { count: "2", duplicate: "1", fault: ["truncated"] } });
    expect(await run.print()).toBe(EXIT.ok);
    expect(target.connections).toBe(0);
    expect((await out()).match(/^\S+ {2}generic order\.completed {2}→ http:\S+ {2}\(truncated\)$/gm)).toHaveLength(4);
    expect(await err()).toBe("nothing was sent (--dry-run)\n");
  });

  test("with --json says no other word", async () => {
    const { run, out, err } = await scene({ raw: { json: true, fault: ["duplicated"] } });
    expect(await run.print()).toBe(EXIT.ok);
    expect(jsonLinesOf(await out())).toMatchObject([
      { kind: "would-send", event: { type: "order.completed" }, signed: false, faults: [] },
      { kind: "would-send" },
    ]);
    expect(await err()).toBe("");
  });
});
