import { RawClient } from "../helpers/raw-client.ts";
import { parseReplies, type WireReply } from "../helpers/wire-replies.ts";
import type { NastyInput } from "./nasty-inputs.ts";

/** How an input went over the wire. */
export interface Played {
  /** What the listener calls the sender. */
  readonly remoteAddress: string;
  readonly replies: readonly WireReply[];
  readonly errorCode: string | undefined;
}

/** Sends an input as it is written, or one byte at a time, and collects what comes back until the listener closes. */
export async function playInput(port: number, input: NastyInput, isByteByByte = false): Promise<Played> {
  const client = await RawClient.connect(port);
  const remoteAddress = client.localAddress;
  for (const piece of input.pieces) {
    if (typeof piece === "object" && "after" in piece) {
      await client.receivedMatching(piece.after);
      await client.write(piece.bytes);
    } else if (isByteByByte) await client.writeByteByByte(piece);
    else await client.write(piece);
  }
  if (input.ending === "half-close") client.endHalf();
  if (input.ending === "reset") client.reset();
  if (input.ending === "close") client.close();
  const replies = input.replies ? await client.replies(input.replies.length) : [];
  const { errorCode } = client;
  // Replies beyond those that are expected would come before the end.
  const isClosing = replies
    .at(-1)
    ?.headers.some((part, at, all) => part.toLowerCase() === "connection" && all[at + 1] === "close");
  const all = isClosing === true ? parseReplies(await client.ended(), true) : replies;
  client.close();
  return { remoteAddress, replies: all, errorCode };
}

/** A request that nothing is wrong with: the status it gets. */
export async function playSoundRequest(port: number): Promise<number | undefined> {
  const client = await RawClient.connect(port);
  await client.write("POST /sound HTTP/1.1\r\nHost: capture.test\r\nContent-Length: 5\r\n\r\nsound");
  const [reply] = await client.replies(1);
  client.close();
  return reply?.status;
}
