import { expect, test } from "vitest";
import { EMPTY_BODY } from "../../../../src/core/model/body.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import { queryEvidence } from "../../../../src/core/schemes/query-evidence.ts";

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
