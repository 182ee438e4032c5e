import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { headerValue } from "../../../../../src/core/model/headers.ts";
import { easypost } from "../../../../../src/core/schemes/entries/easypost.ts";
import { judgementOf, signedMessage } from "../../../../helpers/signing.ts";

const key = { scheme: easypost, secret: "s\u00e9cret", url: "https://a.example/" };

test.each([
  ['{"weight":17}', '{"weight":17.0}'],
  ['{"a":{"weight": 17 ,"b":1}}', '{"a":{"weight": 17.0,"b":1}}'],
  ['{"weight":17.5}', '{"weight":17.5}'],
  ['{"weight":17.0,"height":3}', '{"weight":17.0,"height":3}'],
  ['{"weight":"17"}', '{"weight":"17"}'],
])("%s is signed as %s", async (body, asSigned) => {
  const signed = await signedMessage({ ...key, body });
  const mac = createHmac("sha256", "se\u0301cret").update(asSigned).digest("hex");
  expect(headerValue(signed.headers, "x-hmac-signature")).toBe(`hmac-sha256-hex=${mac}`);
  expect((await judgementOf(signed, key)).verdict.kind).toBe("verified");
});

test("bytes that are no text stay as they are", async () => {
  const bytes = Buffer.concat([Buffer.from('{"weight":1,"x":"'), Buffer.from([0xff, 0xc3]), Buffer.from('"}')]);
  const asSigned = Buffer.from(bytes.toString("latin1").replace("1,", "1.0,"), "latin1");
  const signed = await signedMessage({ ...key, body: bytes });
  const mac = createHmac("sha256", "se\u0301cret").update(asSigned).digest("hex");
  expect(headerValue(signed.headers, "x-hmac-signature")).toBe(`hmac-sha256-hex=${mac}`);
});
