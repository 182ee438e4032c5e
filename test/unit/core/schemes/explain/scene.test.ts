import { expect, test } from "vitest";
import { sceneFor, stripeMessage } from "../../../../helpers/explained.ts";
import { sceneOf } from "../../../../../src/core/schemes/explain/scene.ts";

test("times are the signature's own first, then all that headers hold and that could be one", () => {
  const headers = [
    ...stripeMessage().headers,
    "X-Webhook-Timestamp",
    "1772600001",
    "X-Sent",
    "2026-03-04T05:06:07Z",
    "Date",
    "2026-03-04T05:06:08Z",
    "X-Count",
    "17",
    "X-Other",
    "t=1772600767089",
  ];
  expect(sceneFor(stripeMessage({ headers })).times).toEqual([
    "1772600767",
    "1772600001",
    "2026-03-04T05:06:07Z",
    "1772600767089",
  ]);
});

test("ids are the event's own first, then headers that are called so", () => {
  const headers = [...stripeMessage().headers, "webhook-id", "msg_1", "X-GitHub-Delivery", "d_1", "X-Id", ""];
  expect(sceneFor(stripeMessage({ headers })).ids).toEqual(["evt_1", "msg_1", "d_1"]);
});

test("the request's own addresses are there beside those that a person named", () => {
  expect(sceneFor(stripeMessage())).toMatchObject({
    urls: ["https://shop.test/hooks"],
    ownUrls: ["https://shop.test/hooks", "http://shop.test/hooks"],
  });
});

test("a scheme that names no event has no id of its own", () => {
  const { view, body, schemes } = sceneFor(stripeMessage());
  const { eventId: _, ...nameless } = sceneFor(stripeMessage()).scheme;
  expect(sceneOf(view, nameless, body, [], { otherSecrets: [], schemes, urls: [] }).ids).toEqual([]);
});
