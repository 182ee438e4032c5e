import { expect, test } from "vitest";
import { printWouldSend, type WouldSend } from "../../../../../src/cli/commands/send/dry-run.ts";
import { bytesBody } from "../../../../../src/core/model/body.ts";
import { parseTarget } from "../../../../../src/core/model/target.ts";
import { jsonLinesOf } from "../../../../helpers/bin.ts";
import { openForwarder } from "../../../../helpers/pipelines.ts";
import { capturedRequest, textBody } from "../../../../helpers/samples.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../../helpers/surroundings.ts";

const URL = "http://localhost:8000/base/hooks";

/** An event for /hooks on a target with a path of its own. */
function would(changes: Partial<WouldSend> = {}, body = textBody('{"hi":1}'), isSigned = true): WouldSend {
  const headers = ["Host", "sender", "Content-Type", "application/json", "X-Sig", "abc"];
  const request = capturedRequest({ target: "/hooks", headers, body });
  const route = openForwarder(openStore()).route(request, parseTarget("localhost:8000/base", "a target"));
  const prepared = { request, route, isSigned };
  return { provider: "stripe", eventId: "evt_1", eventType: "invoice.paid", faults: [], prepared, ...changes };
}

async function printed(event: WouldSend, isJson = false, wanted: SurroundingsWanted = {}): Promise<string> {
  const { at, out, err } = await recordedSurroundings(wanted);
  await printWouldSend(at, event, isJson);
  expect(await err()).toBe("");
  return out();
}

test("an event is printed as it would stand on the wire of its target, and as curl", async () => {
  const [head, first, ...rest] = (await printed(would())).split("\n");
  expect([head, first]).toEqual([`evt_1  stripe invoice.paid  → ${URL}`, "POST /base/hooks HTTP/1.1"]);
  const text = rest.join("\n");
  expect(text).toMatch(/^host: localhost:8000\n[^]*X-Sig: abc\n[^]*\n\n\{"hi":1\}\n\ncurl /);
  expect(text).toContain(`\ncurl -X POST ${URL} `);
});

test("what would be wrong with it, that it has no id, and an arrow where there is none are told", async () => {
  const event = would({ faults: ["tampered", "stale"], eventId: undefined });
  expect(await printed(event, false, { isUnicode: false })).toMatch(
    /^\(no id\) {2}stripe invoice\.paid {2}-> http:\S+ {2}\(tampered, stale\)\nPOST /,
  );
});

test("bytes that are no text are shown one character a byte", async () => {
  expect(await printed(would({}, bytesBody(Uint8Array.of(0xe9, 0x41))))).toContain("\néA\n");
});

test.each<[Partial<WouldSend>, boolean, object]>([
  [{}, true, { event: { provider: "stripe", id: "evt_1", type: "invoice.paid" }, signed: true, faults: [] }],
  [
    { eventId: undefined, faults: ["stale"] },
    false,
    { event: { provider: "stripe", id: null, type: "invoice.paid" }, signed: false, faults: ["stale"] },
  ],
])("--json has it as one object in its documented shape: %j, signed: %s", async (changes, isSigned, told) => {
  const lines = jsonLinesOf(await printed(would(changes, textBody('{"hi":1}'), isSigned), true));
  expect(lines).toEqual([
    {
      v: 1,
      kind: "would-send",
      ...told,
      url: URL,
      http: expect.stringMatching(/^POST \/base\/hooks HTTP\/1\.1\r?\n[^]*\{"hi":1\}$/) as unknown,
      curl: expect.stringMatching(/^curl /) as unknown,
    },
  ]);
});
