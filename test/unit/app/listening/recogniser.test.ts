import { expect, test } from "vitest";
import { Recogniser } from "../../../../src/app/listening/recogniser.ts";
import { capturedRequest, textBody } from "../../../helpers/samples.ts";

const options = { secrets: [], schemes: [], answersHandshakes: false };

test("a request that comes before it has loaded waits for it, and keeps its place", async () => {
  const recogniser = new Recogniser(options);
  const done: unknown[] = [];
  const waiting = [1, 2, 3].map(async (id) => {
    const { event } = await recogniser.examine(capturedRequest({ body: textBody(`{"id":${id}}`) }));
    done.push(event.eventId);
  });
  await Promise.all(waiting);
  expect(done).toEqual(["1", "2", "3"]);
});

test("one that comes later does not wait", async () => {
  const recogniser = new Recogniser(options);
  await Promise.all([recogniser.load(), recogniser.load()]);
  expect(recogniser.examine(capturedRequest())).toMatchObject({ event: { verdict: { kind: "unsigned" } } });
});
