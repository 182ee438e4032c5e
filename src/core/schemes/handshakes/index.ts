import type { EventFacts } from "../../model/request.ts";
import type { Secret } from "../../model/secret.ts";
import type { MessageView } from "../message-view.ts";
import { adyen } from "./entries/adyen.ts";
import { asana } from "./entries/asana.ts";
import { braintree } from "./entries/braintree.ts";
import { cloudevents } from "./entries/cloudevents.ts";
import { discord } from "./entries/discord.ts";
import { dropbox } from "./entries/dropbox.ts";
import { figma } from "./entries/figma.ts";
import { github } from "./entries/github.ts";
import type { Handshake, NamedHandshakeAnswer } from "./handshake.ts";
import { meta } from "./entries/meta.ts";
import { microsoftGraph } from "./entries/microsoft-graph.ts";
import { monday } from "./entries/monday.ts";
import { notion } from "./entries/notion.ts";
import { okta } from "./entries/okta.ts";
import { queryOf } from "./question.ts";
import { slack } from "./entries/slack.ts";
import { sns } from "./entries/sns.ts";
import { trello } from "./entries/trello.ts";
import { twitch } from "./entries/twitch.ts";
import { x } from "./entries/x.ts";
import { zoom } from "./entries/zoom.ts";

/** Every handshake that is known, in the order in which they are tried. */
export const handshakes: readonly Handshake[] = [
  slack,
  zoom,
  discord,
  meta,
  dropbox,
  asana,
  cloudevents,
  sns,
  notion,
  github,
  figma,
  trello,
  microsoftGraph,
  twitch,
  monday,
  okta,
  x,
  braintree,
  adyen,
];

/** Larger bodies are no handshake, unless a header says so. */
const MOST_BODY_BYTES = 8 * 1024;
/** Characters that were short may be long when they are written for an answer. */
const MOST_REPLY_BYTES = 8 * 1024;

const byHeader = handshakes.filter(({ shows }) => shows.in === "header");
const byMethod = handshakes.filter(({ shows }) => shows.in === "method");
const byQuery = handshakes.filter(({ shows }) => shows.in === "query");
const byField = handshakes.filter(({ shows }) => shows.in === "field");

/**
 * Answers a message that is a handshake. It is asked on every request, and nearly none is one. Never throws.
 * @param facts who sent it and what was found about its signature, as far as that is known
 * @param secrets all that are known
 * @returns undefined where it is none
 */
export function answerHandshake(
  view: MessageView,
  facts: EventFacts,
  secrets: readonly Secret[],
): NamedHandshakeAnswer | undefined {
  for (const handshake of shownIn(view)) {
    const answer = handshake.answer(view, { facts, secrets });
    if (!answer || Buffer.byteLength(answer.reply.body) > MOST_REPLY_BYTES) continue;
    return { ...answer, name: handshake.name, title: handshake.title };
  }
  return undefined;
}

/** Those that show somewhere in it, the surest first: a header of one provider's own before a field that many have. */
function shownIn(view: MessageView): readonly Handshake[] {
  const { method, target, body } = view.message;
  let shown = byHeader.filter(({ shows }) => view.header(shows.as) !== undefined);
  if (method !== "POST") shown = shown.concat(byMethod.filter(({ shows }) => shows.as === method));
  if (target.includes("?")) shown = shown.concat(byQuery.filter(({ shows }) => queryOf(view).has(shows.as)));
  if (body.kind === "file" || body.bytes.length > MOST_BODY_BYTES) return shown;
  const { json } = view;
  if (typeof json !== "object" || json === null) return shown;
  return shown.concat(byField.filter(({ shows }) => Object.hasOwn(json, shows.as)));
}
