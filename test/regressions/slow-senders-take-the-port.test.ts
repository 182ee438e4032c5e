import { describe, expect, test } from "vitest";
import { jsonReply } from "../../src/core/model/reply.ts";
import { gate, startCapture } from "../helpers/capture.ts";
import { RawClient } from "../helpers/raw-client.ts";

const PLACES = 40;
const LIMITS = { maxConnections: PLACES };
const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const BODY = "POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx";

/** What senders who stay have said; after that they drip, or say nothing. */
const STAYING = {
  "a body that drips": BODY,
  "a body that drips behind a request": GET + BODY,
  "a head that drips": "POST /slow HTTP/1.1\r\nHost:",
  "a head that drips behind a request": `${GET}POST /slow HTTP/1.1\r\nHost:`,
  nothing: "",
  "one request": GET,
  "the beginning of TLS": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
} as const;

describe.each(Object.entries(STAYING))("a port that is full of senders with %s", (_what, said) => {
  test("answers ten of ten others", async () => {
    const { port } = await startCapture({ limits: LIMITS });
    const senders = await filled(port, said);
    await Promise.all(senders.map((sender) => sender.replies(said.split(GET).length - 1)));
    for (let count = 0; count < 10; count += 1) expect(await statusOf(port)).toBe(200);
    for (const sender of senders) sender.close();
  });
});

test("a port that is full of senders who do not read their replies answers ten of ten others", async () => {
  const { port, handled } = await startCapture({
    limits: LIMITS,
    handle: ({ target }) => ({
      status: 200,
      headers: [],
      body: { kind: "bytes", bytes: Buffer.alloc(target === "/large" ? 16 * 1024 * 1024 : 2) },
    }),
  });
  const senders = await filled(port, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n", (sender) => sender.pause());
  await handled(PLACES);
  // A sender counts as slow from when it has taken nothing for a while.
  await expect.poll(() => statusOf(port)).toBe(200);
  for (let count = 0; count < 9; count += 1) expect(await statusOf(port)).toBe(200);
  for (const sender of senders) sender.close();
});

test("a port that is full of senders whom a fault never answers answers others", async () => {
  const { port, handled } = await startCapture({
    limits: LIMITS,
    handle: ({ target }) => ({ ...jsonReply(200, {}), ...(target === "/hang" ? { manner: { kind: "never" } } : {}) }),
  });
  const senders = await filled(port, "GET /hang HTTP/1.1\r\nHost: a\r\n\r\n");
  await handled(PLACES);
  expect(await statusOf(port)).toBe(200);
  for (const sender of senders) sender.close();
});

test("whoever waits for the reply to a whole request keeps its place, however full the port is, and gets it", async () => {
  const slow = gate();
  const notices: string[] = [];
  const { port, handled } = await startCapture({
    limits: LIMITS,
    onNotice: (code) => notices.push(code),
    handle: async () => {
      await slow.opened;
      return jsonReply(200, {});
    },
  });
  const senders = await filled(port, GET);
  await handled(PLACES);
  const late = await RawClient.connect(port);
  expect(await late.ended()).toHaveLength(0);
  expect(notices).toEqual(["PORT_TAKEN"]);
  slow.open();
  const replies = await Promise.all(senders.map((sender) => sender.replies(1)));
  expect(replies.map(([reply]) => reply?.status)).toEqual(Array(PLACES).fill(200));
  for (const sender of senders) sender.close();
});

test("what came of an evicted body is stored as partial, and its sender is told why", async () => {
  const { port, server, captured } = await startCapture({ limits: { maxConnections: 1 } });
  const slow = await RawClient.connect(port);
  await slow.write(BODY);
  await expect.poll(() => server.arrivingCount).toBe(1);
  await expect.poll(() => statusOf(port)).toBe(200);
  expect((await slow.replies(1))[0]?.status).toBe(503);
  const partial = captured.find(({ target }) => target === "/slow");
  expect(partial).toMatchObject({
    completeness: "partial",
    refusal: { code: "port-full" },
    body: { bytes: Buffer.from("x") },
  });
});

async function filled(
  port: number,
  said: string,
  prepare?: (sender: RawClient) => void,
): Promise<readonly RawClient[]> {
  const senders = await Promise.all(Array.from({ length: PLACES }, () => RawClient.connect(port)));
  for (const sender of senders) {
    prepare?.(sender);
    if (said !== "") await sender.write(said);
  }
  return senders;
}

async function statusOf(port: number): Promise<number | undefined> {
  const client = await RawClient.connect(port);
  await client.write(GET);
  const [reply] = await client.replies(1);
  client.close();
  return reply?.status;
}
