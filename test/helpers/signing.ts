import { bytesBody } from "../../src/core/model/body.ts";
import type { HeaderPairs } from "../../src/core/model/headers.ts";
import type { Message } from "../../src/core/model/request.ts";
import { judge, type Judgement } from "../../src/core/schemes/judge.ts";
import { MessageView } from "../../src/core/schemes/message-view.ts";
import type { Scheme } from "../../src/core/schemes/scheme.ts";
import { signMessage } from "../../src/core/schemes/sign.ts";
import { SAMPLE_TIME_MS } from "./samples.ts";

/** A message to be signed at the sample time under a secret named `--secret`; a test changes what it is about. */
export interface SigningCase {
  readonly scheme: Scheme;
  readonly secret: string;
  readonly url: string;
  readonly headers?: HeaderPairs;
  /** As UTF-8 where it is text. */
  readonly body: string | Uint8Array;
}

/** The message, signed. */
export function signedMessage({ scheme, secret, url, headers = [], body }: SigningCase): Promise<Message> {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const target = url.replace(/^https?:\/\/[^/]+/, "") || "/";
  const stamp = { nowMs: SAMPLE_TIME_MS, eventId: "e1", eventType: "t", attemptNumber: 1, uuid: () => UUID };
  return signMessage(
    { method: "POST", target, headers, body: bytesBody(bytes), url },
    scheme,
    { name: "--secret", text: secret },
    stamp,
  );
}

const UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

/** What is found about a message at the sample time, or at another one. */
export async function judgementOf(
  message: Message,
  { scheme, secret, url }: Pick<SigningCase, "scheme" | "secret" | "url">,
  atMs: number = SAMPLE_TIME_MS,
): Promise<Judgement> {
  const secrets = [{ name: "--secret", text: secret }];
  return judge(new MessageView(message), scheme, { secrets, isExpected: true, urls: [url], atMs });
}
