import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { outgoingFaults } from "../../src/core/faults/outgoing/index.ts";
import { type Finished, jsonLinesOf, listenPlainly } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";

const SECRET = "whsec_test";
const STRIPE = ["send", "invoice.paid", "--provider", "stripe", "--secret", SECRET];

/** What came to a handler: whole or not, when its last byte came, and what was answered. */
interface Came {
  readonly body: string;
  readonly announcedBytes: number;
  readonly tookMs: number;
  readonly status: number | undefined;
}

/** What a handler that does everything right answers, and what `send` says of it. */
const expected: Readonly<Record<string, { readonly statuses: readonly number[]; readonly exit: number }>> = {
  tampered: { statuses: [400], exit: 1 },
  stale: { statuses: [400], exit: 1 },
  future: { statuses: [400], exit: 1 },
  duplicated: { statuses: [200, 208], exit: 0 },
  "content-type": { statuses: [415], exit: 1 },
  truncated: { statuses: [], exit: 5 },
  "slow-upload": { statuses: [200], exit: 0 },
};

test("the handler of these tests takes what is right", async () => {
  const { url, came } = await handler();
  expect((await runHere([...STRIPE, "--to", url])).code).toBe(0);
  expect(came).toMatchObject([{ status: 200 }]);
});

test.each(outgoingFaults)(
  "an event that is $name is noticed by a handler that is right, and --fault and its own flag are the same",
  async ({ name, flag }) => {
    const wanted = expected[name];
    const ways = new Map([`--fault ${name}`, flag].map((written) => [written, written.split(" ")]));
    for (const flags of ways.values()) {
      const { url, came } = await handler();
      const sent = await runHere([...STRIPE, "--to", url, ...flags, "--json"]);
      expect([flags, sent.code]).toEqual([flags, wanted?.exit]);
      await expect.poll(() => came.length).toBeGreaterThan(0);
      expect(came.flatMap(({ status }) => status ?? [])).toEqual(wanted?.statuses);
      const [line] = jsonLinesOf(sent.out);
      const isNamed = flags[0] === "--fault" || flags[0] === "--tamper";
      expect(line?.["faults"]).toEqual(isNamed && name !== "duplicated" ? [name] : []);
      if (name === "slow-upload") expect(came[0]?.tookMs).toBeGreaterThan(4000);
      if (name === "truncated") expect(came[0]?.body.length).toBe(Math.floor((came[0]?.announcedBytes ?? 0) / 2));
    }
  },
);

test("several at once, seen by a listener that is a handler too", async () => {
  const env = { HOOKCLI_SECRET_STRIPE: SECRET };
  const { bin } = await listenPlainly([], { env });
  const send = (...flags: string[]): Promise<Finished> =>
    runHere(["send", "invoice.paid", "--provider", "stripe", ...flags], { folder: bin.folder, env });
  const sent = await send("--fault", "stale,duplicated", "--fault", "content-type");
  expect(sent.code).toBe(0);
  expect(sent.out).toMatch(/ \(stale, content-type\)\n.* \(stale, content-type, copy 2\)\n/);
  await bin.prints(/#2 .*signature ✗ stale/);
  await send("--fault", "truncated");
  await bin.prints(/#3 .*refused 400: the sender/);
});

test("what would be wrong is told by --dry-run too", async () => {
  const { code, out } = await runHere([...STRIPE, "--to", "9", "--dry-run", "--fault", "truncated", "--tamper"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^evt_.* \(tampered, truncated\)\n/);
});

test.each([
  [["--fault", "trunctated"], /--fault cannot be "trunctated": did you mean truncated\?\n.*--fault truncated/],
  [["--fault", "reset"], /it is not one of tampered, stale, future, duplicated, content-type, truncated, slow-upload/],
  [["--fault", "stale", "--unsigned"], /--fault stale is about what is signed, and with --unsigned nothing is/],
  [["--tamper", "--unsigned"], /--tamper is about what is signed/],
])("%j is a mistake", async (flags, complaint) => {
  const { code, err } = await runHere(["send", "order.completed", "--to", "9", ...flags]);
  expect(code).toBe(2);
  expect(err).toMatch(complaint);
});

test("a fault in the signature needs a secret", async () => {
  const { code, err } = await runHere(["send", "order.completed", "--to", "9", "--fault", "stale"]);
  expect([code, err]).toEqual([2, expect.stringContaining("--secret")]);
});

/** A handler as Stripe wants it: looks at the type, the signature over the raw bytes, its age in both directions, and the id. */
async function handler(): Promise<{ readonly url: string; readonly came: Came[] }> {
  const came: Came[] = [];
  const known = new Set<string>();
  const server = createServer((request, response) => {
    const startedMs = performance.now();
    const chunks: Buffer[] = [];
    const finish = (status: number | undefined): void => {
      const body = Buffer.concat(chunks).toString();
      const announcedBytes = Number(request.headers["content-length"]);
      came.push({ body, announcedBytes, tookMs: performance.now() - startedMs, status });
    };
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => finish(undefined));
    request.on("end", () => {
      const status = judged(request, Buffer.concat(chunks), known);
      finish(status);
      answer(response, status);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { url: `127.0.0.1:${(server.address() as AddressInfo).port}`, came };
}

function judged({ headers }: IncomingMessage, body: Buffer, known: Set<string>): number {
  if (!(headers["content-type"] ?? "").startsWith("application/json")) return 415;
  const [, at = "", signature] = /t=(\d+),v1=([0-9a-f]+)/.exec(String(headers["stripe-signature"])) ?? [];
  if (Math.abs(Date.now() / 1000 - Number(at)) > 300) return 400;
  if (createHmac("sha256", SECRET).update(`${at}.`).update(body).digest("hex") !== signature) return 400;
  const { id } = JSON.parse(body.toString()) as { readonly id: string };
  if (known.has(id)) return 208;
  known.add(id);
  return 200;
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: "close" }).end();
}
