import { describe, expect, test } from "vitest";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import type { Presented, TemplateSignature } from "../../../../src/core/schemes/scheme.ts";
import { TemplateRule, ruleOf } from "../../../../src/core/schemes/template-rule.ts";
import { textBody } from "../../../helpers/samples.ts";
import { generic } from "../../../../src/core/schemes/entries/generic.ts";
import { paypal } from "../../../../src/core/schemes/entries/paypal.ts";
import { stripe } from "../../../../src/core/schemes/entries/stripe.ts";
import { telegram } from "../../../../src/core/schemes/entries/telegram.ts";

const HEX = "ab".repeat(32);
const dated: TemplateSignature = {
  kind: "template",
  algorithm: "hmac-sha256",
  encoding: "hex",
  key: "utf8",
  content: "{ts}.{body}",
  headers: { "X-Sig": "t={ts},v1={sig}" },
  separator: ",",
  timestamp: { unit: "s", toleranceMs: 300_000 },
};
const beside: TemplateSignature = {
  ...dated,
  content: "{id}:{ts}:{body}",
  headers: { "X-Sig": "v0={sig}", "X-Time": "at {ts}", "X-Id": "{id}" },
};
const inBody: TemplateSignature = {
  ...dated,
  content: "{body}",
  headers: { "X-Sig": "{sig}" },
  timestamp: { unit: "ms", place: "b:at" },
};

function present(template: TemplateSignature, headers: readonly string[], body = "{}"): Presented {
  return new TemplateRule(template).present(
    new MessageView({ method: "POST", target: "/", headers, body: textBody(body) }),
  );
}

describe("what a header presents", () => {
  test("is each signature, with the time and its place", () => {
    const timestamp = { text: "1700000000", atMs: 1_700_000_000_000 };
    expect(present(dated, ["x-sig", ` v1=${HEX} ,t=1700000000,v0=x,v1=${HEX}`])).toEqual({
      kind: "present",
      signatures: [
        { text: HEX, place: "X-Sig, 1st v1", timestamp },
        { text: HEX, place: "X-Sig, 2nd v1", timestamp },
      ],
    });
  });

  test("is nothing where it is absent", () => {
    expect(present(dated, ["Host", "a"])).toEqual({ kind: "absent" });
  });

  test.each([
    ["", "holds no v1=…"],
    ["t=1700000000", "holds no v1=…"],
    ["t=1700000000,v1=", "holds no v1=…"],
    ["t=1700000000,v1=abc", "holds no hex of the right length"],
    [`v1=${HEX}`, "holds no t=…"],
    [`t=soon,v1=${HEX}`, "holds no time that can be read"],
    [`t=${"9".repeat(30)},v1=${HEX}`, "holds no time that can be read"],
  ])("cannot be read where it is %j", (value, why) => {
    expect(present(dated, ["X-Sig", value])).toEqual({ kind: "malformed", place: "X-Sig", why });
  });

  test("is incomplete where a header beside it is missing or says something else", () => {
    expect(present(beside, ["X-Sig", `v0=${HEX}`])).toEqual({ kind: "incomplete", missing: "X-Time" });
    expect(present(beside, ["X-Sig", `v0=${HEX}`, "X-Time", "1700000000"])).toEqual({
      kind: "incomplete",
      missing: "X-Time",
    });
    expect(present(beside, ["X-Sig", `v0=${HEX}`, "X-Time", "at 1700000000"])).toEqual({
      kind: "incomplete",
      missing: "X-Id",
    });
    expect(present(beside, ["X-Sig", `v0=${HEX}`, "X-Time", "at 1700000000", "X-Id", "i"]).kind).toBe("present");
    expect(present(beside, ["X-Sig", `v0=${HEX}`, "X-Time", "at x", "X-Id", "i"])).toMatchObject({
      kind: "malformed",
      place: "X-Time",
    });
  });

  test("is what can be read of several headers", () => {
    const headers = ["X-Sig", "nonsense", "X-Sig", `t=1700000000,v1=${HEX}`, "X-Sig", "t=1"];
    expect(present(dated, headers)).toMatchObject({ kind: "present", signatures: [{ text: HEX }] });
  });

  test("has its time from the body where the rule says so, and goes without one that cannot be read", () => {
    expect(present(inBody, ["X-Sig", HEX], '{"at":1700000000000}')).toMatchObject({
      signatures: [{ timestamp: { atMs: 1_700_000_000_000 } }],
    });
    for (const body of ["{}", '{"at":"soon"}', "no JSON"])
      expect(present(inBody, ["X-Sig", HEX], body)).toMatchObject({
        kind: "present",
        signatures: [{ timestamp: undefined }],
      });
  });
});

