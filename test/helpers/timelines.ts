import { compareGroup, type CompareGroupOptions, type ComparedGroup } from "../../src/app/looking/compare-group.ts";
import { groupOf } from "../../src/app/looking/retry-groups.ts";
import type { HeaderPairs } from "../../src/core/model/headers.ts";
import type { CapturedRequest, SentReply } from "../../src/core/model/request.ts";
import { DEFAULT_TOLERANCE } from "../../src/core/schedules/comparison.ts";
import { readEventFacts } from "../../src/core/schemes/event-facts.ts";
import type { Store } from "../../src/io/store/store.ts";
import { capturedRequest, SAMPLE_TIME_MS, textBody } from "./samples.ts";
import { openStore } from "./stores.ts";

/** When the first attempt of every timeline arrives. */
export const FIRST_MS = SAMPLE_TIME_MS;

/** One attempt of a recorded timeline. */
export interface Arrival {
  /** Since the first attempt. */
  readonly seconds: number;
  /** What the sender was told; 0: nothing. Default 500. Null: nobody knows. */
  readonly told?: number | null;
  readonly note?: string;
  readonly headers?: HeaderPairs;
  readonly body?: string;
}

/** How a provider's attempts look; each has the forms that its pages and captured requests show. */
export interface Sender {
  readonly headers: HeaderPairs;
  readonly body: string;
}

const HEX = "a".repeat(64);

export const senders = {
  slack: {
    headers: ["X-Slack-Request-Timestamp", "1531420618", "X-Slack-Signature", `v0=${HEX}`],
    body: '{"type":"event_callback","event_id":"Ev08MFMKH6","event_time":1234567890,"event":{"type":"app_mention"}}',
  },
  square: {
    headers: [
      "x-square-hmacsha256-signature",
      "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=",
      "square-initial-delivery-timestamp",
      new Date(FIRST_MS).toISOString(),
    ],
    body: '{"merchant_id":"MLEF","type":"payment.created","event_id":"ac3ac95b-f97d","created_at":"2026-03-04T05:06:00Z","data":{"id":"KkAkhdMsgzn59SM8A89WgKwekxLZY"}}',
  },
  svix: {
    headers: ["svix-id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "svix-timestamp", "1614265330", "svix-signature", "v1,aaaa"],
    body: '{"type":"user.created","data":{"id":"user_1"}}',
  },
  standardwebhooks: {
    headers: [
      "webhook-id",
      "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
      "webhook-timestamp",
      "1674087231",
      "webhook-signature",
      "v1,aaaa",
    ],
    body: '{"type":"contact.created","timestamp":"2022-11-03T20:26:10.344522Z","data":{"id":"1f81eb52"}}',
  },
  shopify: {
    headers: [
      "X-Shopify-Topic",
      "orders/create",
      "X-Shopify-Hmac-Sha256",
      "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=",
      "X-Shopify-Event-Id",
      "98880550-7158-44d4-b7cd-2c97c8a091b5",
    ],
    body: '{"id":820982911946154500,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508"}',
  },
  paddle: {
    headers: ["Paddle-Signature", `ts=1671552777;h1=${HEX}`, "Paddle-Version", "1", "User-Agent", "Paddle"],
    body: '{"event_id":"evt_01gks14ge726w50ch2tmaw2a1x","event_type":"transaction.paid","occurred_at":"2022-12-20T16:00:00Z","data":{"id":"txn_01"}}',
  },
  github: {
    headers: [
      "X-GitHub-Event",
      "push",
      "X-GitHub-Delivery",
      "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "X-Hub-Signature-256",
      `sha256=${HEX}`,
    ],
    body: '{"ref":"refs/heads/main"}',
  },
  stripe: {
    headers: ["Stripe-Signature", `t=1492774577,v1=${HEX}`],
    body: '{"id":"evt_1MqqbKLt4dXK03v5qaIbiNCC","object":"event","created":1680064028,"type":"invoice.paid","data":{"object":{"id":"in_1"}}}',
  },
  nobody: { headers: [], body: '{"hi":"there"}' },
} as const satisfies Readonly<Record<string, Sender>>;

/** What arrives, as capture hands it over. */
export function arrivalOf(sender: Sender, { seconds, headers = [], body = sender.body }: Arrival): CapturedRequest {
  return capturedRequest({
    headers: ["Host", "localhost:4400", "Content-Type", "application/json", ...sender.headers, ...headers],
    body: textBody(body),
    receivedAtMs: FIRST_MS + Math.round(seconds * 1000),
    receiveDurationMs: 0,
  });
}

/** Stores a timeline as a listener would have, in its order; all of it in one commit. */
export async function record(store: Store, sender: Sender, arrivals: readonly Arrival[]): Promise<void> {
  const stored = arrivals.map(async (arrival) => {
    const request = arrivalOf(sender, arrival);
    const { told = 500, note } = arrival;
    const reply: SentReply | undefined = told === null ? undefined : { status: told, note };
    await store.insertRequest(request, { event: readEventFacts(request), reply });
  });
  await Promise.all(stored);
}

/** Attempts at these seconds after the first one, all answered alike. */
export function at(...seconds: readonly number[]): readonly Arrival[] {
  return seconds.map((second) => ({ seconds: second }));
}

/** The number and reason that Slack or Square send with a retry. */
export function retried(prefix: "x-slack-retry" | "square-retry", number: number, reason: string): HeaderPairs {
  return [
    prefix === "x-slack-retry" ? `${prefix}-num` : `${prefix}-number`,
    String(number),
    `${prefix}-reason`,
    reason,
  ];
}

/** Records a timeline in a store of its own and holds it against what is expected; by default at its last arrival. */
export async function comparedTimeline(
  sender: Sender,
  arrivals: readonly Arrival[],
  {
    nowSeconds = arrivals.at(-1)?.seconds ?? 0,
    ...options
  }: Partial<CompareGroupOptions> & { nowSeconds?: number } = {},
): Promise<ComparedGroup> {
  const store = openStore();
  await record(store, sender, arrivals);
  const request = store.read.findRequest({ kind: "latest", back: 0 });
  if (!request) throw new Error("nothing is stored");
  const nowMs = FIRST_MS + nowSeconds * 1000;
  const fixed = { nowMs, tolerance: DEFAULT_TOLERANCE, schemes: [] };
  return compareGroup(await groupOf(request, store), { ...fixed, ...options });
}
