import { describe, expect, test } from "vitest";
import { bytesBody } from "../../../../../src/core/model/body.ts";
import { headerValue } from "../../../../../src/core/model/headers.ts";
import type { Message } from "../../../../../src/core/model/request.ts";
import { twilio } from "../../../../../src/core/schemes/entries/twilio.ts";
import { textBody } from "../../../../helpers/samples.ts";
import { judgementOf, signedMessage } from "../../../../helpers/signing.ts";

const FORM = ["Content-Type", "application/x-www-form-urlencoded"];
const secret = "12345";
const key = { scheme: twilio, secret };

describe("a form", () => {
  // From https://www.twilio.com/docs/usage/webhooks/webhooks-security
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  const body = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";

  test("is signed as on Twilio's page, in any order of its fields", async () => {
    for (const fields of [body, body.split("&").toReversed().join("&")]) {
      const signed = await signedMessage({ ...key, url, headers: FORM, body: fields });
      expect(headerValue(signed.headers, "x-twilio-signature")).toBe("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
      expect(signed.target).toBe("/myapp.php?foo=1&bar=2");
    }
  });

  test("counts repeated values once, sorted", async () => {
    const signatures = await Promise.all(
      ["a=2&a=1&a=2", "a=1&a=2"].map(async (fields) =>
        headerValue((await signedMessage({ ...key, url, headers: FORM, body: fields })).headers, "X-Twilio-Signature"),
      ),
    );
    expect(signatures[0]).toBe(signatures[1]);
  });

  test.each([
    ["https://a.example/x", "https://a.example:443/x"],
    ["https://a.example:443/x", "https://a.example/x"],
    ["https://a.example:8443/x", "https://a.example/x"],
    ["http://[::1]/x", "http://[::1]:80/x"],
  ])("that came to %s holds where %s was signed", async (seen, signedUrl) => {
    const signed = await signedMessage({ ...key, url: signedUrl, headers: FORM, body });
    expect((await judgementOf(signed, { ...key, url: seen })).verdict.kind).toBe("verified");
  });

  test.each(["https://a.example:8443/x", "http://a.example/x", "https://a.example/y"])(
    "that came to %s does not hold where another address was signed",
    async (seen) => {
      const signed = await signedMessage({ ...key, url: "https://a.example:444/x", headers: FORM, body });
      expect((await judgementOf(signed, { ...key, url: seen })).verdict.kind).toBe("mismatch");
    },
  );
});

describe("another body", () => {
  const url = "https://a.example/x?a=1";

  test("is signed by its hash in the address, which is renewed with it", async () => {
    const first = await signedMessage({ ...key, url, body: "{}" });
    expect(first.target).toMatch(
      /^\/x\?a=1&bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a$/,
    );
    const again = await signedMessage({ ...key, url: `https://a.example${first.target}`, body: "[]" });
    expect(again.target).toMatch(
      /^\/x\?a=1&bodySHA256=4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945$/,
    );
    expect((await judgedAtItsTarget(first)).verdict.kind).toBe("verified");
  });

  test.each([[textBody("{} ")], [bytesBody(Buffer.from([0xff]))]])(
    "that was changed does not hold (%#)",
    async (body) => {
      const signed = await signedMessage({ ...key, url, body: "{}" });
      expect((await judgedAtItsTarget({ ...signed, body })).verdict.kind).toBe("mismatch");
    },
  );

  test("does not hold where the address says no hash, whatever was signed", async () => {
    const signed = await signedMessage({ ...key, url, body: "" });
    expect((await judgementOf(signed, { ...key, url })).verdict.kind).toBe("verified");
    expect((await judgementOf({ ...signed, body: textBody("{}") }, { ...key, url })).verdict.kind).toBe("mismatch");
  });

  test("may be in a file when it is signed", async () => {
    const file = { kind: "file", name: undefined, sizeBytes: 2, read: () => pieces("{", "}") } as const;
    const draft = { method: "POST", target: "/x", headers: [], body: file, url: "https://a.example/x" };
    const stamp = { nowMs: 0, eventId: "", eventType: "", attemptNumber: 1, uuid: () => "", secretText: secret };
    if (twilio.signature.kind !== "code") throw new Error("it is code");
    const signed = await twilio.signature.sign(draft, stamp, (content) => Promise.resolve(String(content[0])));
    expect(headerValue(signed.headers, "X-Twilio-Signature")).toBe(`https://a.example${signed.target}`);
    expect(signed.target).toContain("bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  });
});

function judgedAtItsTarget(message: Message): ReturnType<typeof judgementOf> {
  return judgementOf(message, { ...key, url: `https://a.example${message.target}` });
}

async function* pieces(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
