import { revealing, usualMask } from "../../../../../src/core/model/mask.ts";
import { describe, expect, test } from "vitest";
import { printDetail, printHeaders } from "../../../../../src/cli/commands/show/request-detail.ts";
import { dateTimeText } from "../../../../../src/cli/words/units.ts";
import { bytesBody } from "../../../../../src/core/model/body.ts";
import type { Delivery } from "../../../../../src/core/model/delivery.ts";
import { MASK } from "../../../../../src/core/model/redact.ts";
import type { StoredRequest } from "../../../../../src/core/model/request.ts";
import { DANGEROUS } from "../../../../helpers/hostile-text.ts";
import {
  answered,
  SAMPLE_TIME_MS,
  sampleAttempt,
  sampleDelivery,
  sampleRequest,
  spooledBody,
  textBody,
  unanswered,
} from "../../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

const AT = dateTimeText(SAMPLE_TIME_MS);

test("a request is shown with its facts, deliveries, headers, body, response and the next command", async () => {
  const outcome = answered(201, "made", ["X-B", "2"], "Created");
  const printed = await detail({ reply: { status: 201 } }, [
    sampleDelivery({ attempts: [sampleAttempt({ outcome })] }),
  ]);
  expect(printed).toEqual([
    `#42  POST /hooks  ${AT}`,
    "from      127.0.0.1:51234, HTTP/1.1, received in 2 ms",
    "size      8 B, application/json",
    "replied   201",
    "delivery  d17  http://localhost:8000/hooks  delivered",
    `          attempt 1  ${AT.slice(11)}  201 in 23 ms`,
    "",
    "Headers (2)",
    "  Host: localhost:4400",
    "  Content-Type: application/json",
    "",
    "Body",
    '  {"hi":1}',
    "",
    "Response 201 Created",
    "  X-B: 2",
    "",
    "Response body",
    "  made",
    "",
    "Next: hookcli replay 42",
  ]);
});

describe("what a fault told the sender", () => {
  test("stands apart from what the handler did", async () => {
    const reply = { status: 0, note: "fault: after:reset (1 of 2)" };
    const printed = await detail({ reply }, [sampleDelivery()]);
    expect(printed).toContain("replied   reset: lost ack 1 of 2");
    expect(printed).toContain(`          attempt 1  ${AT.slice(11)}  200 in 23 ms`);
    const replayed = await detail({ reply }, [sampleDelivery({ cause: "replay" })]);
    expect(replayed).toContain("replied   reset: fault 1 of 2");
  });

  test("says so where the handler never saw the request", async () => {
    const printed = await detail({ reply: { status: 500, note: "fault: 500" } }, []);
    expect(printed).toContain("replied   500: fault");
    expect(printed).toContain("delivery  none: it was not forwarded, since a fault came between");
    expect(await detail({ reply: { status: 500, note: "fault: after:500" } }, [])).toContain(
      "delivery  none: it was only stored",
    );
  });
});

describe("the facts", () => {
  test("name the event, as far as it is known, and what the request was edited from", async () => {
    const event = { eventId: "evt_1", eventType: "invoice.paid" };
    expect((await detail({ event, parentId: 7 }, [])).slice(1, 3)).toEqual([
      "event     invoice.paid  evt_1",
      "edited    from #7",
    ]);
    expect((await detail({ event: { eventType: "push" } }, []))[1]).toBe("event     push");
    const secret = { eventId: "sk_live_0123456789" };
    expect((await detail({ event: secret }, []))[1]).toBe(`event     ${MASK}`);
    expect((await detail({ event: secret }, [], true))[1]).toBe("event     sk_live_0123456789");
  });

  test("say that it was only stored, unless it was refused", async () => {
    expect(await detail({}, [])).toContain("delivery  none: it was only stored");
    const refusal = { status: 413, code: "body-too-large", reason: "the body is over the limit" };
    const printed = await detail(
      { refusal, completeness: "truncated", reply: { status: 413, note: "body-too-large" } },
      [],
    );
    expect(printed.slice(3, 6)).toEqual([
      "state     truncated",
      "refused   413 the body is over the limit (body-too-large)",
      "replied   413 (body-too-large)",
    ]);
    expect(printed.join("\n")).not.toContain("only stored");
  });

  test("of bytes that were no HTTP offer no replay", async () => {
    const printed = await detail(
      { method: "", target: "", httpVersion: "", headers: [], completeness: "malformed" },
      [],
    );
    expect(printed[0]).toContain("(not HTTP)");
    expect(printed[1]).toContain("HTTP/?");
    expect(printed.join("\n")).not.toContain("Next:");
  });

  test("say why an attempt got no answer, and that a delivery was a replay", async () => {
    const attempts = [sampleAttempt({ outcome: unanswered("refused", "127.0.0.1:8000 refused") })];
    const printed = await detail({}, [sampleDelivery({ attempts, status: "failed", cause: "replay" })]);
    expect(printed.slice(3, 6)).toEqual([
      "delivery  d17  http://localhost:8000/hooks  failed, replay",
      `          attempt 1  ${AT.slice(11)}  no answer: refused in 23 ms`,
      "          127.0.0.1:8000 refused",
    ]);
  });
});

