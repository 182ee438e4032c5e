import type { MessageView } from "../message-view.ts";

/** Longer queries hold no handshake. */
const MOST_CHARACTERS = 16 * 1024;
const EMPTY = new URLSearchParams();

const known = new WeakMap<MessageView, URLSearchParams>();

/** The query of a message, read at most once; empty where it has none or one too long to be looked at. */
export function queryOf(view: MessageView): URLSearchParams {
  const { target } = view.message;
  const at = target.indexOf("?");
  if (at < 0 || target.length > MOST_CHARACTERS) return EMPTY;
  let query = known.get(view);
  if (!query) {
    query = new URLSearchParams(target.slice(at + 1));
    known.set(view, query);
  }
  return query;
}
