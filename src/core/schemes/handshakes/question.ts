import type { MessageView } from "../message-view.ts";
import { stepInto } from "../places.ts";
import { headerSafe } from "./replies.ts";
import type { Secret } from "../../model/secret.ts";
import type { HandshakeContext } from "./handshake.ts";

/** Longer queries hold no handshake. */
const MOST_CHARACTERS = 16 * 1024;
const EMPTY = new URLSearchParams();

const queries = new WeakMap<MessageView, URLSearchParams>();

/** The value of a field of a JSON body; undefined where there is none. @param path `payload.plainToken` */
export function fieldOf(view: MessageView, path: string): unknown {
  return stepInto(view.json, path.split("."));
}

/** The query of a message, read at most once; empty where it has none or one too long to be looked at. */
export function queryOf(view: MessageView): URLSearchParams {
  const { target } = view.message;
  const at = target.indexOf("?");
  if (at < 0 || target.length > MOST_CHARACTERS) return EMPTY;
  let query = queries.get(view);
  if (!query) {
    query = new URLSearchParams(target.slice(at + 1));
    queries.set(view, query);
  }
  return query;
}

/** An address that a person may be shown to visit, as the sender wrote it; undefined where the value is none. */
export function httpUrl(value: unknown): string | undefined {
  const text = headerSafe(value);
  return text !== undefined && /^https?:\/\/[^\s/?#]/i.test(text) && URL.canParse(text) ? text : undefined;
}

/**
 * The secret with which a provider's challenge is answered: the one that its signature held under, else one that is its
 * own, else the first that may be.
 */
export function keyFor(provider: string, { facts, secrets }: HandshakeContext): Secret | undefined {
  const own = secrets.filter((secret) => secret.provider === provider);
  const candidates = [...own, ...secrets.filter((secret) => secret.provider === undefined)];
  return candidates.find(({ name }) => name === facts.verdict?.secretName) ?? candidates[0];
}
