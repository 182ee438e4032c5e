import { expect, test } from "vitest";
import { toExported } from "../../../../src/core/formats/format.ts";
import {
  answered,
  sampleAttempt,
  sampleDelivery,
  sampleRequest,
  spooledBody,
  unanswered,
} from "../../../helpers/samples.ts";

const URL_SENT_TO = "http://localhost:8000/hooks";

test("bodies are read into memory, also those in files", async () => {
  const exported = await toExported(sampleRequest({ body: spooledBody("a large one") }), URL_SENT_TO);
  expect(Buffer.from(exported.body).toString()).toBe("a large one");
  expect(exported).toMatchObject({ id: 42, url: URL_SENT_TO });
  expect(exported.exchange).toBeUndefined();
});

test("of a delivery the newest attempt tells", async () => {
  const attempts = [
    sampleAttempt({ outcome: unanswered("refused", "") }),
    sampleAttempt({ outcome: answered(200, "ok") }),
  ];
  const { exchange } = await toExported(sampleRequest(), URL_SENT_TO, sampleDelivery({ attempts }));
  expect(exchange).toMatchObject({ durationMs: 23, response: { status: 200, body: Buffer.from("ok") } });
});

test.each([
  [unanswered("timeout", "x"), { durationMs: 23, failure: "timeout" }],
  [{ kind: "interrupted" } as const, { durationMs: 23, failure: "interrupted" }],
  [undefined, undefined],
])("an attempt that ended as %j has the exchange %j", async (outcome, exchange) => {
  const delivery = sampleDelivery({ attempts: [sampleAttempt({ outcome })] });
  expect((await toExported(sampleRequest(), URL_SENT_TO, delivery)).exchange).toEqual(exchange);
});
