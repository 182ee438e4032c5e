import type { Body } from "../../model/body.ts";
import type { Content, Scheme } from "../scheme.ts";
import { TemplateRule } from "../template-rule.ts";

const plain = new TemplateRule({
  kind: "template",
  algorithm: "hmac-sha256",
  encoding: "hex",
  key: "utf8-nfkd",
  content: "{body}",
  headers: { "X-Hmac-Signature": "hmac-sha256-hex={sig}" },
});

/** Whole weights get `.0` before the hash is taken, since EasyPost writes them as floats and most readers do not. */
const WHOLE_WEIGHT = /("weight":[\t\n\v\f\r ]*)(\d+)[\t\n\v\f\r ]*(?=[,}])/g;

/**
 * `@easypost/api` 8.9.0 accepted what is signed here, and what it makes of its own was judged verified: with and without
 * whole weights, and with a secret that NFKD changes.
 */
export const easypost: Scheme = {
  name: "easypost",
  title: "EasyPost",
  source: "https://github.com/EasyPost/easypost-node/blob/master/src/utils/util.js",
  trust: "measured",
  signature: {
    kind: "code",
    algorithm: plain.algorithm,
    encoding: plain.encoding,
    key: plain.key,
    signsUrl: false,
    standsIn: ["X-Hmac-Signature: hmac-sha256-hex={sig}"],
    describes: "{body}, with .0 behind each whole weight",
    present: (view) => plain.present(view),
    contents: (view) => [contentOf(view.message.body)],
    sign: (draft, stamp, mac) => plain.sign(draft, stamp, (_, body) => mac(contentOf(body), body)),
  },
  eventId: "b:id",
  eventType: "b:description",
  sdk: ["reads-text"],
  vectors: [
    {
      source: "accepted by @easypost/api 8.9.0, validateWebhook",
      secret: "sécret",
      headers: ["X-Hmac-Signature", "hmac-sha256-hex=62bead4a4e33bcc11a4bd390083cc1f7140814c17b46800d1d5377e02b8ab825"],
      body: '{"id":"evt_1","description":"tracker.updated","result":{"weight":17,"note":"x"}}',
    },
  ],
};

/** One too large for memory is taken as it is. */
function contentOf(body: Body): Content {
  if (body.kind === "file") return ["body"];
  const { buffer, byteOffset, byteLength } = body.bytes;
  // One character a byte, so that all else stays as it is.
  const text = Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
  const asSigned = text.replace(WHOLE_WEIGHT, "$1$2.0");
  return asSigned === text ? ["body"] : [Buffer.from(asSigned, "latin1")];
}
