import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { patientTimeout } from "../../../../src/io/delivery/patient-timeout.ts";
import { heldUpFor } from "../../../helpers/held-up.ts";

test("what came while the process was busy is seen before the time is over", async () => {
  const seen: string[] = [];
  const { port1, port2 } = new MessageChannel();
  const over = new Promise<void>((resolve) => {
    port2.on("message", () => seen.push("came"));
    patientTimeout(1, () => {
      seen.push("over");
      resolve();
    });
  });
  port1.postMessage("came");
  heldUpFor(30);
  await over;
  port1.close();
  expect(seen).toEqual(["came", "over"]);
});

test("one that is stopped never calls, before its time and behind it", async () => {
  let calls = 0;
  const stops = [patientTimeout(0, () => (calls += 1)), patientTimeout(1, () => (calls += 1))];
  heldUpFor(5);
  for (const stop of stops) stop();
  await new Promise<void>((resolve) => void patientTimeout(5, resolve));
  expect(calls).toBe(0);
});