describe("headers", () => {
  const many = Array.from({ length: 20 }, (_, at) => [`X-${at}`, String(at)]).flat();

  test("are cut after twelve, and the cut is named", async () => {
    const printed = await detail({ headers: many }, []);
    expect(printed).toContain("Headers (20, the first 12; --headers for all)");
    expect(printed.filter((line) => line.startsWith("  X-"))).toHaveLength(12);
  });

  test("are all there when they are asked for, masked unless revealed", async () => {
    const recorded = await recordedSurroundings();
    const request = sampleRequest({ headers: [...many, "Cookie", "c", "X-Name", "\u00c3\u00bc"] });
    printHeaders(recorded.at.out, request, usualMask);
    printHeaders(recorded.at.out, request, revealing);
    const lines = (await recorded.out()).trimEnd().split("\n");
    expect(lines).toHaveLength(44);
    expect([lines[20], lines[42], lines[43]]).toEqual([`Cookie: ${MASK}`, "Cookie: c", "X-Name: ü"]);
  });

  test("behind the body are shown as trailers", async () => {
    const printed = await detail({ trailers: ["Expires", "never"] }, []);
    expect(printed[printed.indexOf("Trailers") + 1]).toBe("  Expires: never");
  });
});

describe("the body", () => {
  test("is left out where there is none", async () => {
    expect(await detail({ body: textBody("") }, [])).not.toContain("Body");
  });

  test("is masked unless it is to be revealed", async () => {
    const body = textBody('{"password":"hunter2"}');
    expect(await detail({ body }, [])).toContain(`  {"password":"${MASK}"}`);
    expect(await detail({ body }, [], true)).toContain('  {"password":"hunter2"}');
  });

  test("is masked also where the preview cuts the secret in two", async () => {
    const body = textBody(`{"a":"${"x".repeat(1000)}",\n"token":"${"s3cret".repeat(5000)}"}`);
    expect((await detail({ body }, [])).join("\n")).not.toContain("s3cret");
  });

  test("is cut after forty lines or sixteen kibibytes, and the cut is named", async () => {
    const lines = await detail({ body: textBody("l\n".repeat(100)) }, []);
    expect(lines).toContain("Body (the beginning; --body for all, --raw for exact bytes)");
    expect(lines.filter((line) => line === "  l")).toHaveLength(40);
    const wide = await detail({ body: textBody(`${"x".repeat(1000)}\n`.repeat(17)) }, []);
    expect(wide).toContain("Body (the beginning; --body for all, --raw for exact bytes)");
  });

  test("is named, not shown, where it is binary or spooled", async () => {
    const binary = bytesBody(Buffer.from([0, 1, 2, 3, 255, 254, 0, 1]));
    expect(await detail({ body: binary }, [])).toContain("Body 8 B of binary content. hookcli show 42 --raw");
    expect(await detail({ body: spooledBody("x".repeat(1234)) }, [])).toContain(
      "Body 1.2 kB: too large to show here. hookcli show 42 --raw",
    );
  });

  test("of a response that is not whole here: another command has all of it", async () => {
    const printed = (text: string) =>
      detail({}, [sampleDelivery({ attempts: [sampleAttempt({ outcome: answered(200, text) })] })]);
    expect(await printed("l\n".repeat(100))).toContain(
      "Response body (the beginning; hookcli show 42 --json --body for all)",
    );
    expect(await printed("\0".repeat(9))).toContain(
      "Response body 9 B of binary content. hookcli show 42 --json --body",
    );
  });

  test("that ends in a line feed has no empty line behind it", async () => {
    for (const end of ["\n", "\r\n"])
      expect((await detail({ body: textBody(`a${end}`) }, [])).slice(-3)).toEqual([
        "  a",
        "",
        "Next: hookcli replay 42",
      ]);
  });

  test("of text in Windows lines has no stray carriage returns", async () => {
    expect((await detail({ body: textBody("a\r\nb") }, [])).slice(-4, -2)).toEqual(["  a", "  b"]);
  });
});

test("nothing foreign reaches the terminal raw", async () => {
  const evil = "\u001b[2J\u009b\u007f";
  const outcome = answered(200, `t${evil}`, ["X-Evil", evil], evil);
  const headers = ["X-Evil", evil, "Content-Type", evil];
  const request = { target: `/${evil}`, method: `A${evil}`, headers, event: { eventType: evil } };
  const printed = await detail({ ...request, trailers: ["T", evil], body: textBody(`a text ${evil}`) }, [
    sampleDelivery({ url: `http://localhost/${evil}`, attempts: [sampleAttempt({ outcome })] }),
  ]);
  expect(printed.filter((line) => DANGEROUS.test(line))).toEqual([]);
  expect(printed.filter((line) => line.includes("\\x1b[2J"))).toHaveLength(11);
});

/** The printed lines. */
async function detail(
  changes: Partial<StoredRequest>,
  deliveries: readonly Delivery[],
  isRevealed = false,
): Promise<readonly string[]> {
  const recorded = await recordedSurroundings();
  await printDetail(recorded.at, sampleRequest(changes), deliveries, isRevealed ? revealing : usualMask);
  return (await recorded.out()).replace(/\n$/, "").split("\n");
}
