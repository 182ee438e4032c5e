import { describe, expect, test } from "vitest";
import { isPlace, readPlace, stepInto } from "../../../../src/core/schemes/places.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import { textBody } from "../../../helpers/samples.ts";

function viewOf(body: string, headers: readonly string[] = [], target = "/"): MessageView {
  return new MessageView({ method: "POST", target, headers, body: textBody(body) });
}

describe("readPlace", () => {
  test("reads headers, fields of the body and the query", () => {
    const view = viewOf('{"data":[{"id":"evt_1"}]}', ["X-Event-ID", "e"], "/hooks?token=a%20b");
    expect(readPlace(view, "h:x-event-id")).toBe("e");
    expect(readPlace(view, "h:X-Event-Id")).toBe("e");
    expect(readPlace(view, "b:data.0.id")).toBe("evt_1");
    expect(readPlace(view, "q:token")).toBe("a b");
  });

  test("reads the fields of a form", () => {
    const view = viewOf("MessageSid=SM1&a.b=2", ["Content-Type", "application/x-www-form-urlencoded; charset=utf-8"]);
    expect(readPlace(view, "b:MessageSid")).toBe("SM1");
    expect(readPlace(view, "b:a.b")).toBe("2");
  });

  test("takes the first alternative that is there", () => {
    const view = viewOf('{"id":"","event_id":"e2","eventId":"e3"}');
    expect(readPlace(view, "h:x-event-id|b:id|b:event_id|b:eventId")).toBe("e2");
  });

  test("joins parts, leaves missing ones out, and wants the first", () => {
    const view = viewOf('{"type":"Issue","action":"create","empty":""}');
    expect(readPlace(view, "b:type+b:action")).toBe("Issue.create");
    expect(readPlace(view, "b:type+b:none+b:empty")).toBe("Issue");
    expect(readPlace(view, "b:none+b:action")).toBeUndefined();
    expect(readPlace(view, "b:none+b:action|b:action")).toBe("create");
  });

  test("keeps every digit of a large number", () => {
    expect(readPlace(viewOf('{"id":9007199254740993}'), "b:id")).toBe("9007199254740993");
    expect(readPlace(viewOf('{"id":9007199254740993}'), "b:id|b:x")).toBe("9007199254740993");
    expect(readPlace(viewOf('{"id":42}'), "b:id")).toBe("42");
    expect(readPlace(viewOf('{"id":1.50}'), "b:id")).toBe("1.50");
  });

  test("neither null, true nor an object is an id", () => {
    for (const value of ["null", "true", "{}", "[]", '""'])
      expect(readPlace(viewOf(`{"id":${value}}`), "b:id")).toBeUndefined();
  });

  test("what is too long is none, unless more is allowed", () => {
    const view = viewOf(JSON.stringify({ id: "x".repeat(201), other: "y" }));
    expect(readPlace(view, "b:id|b:other")).toBe("y");
    expect(readPlace(view, "b:id", 256)).toHaveLength(201);
  });

  test("names of the language are no fields", () => {
    for (const name of ["__proto__", "constructor", "toString", "length"])
      expect(readPlace(viewOf("{}"), `b:${name}`)).toBeUndefined();
    expect(readPlace(viewOf("[]"), "b:length")).toBeUndefined();
  });
});

test("isPlace tells places from other texts", () => {
  for (const text of ["h:x-id", "b:id", "b:data.0.id|h:x-id", "b:type+b:action", "q:token", "b:event-data.id"])
    expect(isPlace(text)).toBe(true);
  for (const text of ["", "id", "x:id", "h:", "b:", "h:a b", "b:a|", "|b:a", "b:a++b:b", "h:a:b", "b:a b"])
    expect(isPlace(text)).toBe(false);
});

test("stepInto goes through objects and lists, and nowhere else", () => {
  expect(stepInto({ a: [{ b: 1 }] }, ["a", "0", "b"])).toBe(1);
  expect(stepInto({ a: "text" }, ["a", "0"])).toBeUndefined();
  expect(stepInto(null, ["a"])).toBeUndefined();
  expect(stepInto(5, [])).toBe(5);
});
