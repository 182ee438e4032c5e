import * as v from "valibot";
import { expect, test } from "vitest";
import { jsonShapes } from "../../../../../src/core/wire/shapes/index.ts";
import { sendShapes } from "../../../../../src/core/wire/shapes/send-shapes.ts";

test("the shapes of send are a part of all shapes, under the name of their kind", () => {
  for (const [name, shape] of Object.entries(sendShapes(v.object({}))))
    expect([shape.entries.kind.literal, name in jsonShapes]).toEqual([name, true]);
});

test("a request that carries no id has none", () => {
  const sent = {
    v: 1,
    kind: "sent",
    event: { provider: "zoom", id: null, type: "meeting.started" },
    copy: 1,
    signed: true,
    faults: ["truncated"],
    url: "http://localhost:8000/",
    attempt: {},
    says: null,
  };
  const { sent: shape } = sendShapes(v.object({}));
  expect(v.parse(shape, sent)).toEqual(sent);
  expect(v.safeParse(shape, { ...sent, copy: 0 }).success).toBe(false);
});
