/**
 * Sends prepared bytes over plain sockets and reads no more of an answer than its end: several times cheaper for each
 * request than the servers it loads. Takes one load at a time over IPC and sends back its result.
 */
import { createHmac } from "node:crypto";
import { type Socket, connect } from "node:net";
import { percentile, sorted } from "../lib/stats.ts";
import type { Load, LoadResult } from "../lib/load.ts";

const BODY_BYTES = 1024;

process.on("message", (load: Load) => {
  run(load).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
process.on("disconnect", () => process.exit());
process.send?.({ port: 0 });

async function run(load: Load): Promise<LoadResult> {
  const { port, connections, forMs = Infinity, count = Infinity, stripeSecret } = load;
  const request = webhook(port, stripeSecret);
  const latenciesMs: number[] = [];
  let left = count;
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const mayGoOn = (): boolean => left-- > 0 && performance.now() - startedAt < forMs;
  try {
    await Promise.all(sockets.map((socket) => loop(socket, request, mayGoOn, latenciesMs)));
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  const ordered = sorted(latenciesMs);
  return {
    requests: ordered.length,
    perSecond: (ordered.length / elapsedMs) * 1000,
    p50Ms: percentile(ordered, 0.5),
    p99Ms: percentile(ordered, 0.99),
    busy: (user + system) / 1000 / elapsedMs,
  };
}

/** One request after the other on one connection. */
function loop(socket: Socket, request: Buffer, mayGoOn: () => boolean, latenciesMs: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    let received = "";
    const next = (): void => {
      if (!mayGoOn()) return resolve();
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1");
      const end = answerEnd(received);
      if (end === undefined || received.length < end) return;
      latenciesMs.push(performance.now() - sentAt);
      if (received.charAt(9) !== "2") return reject(new Error(received));
      received = "";
      next();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the connection was closed")));
    next();
  });
}

/** Length of the answer at the start of the text; undefined: its head is not whole yet. */
function answerEnd(text: string): number | undefined {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  if (length === undefined) throw new Error(`an answer without content-length: ${text}`);
  return headEnd + 4 + Number(length);
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.off("error", reject);
      resolve(socket);
    });
    socket.setNoDelay(true);
    socket.once("error", reject);
  });
}

const SVIX_LIKE = [
  "Webhook-Id: msg_2Lh9KRb0pzN4LePd3XiA4v12Axj",
  "Webhook-Timestamp: 1760000000",
  "Webhook-Signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
];

function stripeSignature(body: string, secret: string): string {
  const seconds = Math.floor(Date.now() / 1000);
  const sig = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `Stripe-Signature: t=${seconds},v1=${sig}`;
}

/** A request as a webhook provider sends it. */
function webhook(port: number, stripeSecret: string | undefined): Buffer {
  const start = '{"id":"evt_1","type":"invoice.paid","data":{"note":"';
  const body = `${start}${"x".repeat(BODY_BYTES - start.length - 3)}"}}`;
  const head = [
    "POST /webhooks/payments HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    "User-Agent: Example-Webhooks/1.0",
    "Accept: */*",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${body.length}`,
    ...(stripeSecret === undefined ? SVIX_LIKE : [stripeSignature(body, stripeSecret)]),
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`, "latin1");
}
