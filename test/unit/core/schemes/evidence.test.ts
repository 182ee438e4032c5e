import { describe, expect, test } from "vitest";
import { headerEvidence, bodyEvidence, queryEvidence } from "../../../../src/core/schemes/evidence.ts";
import { bytesBody, EMPTY_BODY } from "../../../../src/core/model/body.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";

test("headers are written as they are looked up, in lower case", () => {
  for (const { header } of headerEvidence) expect(header).toMatch(/^[a-z0-9-]+$/);
});

test("nothing stands behind what decides without it", () => {
  const decided = new Set<string>();
  for (const { header, beside, provider } of headerEvidence) {
    expect(decided.has(header) ? `${provider} is never reached` : "").toBe("");
    if (!beside) decided.add(header);
  }
});

test("those that send each other's headers are asked in this order", () => {
  const ranks = ["forgejo", "gitea", "gogs", "github", "hookdeck"].map((name) =>
    headerEvidence.findIndex(({ provider }) => provider === name),
  );
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(headerEvidence.at(-1)?.provider).toBe("hookdeck");
});

describe("a body", () => {
  test.each([
    ['{"notificationItems":[]}', ["adyen"]],
    ['{"notificationItems":{}}', []],
    ['{"signature":{"token":"a"},"event-data":{}}', ["mailgun"]],
    ['{"signature":{"token":1},"event-data":{}}', []],
    ['{"passcode":"a","event_type":"PING"}', ["figma"]],
    ['{"passcode":"a"}', []],
    ['{"type":"url_verification","token":"a","challenge":"b"}', ["slack"]],
    ['{"type":"url_verification","challenge":"b"}', []],
    ['{"verification_token":"secret_a"}', ["notion"]],
    ['{"verification_token":"secret_a","more":1}', []],
    ['{"verification_token":"a"}', []],
    ["null", []],
    ["[]", []],
    ["bt_signature=a", []],
  ])("%s is of %j", (text, providers) => {
    const view = new MessageView({ method: "POST", target: "/", headers: [], body: bytesBody(Buffer.from(text)) });
    expect(bodyEvidence.filter(({ holds }) => holds(view)).map(({ provider }) => provider)).toEqual(providers);
  });

  test("a form is asked too", () => {
    const headers = ["Content-Type", "application/x-www-form-urlencoded"];
    const view = new MessageView({
      method: "POST",
      target: "/",
      headers,
      body: bytesBody(Buffer.from("bt_signature=a")),
    });
    expect(bodyEvidence.filter(({ holds }) => holds(view)).map(({ provider }) => provider)).toEqual(["braintree"]);
  });
});

describe("a question", () => {
  test.each([
    ["GET", "/?hub.challenge=1", "facebookplatform/1.0", ["meta"]],
    ["GET", "/?hub.challenge=1", "curl/8", []],
    ["POST", "/?hub.challenge=1", "facebookplatform/1.0", []],
    ["GET", "/?crc_token=1", "", ["x"]],
    ["POST", "/?crc_token=1", "", []],
    ["GET", "/?bt_challenge=1", "", ["braintree"]],
    ["GET", "/?challenge=1", "DropboxWebhooks/1.0", ["dropbox"]],
    ["GET", "/?challenge=1", "", []],
    ["GET", "/crc_token=1", "", []],
  ])("%s %s from %s is of %j", (method, target, agent, providers) => {
    const view = new MessageView({ method, target, headers: ["User-Agent", agent], body: EMPTY_BODY });
    expect(queryEvidence.filter(({ holds }) => holds(view)).map(({ provider }) => provider)).toEqual(providers);
  });
});
