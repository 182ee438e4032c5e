import { describe, expect, test } from "vitest";
import { type Body, bytesBody } from "../../../../src/core/model/body.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import { spooledBody, textBody } from "../../../helpers/samples.ts";

function viewOf(body: Body, headers: readonly string[] = []): MessageView {
  return new MessageView({ method: "POST", target: "/", headers, body });
}

describe("the headers of a message", () => {
  const headers = ["Host", "a", "X-Sig", "one", "x-sig", "two", "__proto__", "p", "X-Last"];

  test("are found by their names in lower case, the first value of each", () => {
    const view = viewOf(textBody(""), headers);
    expect(view.header("x-sig")).toBe("one");
    expect(view.header("X-Sig")).toBeUndefined();
    expect(view.header("__proto__")).toBe("p");
    expect(view.header("constructor")).toBeUndefined();
  });

  test("are found with all their values, in order", () => {
    const view = viewOf(textBody(""), headers);
    expect(view.headerAll("x-sig")).toEqual(["one", "two"]);
    expect(view.headerAll("host")).toEqual(["a"]);
    expect(view.headerAll("two")).toEqual([]);
  });

  test("are named once each; one without a value is none", () => {
    expect([...viewOf(textBody(""), headers).headerNames]).toEqual(["host", "x-sig", "__proto__"]);
  });
});

describe("the body of a message", () => {
  test("is JSON where it is", () => {
    expect(viewOf(textBody(' \n{"a":1}')).json).toEqual({ a: 1 });
    expect(viewOf(textBody("\ufeff[1]")).json).toEqual([1]);
    for (const text of ["", "null", "text", '"a"', "12", "{", "{]", "\ufeff", "\u0000"])
      expect(viewOf(textBody(text)).json ?? undefined).toBeUndefined();
  });

  test("is parsed once", () => {
    const view = viewOf(textBody('{"a":{}}'));
    expect(view.json).toBe(view.json);
  });

  test("is looked at in its head alone where it is large", () => {
    const text = JSON.stringify({ id: "evt_1", type: "x", pad: "p".repeat(300_000), late: 1 });
    expect(viewOf(textBody(text)).json).toEqual({ id: "evt_1", type: "x" });
    expect(viewOf(textBody(text)).text).toBe("");
    expect([viewOf(textBody(text)).isInPart, viewOf(textBody("{}")).isInPart]).toEqual([true, false]);
  });

  test("is not looked at where it is in a file", () => {
    const view = viewOf(spooledBody('{"a":1}'), ["Content-Type", "application/x-www-form-urlencoded"]);
    expect(view.json).toBeUndefined();
    expect(view.form.size).toBe(0);
    expect(view.text).toBe("");
  });

  test("is a form only where the content type says so", () => {
    expect(viewOf(textBody("a=1&a=2"), ["content-type", "Application/X-WWW-Form-Urlencoded"]).form.getAll("a")).toEqual(
      ["1", "2"],
    );
    expect(viewOf(textBody("a=1"), ["content-type", "text/plain"]).form.size).toBe(0);
  });

  test("is read from the middle of a larger buffer", () => {
    const whole = Buffer.from('xx{"a":1}yy');
    expect(viewOf(bytesBody(whole.subarray(2, 9))).json).toEqual({ a: 1 });
  });
});
