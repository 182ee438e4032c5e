import { describe, expect, test } from "vitest";
import { LineRenderer } from "../../../../../src/cli/commands/listen/line-renderer.ts";
import type { ReadyFacts } from "../../../../../src/cli/commands/listen/listen-renderer.ts";
import { Printer } from "../../../../../src/cli/terminal/printer.ts";
import { Sink } from "../../../../../src/cli/terminal/sink.ts";
import { timeText } from "../../../../../src/cli/words/units.ts";
import type { Delivery, Outcome } from "../../../../../src/core/model/delivery.ts";
import type { FeedEntry } from "../../../../../src/core/model/feed.ts";
import { MASK } from "../../../../../src/core/model/redact.ts";
import type { StoredRequest } from "../../../../../src/core/model/request.ts";
import { Fifo } from "../../../../helpers/fifo.ts";
import { DANGEROUS } from "../../../../helpers/hostile-text.ts";
import {
  answered,
  SAMPLE_TIME_MS,
  sampleAttempt,
  sampleDelivery,
  sampleRequest,
  unanswered,
} from "../../../../helpers/samples.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../../helpers/surroundings.ts";
import { testWithTool } from "../../../../helpers/tools.ts";

const START = `${timeText(SAMPLE_TIME_MS)}  #42  POST /hooks  8 B  `;

describe("when it is ready it says", () => {
  test("where it captures, forwards and stores", async () => {
    const printed = await rendered((renderer, home) =>
      renderer.ready(facts({ storePath: `${home}/hooks.db`, stored: 1204 })),
    );
    expect(printed).toBe(
      [
        "hookcli listening",
        "",
        "  Capture    http://127.0.0.1:4400",
        "  Forward    http://localhost:8000",
        "  Store      ~/hooks.db (1,204 requests)",
        "",
        "  Waiting for requests. Ctrl-C to stop.",
        "",
        "",
      ].join("\n"),
    );
  });

  test("all targets, one below the other", async () => {
    const targets = ["http://localhost:8000", "http://localhost:9000"];
    expect(await rendered((renderer) => renderer.ready(facts({ targets })))).toContain(
      "  Forward    http://localhost:8000\n             http://localhost:9000\n",
    );
  });

  test("how to begin, where nothing is forwarded or stored yet", async () => {
    const printed = await rendered((renderer) => renderer.ready(facts({ targets: [], stored: 0 })));
    expect(printed).toContain(
      "  Forward    nowhere: requests are only stored (--forward localhost:8000 sends them on)\n",
    );
    expect(printed).toContain(`  Try it: curl -d '{"hi":1}' http://127.0.0.1:4400/\n`);
  });
});

