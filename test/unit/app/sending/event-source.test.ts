import { describe, expect, test } from "vitest";
import type { OutgoingEvent } from "../../../../src/app/sending/compose-event.ts";
import { EventSource, type EventSourceOptions, putIntoBody } from "../../../../src/app/sending/event-source.ts";
import { parseJsonEdit, parseTextEdit } from "../../../../src/core/json/edit-json.ts";
import { bytesBody } from "../../../../src/core/model/body.ts";
import { samples } from "../../../../src/core/samples/index.ts";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";

const AT_MS = Date.UTC(2026, 10, 22, 14, 32, 15);

function source(provider: string, types: readonly string[], wanted: Partial<EventSourceOptions> = {}): EventSource {
  const scheme = findScheme(provider);
  const found = samples.find((one) => one.provider === provider);
  if (!scheme || !found) throw new Error(`there is no ${provider}`);
  return new EventSource({
    scheme,
    samples: found,
    kinds: types.map((type) => {
      const known = found.types.find((sample) => sample.type === type);
      return { type, build: known?.build ?? found.anyType ?? (() => ({})), isBorrowed: !known && !found.anyType };
    }),
    given: undefined,
    edits: [],
    eventId: undefined,
    apiVersion: undefined,
    isThin: false,
    seed: "seed",
    timeOf: () => AT_MS,
    say: () => undefined,
    ...wanted,
  });
}

function fieldsOf({ body }: OutgoingEvent): Readonly<Record<string, unknown>> {
  return JSON.parse(textOf(body)) as Readonly<Record<string, unknown>>;
}

function textOf(body: OutgoingEvent["body"]): string {
  return body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
}

const slot = (round: number, index = 0, copy = 1) => ({ round, index, copy });

test("copies are the same event, rounds are about other objects, and the events of a round about one", () => {
  const made = source("generic", ["order.created", "order.completed"]);
  const [created, copy, completed, next] = [slot(0), slot(0, 0, 2), slot(0, 1), slot(1)].map((at) => made.event(at));
  const dataOf = (event: OutgoingEvent | undefined) => event && (fieldsOf(event)["data"] as { readonly id: string });
  expect(copy).toEqual(created);
  expect(completed?.eventId).not.toBe(created?.eventId);
  expect(dataOf(completed)?.id).toBe(dataOf(created)?.id);
  expect(dataOf(next)?.id).not.toBe(dataOf(created)?.id);
});

test("the events of a round happened a second apart, in the order in which they were asked for", () => {
  const made = source("generic", ["order.created", "order.shipped", "order.delivered"]);
  const times = [2, 0, 1].map((index) => fieldsOf(made.event(slot(0, index)))["created_at"]);
  expect(times).toEqual(["2026-11-22T14:32:15Z", "2026-11-22T14:32:13Z", "2026-11-22T14:32:14Z"]);
});

test("edits are made in what was made up, and what was perhaps not meant is said", () => {
  const said: string[] = [];
  const edits = [parseTextEdit("data.amount=5", "--set"), parseJsonEdit("data.tags=[1]", "--set-json")];
  const made = source("generic", ["order.created"], { edits, say: (note) => said.push(note) });
  expect(fieldsOf(made.event(slot(0)))["data"]).toMatchObject({ amount: "5", tags: [1] });
  expect(said).toEqual([expect.stringContaining("data.amount was a number and is text now")]);
});

test("an id that is asked for gets into a form that has none of its own", () => {
  const made = source("generic-t-s", ["order.created"], { eventId: "evt_1" });
  expect(fieldsOf(made.event(slot(0)))).toMatchObject({ event: "order.created", id: "evt_1" });
});

test("a borrowed sample has the type that was asked for, and an id", () => {
  const found = samples.find(({ provider }) => provider === "square");
  const build = found?.types[0]?.build ?? (() => ({}));
  const made = source("square", [], { kinds: [{ type: "payment.lost", build, isBorrowed: true }] });
  const event = made.event(slot(0));
  expect(fieldsOf(event)).toMatchObject({ type: "payment.lost", event_id: event.eventId });
});

test("a body that is given goes out to the byte, and the id that it holds counts", () => {
  const given = Buffer.from('{ "id": "evt_9",\n "n": 1.0 }');
  const event = source("stripe", ["invoice.paid"], { given }).event(slot(0));
  expect([textOf(event.body), event.eventId]).toEqual([given.toString(), "evt_9"]);
  const renamed = source("stripe", ["invoice.paid"], { given, eventId: "evt_1" }).event(slot(0));
  expect([textOf(renamed.body), renamed.eventId]).toEqual(['{ "id": "evt_1",\n "n": 1.0 }', "evt_1"]);
});

test("bytes that are no text stay bytes", () => {
  const given = Buffer.from([0xff, 0x00, 0xfe]);
  const { body } = source("generic", ["order.created"], { given }).event(slot(0));
  expect(body).toEqual({ kind: "bytes", bytes: given });
});

test("a sender of forms sends forms, and JSON that is given as JSON", () => {
  const form = source("twilio", ["received"]).event(slot(0));
  expect(new URLSearchParams(textOf(form.body)).get("MessageSid")).toBe(form.eventId);
  expect(form.contentType).toBe("application/x-www-form-urlencoded");
  const given = source("twilio", ["received"], { given: Buffer.from('{"a":1}') }).event(slot(0));
  expect(given.contentType).toBe("application/json");
});

test("the type in the headers is the provider's, and so is the place of a version", () => {
  expect(source("github", ["issues.opened"]).event(slot(0)).headerType).toBe("issues");
  const versioned = source("shopify", ["orders/paid"], { apiVersion: "2026-01" }).event(slot(0));
  expect([versioned.headerType, versioned.headers]).toEqual(["orders/paid", ["X-Shopify-API-Version", "2026-01"]]);
  expect(fieldsOf(source("stripe", ["invoice.paid"], { apiVersion: "v9" }).event(slot(0)))).toMatchObject({
    api_version: "v9",
  });
});

describe("putting into a body", () => {
  function put(json: string, place: string | undefined, text: string): string {
    const body = putIntoBody(bytesBody(Buffer.from(json)), place, text);
    return body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
  }

  test.each([
    ['{"type":"a"}', "b:type", "order.paid", '{"type":"order.paid"}'],
    ['{"type":"a"}', "b:event.type|b:type", "order.paid", '{"type":"a","event":{"type":"order.paid"}}'],
    ['{"action":"a"}', "h:x-github-event+b:action", "issues.opened", '{"action":"opened"}'],
    ['{"type":"a","action":"b"}', "b:type + b:action", "Issue.update", '{"type":"Issue","action":"update"}'],
    ['{"a":1}', "h:x-shopify-topic", "orders/paid", '{"a":1}'],
    ['{"a":1}', undefined, "orders/paid", '{"a":1}'],
    ['{"action":"a"}', "h:x-github-event+b:action", "push", '{"action":"a"}'],
    ["no JSON", "b:type", "order.paid", "no JSON"],
  ])("into %s at %s goes %s", (json, place, text, expected) => {
    expect(put(json, place, text)).toBe(expected);
  });
});
