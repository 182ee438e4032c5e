import { releaseBody } from "../../core/model/reply.ts";
import type { Reply } from "../../core/model/reply.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import { isSuccess } from "../../core/model/success.ts";
import type { Store } from "../../io/store/store.ts";
import type { NotedReply } from "./replies.ts";

/** A request where it was stored, maybe a while ago. */
export interface StoredRequestPlace {
  readonly stored: StoredRequest;
  /** Of the store. */
  readonly epoch: number;
}

/**
 * A success is told only of a request that still is where it was stored; otherwise its sender shall come again.
 * @param failureReply what it is told then
 */
export async function vouched(
  store: Pick<Store, "vouchFor">,
  { stored, epoch }: StoredRequestPlace,
  noted: NotedReply,
  failureReply: (error: unknown) => Reply,
): Promise<NotedReply> {
  const { status, body } = noted.reply;
  if (!isSuccess(status)) return noted;
  try {
    await store.vouchFor(stored, epoch);
    return noted;
  } catch (error) {
    await releaseBody(body);
    return { reply: failureReply(error), note: "store-moved" };
  }
}