describe("a delivery is", () => {
  test("one line where all went well", async () => {
    expect(await entries(attempt())).toBe(`${START}→ 200 in 23 ms\n`);
  });

  test("one line with a plain arrow where there is no Unicode", async () => {
    expect(await entries({ isUnicode: false }, attempt())).toBe(`${START}-> 200 in 23 ms\n`);
  });

  test("followed by the cause and the next command where it failed", async () => {
    expect(await entries(attempt({ outcome: answered(500, "oops") }))).toBe(
      `${START}→ 500 in 23 ms\n          ↳ oops\n          ↳ hookcli replay 42\n`,
    );
    expect(await entries({ isUnicode: false }, attempt({ outcome: unanswered("refused", "127.0.0.1:8000") }))).toBe(
      `${START}-> no answer: refused in 23 ms\n          | 127.0.0.1:8000\n          | hookcli replay 42\n`,
    );
  });

  test("and where a certificate is not trusted, what there is to do about it", async () => {
    const out = await entries(attempt({ outcome: unanswered("tls", "self-signed certificate") }));
    expect(out).toMatch(/\n +↳ self-signed certificate\n +↳ Check the certificate \(--ca .*\n +↳ hookcli replay 42\n$/);
  });

  test("marked where the sender was told something else", async () => {
    const outcome = unanswered("refused", "");
    expect(await entries(attempt({ outcome, request: { reply: { status: 200 } } }))).toContain("23 ms  (sent 200)\n");
    expect(await entries(attempt({ request: { reply: { status: 200 } } }))).not.toContain("sent");
    expect(await entries(attempt({ request: { reply: { status: 200, note: "sender-gone" } } }))).toContain(
      "(sender gone)\n",
    );
  });

  test("marked as a replay, and says nothing about what the sender was told long ago", async () => {
    const printed = await entries(attempt({ delivery: { cause: "replay" }, request: { reply: { status: 502 } } }));
    expect(printed).toBe(`${START}→ 200 in 23 ms  (replay)\n`);
  });

  test("shown with its target where there are several or another process made it, credentials masked", async () => {
    const url = "http://localhost:8000/?token=abc";
    const target = `200 in 23 ms  http://localhost:8000/?token=${MASK}\n`;
    expect(await entries(attempt({ delivery: { url }, elsewhere: true }))).toContain(target);
    const printed = await rendered((renderer) => {
      renderer.ready(facts({ targets: ["http://a", "http://b"] }));
      renderer.entry(attempt({ delivery: { url }, request: { reply: { status: 500 } } }));
    });
    expect(printed).toContain(target);
    expect(await entries(attempt({ delivery: { url } }))).not.toContain("token");
  });

  test("named by its event type, where there is one: short, and without credentials", async () => {
    const named = (eventType: string) => entries(attempt({ request: { event: { eventType } } }));
    expect(await named("invoice.paid")).toBe(`${START.replace("POST", "invoice.paid  POST")}→ 200 in 23 ms\n`);
    expect(await named("x".repeat(300))).toContain(`#42  ${"x".repeat(59)}…  POST`);
    expect(await named("sk_live_0123456789")).toContain(`#42  ${MASK}  POST`);
  });

  test("marked where only a part of the request came", async () => {
    expect(await entries(attempt({ request: { completeness: "partial" } }))).toContain("8 B  partial  → 200");
  });
});

describe("a request that went nowhere is one line:", () => {
  test("what was replied", async () => {
    expect(await entries(settled({ reply: { status: 200 } }))).toBe(`${START}→ stored, replied 200\n`);
  });

  test("why it was refused", async () => {
    const refusal = { status: 400, code: "two-hosts", reason: "two Host headers" };
    expect(await entries(settled({ refusal }))).toBe(`${START}refused 400: two Host headers\n`);
  });

  test("and nothing where it did go somewhere", async () => {
    const request = sampleRequest();
    expect(
      await entries({ kind: "request", seq: 1, request }, { kind: "settled", request, deliveries: [sampleDelivery()] }),
    ).toBe("");
  });
});

describe("a fault on purpose", () => {
  const lost = { reply: { status: 0, note: "fault: after:reset (1 of 2)" } };

  test("shows what the handler did and what the sender was told, side by side", async () => {
    expect(await entries(attempt({ request: lost }))).toBe(`${START}→ 200 in 23 ms  (sent reset: lost ack 1 of 2)\n`);
    const failed = await entries(attempt({ request: lost, outcome: answered(500) }));
    expect(failed).toContain("→ 500 in 23 ms  (sent reset: fault 1 of 2)\n");
  });

  test("says that the handler never saw the request, or that there was none", async () => {
    const kept = await entries(settled({ reply: { status: 500, note: "fault: 500" } }));
    expect(kept).toBe(`${START}→ not forwarded  (sent 500: fault)\n`);
    expect(await entries(settled({ reply: { status: 0, note: "fault: after:reset" } }))).toBe(
      `${START}→ stored  (sent reset: fault)\n`,
    );
  });

  test("stands on the line of the target that answers the sender, and on no replay", async () => {
    const printed = await rendered((renderer) => {
      renderer.ready(facts({ targets: ["http://localhost:8000", "http://localhost:9000"] }));
      renderer.entry(attempt({ request: lost, ackBudgetMs: 1000 }));
      renderer.entry(attempt({ request: lost }));
      renderer.entry(attempt({ request: lost, delivery: { cause: "replay" } }));
    });
    expect(printed.split("\n").filter((line) => line.includes("#42"))).toEqual([
      expect.stringContaining("(sent reset: lost ack 1 of 2)"),
      expect.not.stringContaining("sent"),
      expect.not.stringContaining("sent"),
    ]);
  });

  const faults = { plan: "500x2,ok", per: "event", match: "" } as const;

  test("is announced in the first lines, and with --quiet too", async () => {
    expect(await rendered((renderer) => renderer.ready(facts({ faults })))).toContain(
      "  Forward    http://localhost:8000\n  Faults     500x2,ok for each event\n  Store      ",
    );
    const recorded = await recordedSurroundings();
    new LineRenderer(recorded.at, true).ready(facts({ faults }));
    expect([await recorded.out(), await recorded.err()]).toEqual(["", "faults: 500x2,ok for each event\n"]);
  });

  test("is counted in the last line, also where none was met", async () => {
    const last = (more: object): Promise<string> =>
      rendered((renderer) =>
        renderer.summary({ ...counts, storePath: "/x", isEphemeral: true, atMs: 0, isFaulty: true, ...more }),
      );
    expect(await last({})).toContain("1,200 delivered, 4 failed, 0 faults.");
    expect(await last({ faulted: 3, lostAcks: 1 })).toContain("4 failed, 3 faults (1 lost ack).");
  });
});

test("a notice goes to standard error", async () => {
  const recorded = await recordedSurroundings();
  new LineRenderer(recorded.at, false).entry({ kind: "notice", level: "error", code: "STORE_FULL", text: "full\nup" });
  expect(await recorded.err()).toBe("error: full\\x0aup\n");
  expect(await recorded.out()).toBe("");
});

test("quiet, it shows failures and refusals and nothing else", async () => {
  const refusal = { status: 400, code: "two-hosts", reason: "two Host headers" };
  const recorded = await recordedSurroundings();
  const renderer = new LineRenderer(recorded.at, true);
  renderer.ready(facts({}));
  for (const entry of [attempt(), settled({ reply: { status: 200 } })]) renderer.entry(entry);
  renderer.summary({ ...counts, storePath: "x", isEphemeral: false, atMs: 0 });
  expect(await recorded.out()).toBe("");
  renderer.entry(attempt({ outcome: answered(500) }));
  renderer.entry(settled({ refusal }));
  expect(await recorded.out()).toMatch(/500 in 23 ms\n[^]*refused 400/);
});

const NOW = SAMPLE_TIME_MS;

test.each([
  [{ kind: "verified" }, "signed ✓  "],
  [{ kind: "stale" }, "signature ✗ stale  "],
  [{ kind: "missing-header" }, "signature ✗ missing  "],
  [{ kind: "no-secret" }, "no secret  "],
  [{ kind: "unsigned" }, ""],
  [{ kind: "unjudged" }, ""],
] as const)("a line says what was found about the signature: %o", async (verdict, says) => {
  const event = { provider: "stripe", eventType: "invoice.paid", verdict };
  expect(await entries(attempt({ request: { event } }))).toBe(
    `${timeText(NOW)}  #42  stripe invoice.paid  POST /hooks  8 B  ${says}→ 200 in 23 ms\n`,
  );
});

test.each([
  [2, undefined, "2nd of evt_1  "],
  [3, 2, "3rd of evt_1, attempt 2  "],
  [1, 4, "attempt 4  "],
  [1, 1, ""],
  [undefined, undefined, ""],
])("an event that came before is marked: occurrence %s, attempt %s", async (occurrence, attemptNumber, says) => {
  const event = { eventId: "evt_1", attemptNumber };
  expect(await entries(attempt({ request: { event, occurrence } }))).toBe(`${START}${says}→ 200 in 23 ms\n`);
});

test("a handler that is slower than its provider waits is told so", async () => {
  const request = { event: { provider: "slack" } };
  const slow = await entries(attempt({ request, ackBudgetMs: 22 }));
  expect(slow).toContain("→ 200 in 23 ms  (too slow: slack waits 22 ms)\n");
  expect(await entries(attempt({ request, ackBudgetMs: 23 }))).not.toContain("too slow");
  expect(await entries(attempt())).not.toContain("too slow");
});

test("a note is one", async () => {
  const recorded = await recordedSurroundings();
  new LineRenderer(recorded.at, false).entry({ kind: "notice", level: "note", code: "HANDSHAKE", text: "Slack asks" });
  expect(await recorded.err()).toBe("note: Slack asks\n");
});

test("its last words count what happened, and leave out what did not", async () => {
  const last = (more: object) =>
    rendered((renderer) =>
      renderer.summary({ ...counts, storePath: "/elsewhere/hooks.db", isEphemeral: false, atMs: 0, ...more }),
    );
  expect(await last({ isEphemeral: true })).toBe(
    "\n1,204 requests: 1,200 delivered, 4 failed. The store is deleted.\n",
  );
  expect(await last({})).toBe("\n1,204 requests: 1,200 delivered, 4 failed. Stored in /elsewhere/hooks.db\n");
  expect(await last({ received: 1, refused: 2, silent: 1 })).toContain(
    "1 request: 1,200 delivered, 4 failed, 2 refused, 1 silent connection.",
  );
  expect(await last({ duplicates: 1, failedSignatures: 2 })).toContain(
    "1,200 delivered, 4 failed, 1 duplicate, 2 bad signatures.",
  );
  expect(await last({ outOfOrder: 3 })).toContain("1,200 delivered, 4 failed, 3 out of order. ");
});

test("a hostile request line is cut, and none of it moves a terminal", async () => {
  const target = `/\u001b[2J\u009b${"x".repeat(500)}`;
  const printed = await entries(attempt({ request: { target }, outcome: answered(500, "\u202e\u001b]0;title\u0007") }));
  expect(printed.split("\n").filter((line) => DANGEROUS.test(line))).toEqual([]);
  expect(printed.split("\n")[0]?.length).toBeLessThan(260);
});

testWithTool("mkfifo", "a reader that cannot keep up gets a count of lines instead of the lines", async () => {
  const fifo = new Fifo();
  const outSink = new Sink(fifo.writeFd);
  const { at } = await recordedSurroundings();
  const renderer = new LineRenderer({ ...at, outSink, out: await Printer.open(outSink, 0, true) }, false);
  const stuckBytes = 8 * 1024 * 1024 + 1;
  outSink.write(Buffer.alloc(stuckBytes));
  renderer.entry(attempt());
  renderer.entry(attempt());
  await fifo.read(stuckBytes);
  await outSink.flushed();
  renderer.entry(attempt());
  renderer.entry(attempt());
  const leftOut = "(2 lines left out: the output was not read fast enough; hookcli list shows all)\n";
  const expected = `${leftOut}${START}→ 200 in 23 ms\n${START}→ 200 in 23 ms\n`;
  expect((await fifo.read(Buffer.byteLength(expected))).toString()).toBe(expected);
});

const counts = {
  received: 1204,
  delivered: 1200,
  failed: 4,
  refused: 0,
  duplicates: 0,
  outOfOrder: 0,
  failedSignatures: 0,
  faulted: 0,
  lostAcks: 0,
  isFaulty: false,
  silent: 0,
};

function facts(changes: Partial<ReadyFacts>): ReadyFacts {
  return {
    captureUrl: "http://127.0.0.1:4400",
    targets: ["http://localhost:8000"],
    storePath: "hooks.db",
    stored: 3,
    pid: 1,
    atMs: SAMPLE_TIME_MS,
    ...changes,
  };
}

interface AttemptChanges {
  readonly outcome?: Outcome;
  readonly request?: Partial<StoredRequest>;
  readonly delivery?: Partial<Delivery>;
  readonly elsewhere?: boolean;
  readonly ackBudgetMs?: number;
}

function attempt(changes: AttemptChanges = {}): FeedEntry {
  const { outcome = answered(200), request, delivery, elsewhere = false, ackBudgetMs } = changes;
  const made = sampleAttempt({ outcome });
  return {
    kind: "attempt",
    seq: 1,
    request: sampleRequest(request),
    delivery: sampleDelivery({ attempts: [made], ...delivery }),
    attempt: made,
    elsewhere,
    ackBudgetMs,
  };
}

function settled(request: Partial<StoredRequest>): FeedEntry {
  return { kind: "settled", request: sampleRequest(request), deliveries: [] };
}

/** What is printed for these entries. */
async function entries(...given: readonly (FeedEntry | SurroundingsWanted)[]): Promise<string> {
  const wanted = given.find((one): one is SurroundingsWanted => !("kind" in one)) ?? {};
  return rendered((renderer) => {
    for (const one of given) if ("kind" in one) renderer.entry(one);
  }, wanted);
}

async function rendered(
  use: (renderer: LineRenderer, home: string) => void,
  wanted: SurroundingsWanted = {},
): Promise<string> {
  const recorded = await recordedSurroundings(wanted);
  use(new LineRenderer(recorded.at, false), recorded.folder);
  return recorded.out();
}
