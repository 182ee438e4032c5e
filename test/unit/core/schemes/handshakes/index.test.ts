import { expect, test } from "vitest";
import type { Message } from "../../../../../src/core/model/request.ts";
import { answerHandshake } from "../../../../../src/core/schemes/handshakes/index.ts";
import { MessageView } from "../../../../../src/core/schemes/message-view.ts";
import { textBody } from "../../../../helpers/samples.ts";

test("an answer says whose handshake it is", () => {
  expect(answerTo({ target: "/?validationToken=t" })).toMatchObject({
    name: "microsoft-graph",
    title: "Microsoft Graph",
  });
});

test("an event is no handshake", () => {
  expect(
    answerTo({ headers: ["X-GitHub-Event", "push"], body: textBody('{"type":"a","challenge_id":1}') }),
  ).toBeUndefined();
});

test("a header of one provider's own decides before a field that several have", () => {
  const headers = ["Twitch-Eventsub-Message-Type", "webhook_callback_verification"];
  expect(answerTo({ headers, body: textBody('{"challenge":"c"}') })?.name).toBe("twitch");
  expect(answerTo({ body: textBody('{"challenge":"c"}') })?.name).toBe("monday");
});

test("a body of more than 8 KiB is not looked into", () => {
  const body = (filler: string): Message["body"] =>
    textBody(JSON.stringify({ type: "url_verification", challenge: "c", filler }));
  expect(answerTo({ body: body("a".repeat(7000)) })?.name).toBe("slack");
  expect(answerTo({ body: body("a".repeat(9000)) })).toBeUndefined();
});

test("an answer that would grow beyond 8 KiB when it is written is not given", () => {
  const askedWith = (challenge: string): ReturnType<typeof answerTo> =>
    answerTo({ method: "GET", headers: ["X-Okta-Verification-Challenge", challenge] });
  expect(askedWith("a".repeat(4096))?.reply.status).toBe(200);
  expect(askedWith('"'.repeat(4096))).toBeUndefined();
});

function answerTo(changes: Partial<Message>): ReturnType<typeof answerHandshake> {
  const message = { method: "POST", target: "/", headers: [], body: textBody(""), ...changes };
  return answerHandshake(new MessageView(message), {}, []);
}