describe("the content", () => {
  const message = { method: "PUT", target: "/a?b", headers: ["X-Id", "i\u00e9"], body: textBody("B") };

  function contentOf(content: string): string {
    const rule = new TemplateRule({ ...beside, content });
    const presented = { text: HEX, place: "", timestamp: { text: "17", atMs: 17_000 } };
    const context = { url: "https://a.example/p?q=1", secretText: "s\u00e9" };
    const [found = []] = rule.contents(new MessageView(message), presented, context);
    return found.map((part) => (part === "body" ? "<body>" : Buffer.from(part).toString("latin1"))).join("");
  }

  test("is the template with its values; the body stays where it is", () => {
    expect(contentOf("{method} {url}\n{path}|{ts}{body}.{body}")).toBe(
      "PUT https://a.example/p?q=1\n/p?q=1|17<body>.<body>",
    );
  });

  test("takes header values byte for byte, and text as UTF-8", () => {
    expect(contentOf("{id}")).toBe("i\u00e9");
    expect(contentOf("{secret}é")).toBe(Buffer.from("sééé").toString("latin1").replace("Ã©Ã©Ã©", "Ã©Ã©"));
  });

  test("is none where a value is missing", () => {
    const rule = new TemplateRule(dated);
    const view = new MessageView(message);
    expect(rule.contents(view, { text: HEX, place: "" }, { url: "https://a/", secretText: "" })).toEqual([]);
  });
});

test("a rule says whether it signs the address", () => {
  for (const content of ["{url}{body}", "{path}{body}"])
    expect(new TemplateRule({ ...inBody, content }).signsUrl).toBe(true);
  expect(new TemplateRule(inBody).signsUrl).toBe(false);
});

test("what is signed anew loses all older signatures, under any of their names", async () => {
  const rule = new TemplateRule({
    ...inBody,
    headers: { "X-Sig-{n}": "{sig}" },
    alsoIn: ["Old"],
    timestamp: { unit: "s", place: "b:at" },
  });
  const headers = ["x-sig-1", "a", "Host", "h", "X-Sig-2", "b", "OLD", "c", "X-Sig-1", "d"];
  const draft = { method: "POST", target: "/", headers, body: textBody('{"at":1}'), url: "https://a/" };
  const stamp = {
    nowMs: 1_700_000_000_000,
    eventId: "",
    eventType: "",
    attemptNumber: 1,
    uuid: () => "",
    secretText: "",
  };
  const signed = await rule.sign(draft, stamp, (_, body) =>
    Promise.resolve(body.kind === "bytes" ? Buffer.from(body.bytes).toString() : ""),
  );
  expect(signed.headers).toEqual(["x-sig-1", '{"at":1700000000}', "Host", "h"]);
});

describe("the rule of a scheme", () => {
  test("makes the rule of a template once", () => {
    expect(ruleOf(stripe)?.describes).toBe("{ts}.{body}");
    expect(ruleOf(stripe)).toBe(ruleOf({ signature: stripe.signature }));
  });

  test("takes a rule in code as it is", () => {
    expect(ruleOf(generic)).toBe(generic.signature);
  });

  test("knows none where nothing is signed, or nothing that can be judged", () => {
    expect(ruleOf(telegram)).toBeUndefined();
    expect(ruleOf(paypal)).toBeUndefined();
  });
});
