import type { ContentEvidence } from "./body-evidence.ts";
import type { MessageView } from "./message-view.ts";
import { readPlace } from "./places.ts";

/** How providers ask for the first time whether an address is willing; in order, and only where no header says anything. */
export const queryEvidence: readonly ContentEvidence[] = [
  {
    provider: "meta",
    says: "hub.challenge in the query, from a User-Agent that starts with facebook",
    // WebSub and Strava ask with the same words.
    holds: (view) => isGet(view) && asks(view, "hub.challenge") && isFrom(view, "facebook"),
  },
  { provider: "x", says: "crc_token in the query", holds: (view) => isGet(view) && asks(view, "crc_token") },
  {
    provider: "braintree",
    says: "bt_challenge in the query",
    holds: (view) => isGet(view) && asks(view, "bt_challenge"),
  },
  {
    provider: "dropbox",
    says: "challenge in the query, from a User-Agent that starts with DropboxWebhooks",
    holds: (view) => isGet(view) && asks(view, "challenge") && isFrom(view, "dropboxwebhooks"),
  },
];

function isGet({ message }: MessageView): boolean {
  return message.method === "GET";
}

function isFrom(view: MessageView, agent: string): boolean {
  return view.header("user-agent")?.toLowerCase().startsWith(agent) === true;
}

function asks(view: MessageView, name: string): boolean {
  return readPlace(view, `q:${name}`) !== undefined;
}
