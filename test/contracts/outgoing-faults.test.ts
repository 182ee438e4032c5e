import type { Flag } from "../../src/cli/flags/flag.ts";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { send } from "../../src/cli/commands/send/command.ts";
import type { OutgoingFault } from "../../src/core/faults/outgoing/outgoing-fault.ts";
import { outgoingFaults } from "../../src/core/faults/outgoing/index.ts";
import { type Body, bodySizeBytes, bytesBody } from "../../src/core/model/body.ts";
import type { Clock } from "../../src/core/model/clock.ts";
import type { Message } from "../../src/core/model/request.ts";
import { standardwebhooks } from "../../src/core/schemes/entries/standardwebhooks.ts";
import { TargetClient } from "../../src/io/delivery/target-client.ts";
import { SAMPLE_TIME_MS } from "../helpers/samples.ts";
import { judgementOf, signedMessage } from "../helpers/signing.ts";
import { filesBelow } from "../helpers/sources.ts";
import { SteppedClock } from "../helpers/stepped-clock.ts";

const BODY = '{"id":"evt_1","amount":4999}';
const CASE = {
  scheme: standardwebhooks,
  secret: `whsec_${Buffer.from("a secret of 24 characters").toString("base64")}`,
  url: "http://localhost/",
  body: BODY,
};

/** What a fault does, seen by whoever gets it: each has its proof here. */
const proofs: Readonly<Record<string, (fault: OutgoingFault) => Promise<void>>> = {
  tampered: async ({ change }) => {
    if (change.stage !== "signed") throw new Error(change.stage);
    const message = await signedMessage(CASE);
    expect((await judgementOf(message, CASE)).verdict.kind).toBe("verified");
    const tampered = await change.edit(message, async (changed) => (await verdictOf(changed)) !== "verified");
    expect(tampered && (await verdictOf(tampered))).toBe("mismatch");
    expect(tampered && { ...tampered, body: message.body }).toEqual(message);
    expect(() => JSON.parse(textOf(tampered?.body)) as unknown).not.toThrow();
  },
  stale: async ({ change }) => expect(await verdictSignedAt(change)).toBe("stale"),
  future: async ({ change }) => expect(await verdictSignedAt(change)).toBe("future"),
  duplicated: async ({ change }) => expect(change).toEqual({ stage: "copies", copies: 2 }),
  "content-type": async ({ change }) => {
    if (change.stage !== "draft") throw new Error(change.stage);
    const message: Message = {
      method: "POST",
      target: "/",
      headers: ["A", "1", "content-TYPE", "application/json"],
      body: bytesBody(Buffer.from(BODY)),
    };
    expect(change.edit(message)).toEqual({ ...message, headers: ["A", "1", "content-TYPE", "text/plain"] });
    expect(change.edit({ ...message, headers: ["A", "content-type"] }).headers).toEqual([
      "A",
      "content-type",
      "Content-Type",
      "text/plain",
    ]);
  },
  truncated: async (fault) => {
    const { received, outcome } = await sentBy(fault, new SteppedClock());
    expect(received).toMatch(/content-length: 28\r\n\r\n\{"id":"evt_1",$/);
    expect(outcome).toBe("no-response");
  },
  "slow-upload": async (fault) => {
    const clock = new SteppedClock();
    const sending = sentBy(fault, clock);
    let waitedMs = 0;
    for (let step = 0; step < BODY.length; step += 1) {
      await clock.waiting(1);
      const [stepMs = 0] = clock.remainingMs;
      waitedMs += stepMs;
      clock.advance(stepMs);
    }
    const { received, outcome } = await sending;
    expect(waitedMs).toBeCloseTo(5000);
    expect(received.endsWith(BODY)).toBe(true);
    expect(outcome).toBe("response");
  },
};

describe.each(outgoingFaults)("$name", (fault) => {
  test("is what it says", async () => {
    await proofs[fault.name]?.(fault);
    expect(Object.keys(proofs)).toContain(fault.name);
  });

  test("says so in sentences, and names a flag that send has", () => {
    for (const sentence of [fault.summary, fault.expected]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    const [name = "", value] = fault.flag.split(" ");
    const given: readonly Flag[] = send.flags;
    const flag = given.find(({ flags: written }) => /--[a-z-]+/.exec(written)?.[0] === name);
    expect([fault.flag, flag !== undefined]).toEqual([fault.flag, true]);
    if (name === "--fault") expect(value).toBe(fault.name);
    expect(given.find(({ flags: written }) => written.startsWith("--fault"))?.choices).toContain(fault.name);
  });
});

test("lists every file, once, under its name", () => {
  const files = filesBelow("src/core/faults/outgoing/entries").map((file) => file.replace(/^.*\/(.*)\.ts$/, "$1"));
  expect(outgoingFaults.map(({ name }) => name).toSorted()).toEqual(files);
});

async function verdictOf(message: Message, atMs?: number): Promise<string> {
  return (await judgementOf(message, CASE, atMs)).verdict.kind;
}

/** Of a message that was signed as the fault says, judged when it arrives. */
async function verdictSignedAt(change: OutgoingFault["change"]): Promise<string> {
  if (change.stage !== "time") throw new Error(change.stage);
  return verdictOf(await signedMessage(CASE), SAMPLE_TIME_MS - change.offsetMs);
}

/** The bytes that a target gets, which answers what is whole. */
async function sentBy(
  { change }: OutgoingFault,
  clock: Clock,
): Promise<{ readonly received: string; readonly outcome: string | undefined }> {
  if (change.stage !== "wire") throw new Error(change.stage);
  const body = change.edit(bytesBody(Buffer.from(BODY)), clock);
  let received = "";
  const closed = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("close", () => closed.resolve());
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1");
      if (received.endsWith(BODY)) socket.end("HTTP/1.1 204 No Content\r\n\r\n");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = new TargetClient({
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    insecure: false,
  });
  onTestFinished(async () => {
    await client.close();
    server.close();
  });
  const headers = ["host", "a", "content-length", String(bodySizeBytes(body))];
  const openSink = (): never => {
    throw new Error("nothing large is answered");
  };
  const exchange = client.send(
    { method: "POST", path: "/", headers, body },
    { timeoutMs: 0, isRelayed: false, openSink },
  );
  const { outcome } = await exchange.ended;
  await closed.promise;
  return { received, outcome: outcome?.kind };
}

function textOf(body: Body | undefined): string {
  return body?.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
}
