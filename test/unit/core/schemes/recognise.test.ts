import { describe, expect, test } from "vitest";
import { bytesBody } from "../../../../src/core/model/body.ts";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import { recognise, recogniseAs } from "../../../../src/core/schemes/recognise.ts";
import type { Scheme } from "../../../../src/core/schemes/scheme.ts";
import { spooledBody } from "../../../helpers/samples.ts";

const HASH = "0".repeat(64);
const ecomm = findScheme("generic-ecomm") ?? expect.fail();

// What each provider's requests look like is held against test/fixtures/recognition by test/contracts/recognition.test.ts.
describe("of several headers", () => {
  test("the one of the strongest evidence decides, wherever it stands", () => {
    const both = ["x-hookdeck-signature", "a", "x-github-event", "push", "X-Gitea-Event", "push"];
    expect(recognise(view(both), [])).toMatchObject({ provider: "gitea", reason: "header x-gitea-event" });
    expect(recognise(view(both.toReversed()), [])?.provider).not.toBe("gitea");
    expect(recognise(view([...both.slice(4), ...both.slice(0, 4)]), [])?.provider).toBe("gitea");
  });

  test("a header says more than the body", () => {
    expect(recognise(view(["stripe-signature", "a"], '{"notificationItems":[]}'), [])?.provider).toBe("stripe");
  });
});

describe("a body that cannot be looked at", () => {
  test("names nobody, and leaves the form of the signature", () => {
    const headers = ["x-hub-signature-256", `sha256=${HASH}`];
    const message = { method: "POST", target: "/", headers, body: spooledBody('{"object":"page","entry":[]}') };
    expect(recognise(new MessageView(message), [])).toMatchObject({ provider: "generic", confidence: "guess" });
  });

  test("is one whose beginning is too long to tell", () => {
    const filler = `"a":"${"x".repeat(256 * 1024)}"`;
    expect(recognise(view([], `{${filler},"notificationItems":[]}`), [])).toBeUndefined();
    expect(recognise(view([], `{"notificationItems":[],${filler}}`), [])?.provider).toBe("adyen");
  });
});

describe("a person's own scheme", () => {
  const shop: Scheme = { ...ecomm, name: "shop" };
  const token: Scheme = { ...ecomm, name: "tokens", signature: { kind: "static", place: "h:x-shop-token" } };

  test("goes before those that are built in", () => {
    const headers = ["stripe-signature", "a", "X-Ecomm-Signature", `sha256=${HASH}`];
    expect(recognise(view(headers), [shop])).toMatchObject({ provider: "shop", scheme: shop, confidence: "certain" });
    expect(recognise(view(headers.slice(0, 2)), [shop])?.provider).toBe("stripe");
  });

  test("is the one whose signature can be read, where several stand in one header", () => {
    const dated: Scheme = { ...(findScheme("generic-t-v1") ?? ecomm), name: "dated" };
    const plain: Scheme = { ...(findScheme("generic-webhook") ?? ecomm), name: "plain" };
    const named = (value: string) => recognise(view(["X-Webhook-Signature", value]), [dated, plain])?.provider;
    expect([named(`sha256=${HASH}`), named(`t=1,v1=${HASH}`), named("nonsense")]).toEqual(["plain", "dated", "dated"]);
  });

  test("may be a token", () => {
    expect(recognise(view(["X-Shop-Token", "t"]), [token])?.provider).toBe("tokens");
    expect(recognise(view([]), [token])).toBeUndefined();
  });
});

test("what a person says of all requests is so, whatever they look like", () => {
  expect(recogniseAs("slack", [])).toMatchObject({
    provider: "slack",
    scheme: { name: "slack" },
    reason: "--provider",
  });
  const own = { ...ecomm, name: "slack" };
  expect(recogniseAs("slack", [own]).scheme).toBe(own);
});

function view(headers: readonly string[], body = ""): MessageView {
  return new MessageView({ method: "POST", target: "/", headers, body: bytesBody(Buffer.from(body)) });
}
