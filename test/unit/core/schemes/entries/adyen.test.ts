import { expect, test } from "vitest";
import type { Message } from "../../../../../src/core/model/request.ts";
import { adyen } from "../../../../../src/core/schemes/entries/adyen.ts";
import { textBody } from "../../../../helpers/samples.ts";
import { judgementOf, signedMessage } from "../../../../helpers/signing.ts";

const key = {
  scheme: adyen,
  secret: "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056",
  url: "https://a.example/",
};
const payment = {
  pspReference: "7914073381342284",
  originalReference: "",
  merchantAccountCode: "TestMerchant",
  merchantReference: "TestPayment-1407325143704",
  amount: { value: 1130, currency: "EUR" },
  eventCode: "AUTHORISATION",
  success: "true",
};

test("the signature goes into the body, beside what it signs; all else stays", async () => {
  const text = bodyOf(payment).replaceAll(":1130", ": 1130");
  const signed = await signedMessage({ ...key, body: text });
  // As @adyen/api-library 32.1.0 computes it.
  const signature = "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=";
  expect(textOf(signed)).toBe(
    text.replace('"success":"true"', `"success":"true","additionalData":{"hmacSignature":"${signature}"}`),
  );
});

test("each of several notifications must hold", async () => {
  const signed = await signedMessage({ ...key, body: bodyOf(payment, { ...payment, eventCode: "REFUND" }) });
  expect((await judgementOf(signed, key)).verdict.kind).toBe("verified");
  for (const eventCode of ["AUTHORISATION", "REFUND"]) {
    const forged = textOf(signed).replace(`"${eventCode}"`, '"CAPTURE"');
    expect((await judgementOf(withText(signed, forged), key)).verdict.kind).toBe("mismatch");
  }
});

test("one that is not signed does not pass beside one that is", async () => {
  const signed = await signedMessage({ ...key, body: bodyOf(payment) });
  const { notificationItems } = JSON.parse(textOf(signed)) as { notificationItems: unknown[] };
  const text = JSON.stringify({ notificationItems: [...notificationItems, { NotificationRequestItem: payment }] });
  const judgement = await judgementOf(withText(signed, text), key);
  expect(judgement.verdict.kind).toBe("missing-header");
  expect(judgement.presented).toMatchObject({
    missing: "notificationItems.1.NotificationRequestItem.additionalData.hmacSignature",
  });
});

test("more than sixteen are not looked at", async () => {
  const signed = await signedMessage({ ...key, body: bodyOf(payment) });
  const { notificationItems } = JSON.parse(textOf(signed)) as { notificationItems: unknown[] };
  const many = JSON.stringify({ notificationItems: Array.from({ length: 17 }, () => notificationItems[0]) });
  expect((await judgementOf(withText(signed, many), key)).verdict.kind).toBe("malformed-header");
});

test.each(["", "{}", "[]", '{"notificationItems":7}', '{"notificationItems":[null,1,{}]}', "no json"])(
  "%j is not signed, and signing leaves it as it is",
  async (text) => {
    const signed = await signedMessage({ ...key, body: text });
    expect((await judgementOf(withText(signed, text), key)).verdict.kind).toBe("missing-header");
    if (!text.includes("{}]")) expect(textOf(signed)).toBe(text);
  },
);

function bodyOf(...notifications: readonly object[]): string {
  return JSON.stringify({
    live: "false",
    notificationItems: notifications.map((NotificationRequestItem) => ({ NotificationRequestItem })),
  });
}

function textOf({ body }: Message): string {
  return body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
}

function withText(message: Message, text: string): Message {
  return { ...message, body: textBody(text) };
}
