import { expect, test } from "vitest";
import { type SendOutput, SendRenderer, type SentEvent } from "../../../../../src/cli/commands/send/send-renderer.ts";
import { jsonLinesOf } from "../../../../helpers/bin.ts";
import { answered, sampleAttempt, unanswered } from "../../../../helpers/samples.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../../helpers/surroundings.ts";

const URL = "http://localhost:8000/hooks";

function sent(changes: Partial<SentEvent> = {}): SentEvent {
  return {
    provider: "stripe",
    eventId: "evt_1",
    eventType: "invoice.paid",
    copy: 1,
    url: URL,
    isSigned: true,
    faults: [],
    attempt: sampleAttempt({ outcome: answered(200) }),
    ...changes,
  };
}

const refused = (): SentEvent => sent({ attempt: sampleAttempt({ outcome: answered(500, "crash") }) });

async function printed(
  wanted: Partial<SendOutput>,
  events: readonly SentEvent[],
  surroundings: SurroundingsWanted = {},
): Promise<{ readonly out: string; readonly err: string }> {
  const { at, out, err } = await recordedSurroundings(surroundings);
  const renderer = new SendRenderer(at, { isJson: false, isQuiet: false, total: 1, seed: undefined, ...wanted });
  for (const event of events) renderer.one(event);
  renderer.summary();
  return { out: await out(), err: await err() };
}

test("a line names the event, its provider, the target and the outcome", async () => {
  expect((await printed({}, [sent()])).out).toBe(`evt_1  stripe invoice.paid  → ${URL}  200 in 23 ms\n`);
});

test.each<[Partial<SentEvent>, string]>([
  [{ isSigned: false }, "  (unsigned)"],
  [{ faults: ["tampered"] }, "  (tampered)"],
  [{ copy: 3, isSigned: false }, "  (unsigned, copy 3)"],
  [{ isSigned: false, faults: ["content-type", "truncated"] }, "  (unsigned, content-type, truncated)"],
])("a line says what is not as usual: %o", async (changes, said) => {
  expect((await printed({}, [sent(changes)])).out).toContain(`200 in 23 ms${said}\n`);
});

test("a request without an id has none in its line", async () => {
  expect((await printed({}, [sent({ eventId: undefined })])).out).toMatch(/^\(no id\) {2}stripe invoice\.paid/);
});

test("a refusal comes with what the target said, and is all that --quiet leaves", async () => {
  const { out } = await printed({ total: 2, isQuiet: true }, [sent(), refused()]);
  expect(out).toBe(`evt_1  stripe invoice.paid  → ${URL}  500 in 23 ms\n  ↳ crash\n2 sent: 1 accepted, 1 failed\n`);
});

test("the summary counts what was not sent; one event has none", async () => {
  const { out } = await printed({ total: 1234, isQuiet: true }, [sent(), sent(), unansweredEvent()]);
  expect(out).toMatch(/\n3 sent: 2 accepted, 1 failed, 1,231 not sent\n$/);
  expect((await printed({ total: 1 }, [])).out).toBe("");
});

test("--json has a line for each attempt, and one at the end", async () => {
  const { out } = await printed({ isJson: true, total: 2, seed: 7 }, [sent(), unansweredEvent()]);
  expect(jsonLinesOf(out)).toMatchObject([
    {
      kind: "sent",
      event: { provider: "stripe", id: "evt_1", type: "invoice.paid" },
      copy: 1,
      signed: true,
      says: null,
    },
    { kind: "sent", attempt: { outcome: { kind: "no-response" } }, says: "ECONNREFUSED" },
    { kind: "sends", sent: 2, delivered: 1, failed: 1, notSent: 0, seed: 7 },
  ]);
});

test("on a terminal a bar shows how far it has come", async () => {
  const { err } = await printed({ total: 2 }, [sent(), sent()], { isErrTty: true });
  expect(err).toContain(`${"█".repeat(12)}${"░".repeat(12)} 1 of 2  0 failed`);
  expect((await printed({ total: 1 }, [sent()], { isErrTty: true })).err).toBe("");
});

function unansweredEvent(): SentEvent {
  return sent({ attempt: sampleAttempt({ outcome: unanswered("refused", "ECONNREFUSED") }) });
}
