import { expect, test } from "vitest";
import { bytesBody } from "../../../../src/core/model/body.ts";
import { bodyEvidence } from "../../../../src/core/schemes/body-evidence.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";

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
