import { headerFields, type HeaderPairs } from "../../model/headers.ts";
import type { Secret } from "../../model/secret.ts";
import type { MessageView } from "../message-view.ts";
import { readPlace } from "../places.ts";
import { publicUrls } from "../public-urls.ts";
import { ruleOf } from "../template-rule.ts";
import type { PresentedSignature, Scheme } from "../scheme.ts";
import type { Scene } from "./mutation.ts";
import { timeOf } from "./variation.ts";

/** What explaining a message needs beside the message. */
export interface Known {
  readonly otherSecrets: readonly Secret[];
  readonly schemes: readonly Scheme[];
  readonly urls: readonly string[];
}

const MOST_TIMES = 6;
const MOST_IDS = 4;
/** 2001, 2100: what lies outside is some other number. */
const EARLIEST_MS = 1_000_000_000_000;
const LATEST_MS = 4_102_444_800_000;

/**
 * Gathers what there is to vary in a message.
 * @param body its bytes, which may have been in a file
 * @param presented what the scheme reads of it
 */
export function sceneOf(
  view: MessageView,
  scheme: Scheme,
  body: Uint8Array,
  presented: readonly PresentedSignature[],
  { otherSecrets, schemes, urls }: Known,
): Scene {
  const { headers } = view.message;
  const own = presented.map(({ timestamp }) => timestamp?.text).filter((text) => text !== undefined);
  const id = scheme.eventId === undefined ? undefined : readPlace(view, scheme.eventId);
  const ids = [...(id === undefined ? [] : [id]), ...idsIn(headers)];
  return {
    view,
    scheme,
    rule: ruleOf(scheme),
    body,
    headers,
    otherSecrets,
    schemes,
    urls,
    ownUrls: publicUrls(view.message, undefined, view),
    times: [...new Set([...own, ...timesIn(headers)])].slice(0, MOST_TIMES),
    ids: [...new Set(ids)].slice(0, MOST_IDS),
  };
}

/** Values, and items such as `t=…`, that are a time of our days. */
function timesIn(headers: HeaderPairs): readonly string[] {
  const found: string[] = [];
  for (const [name, value] of headerFields(headers)) {
    if (value.length > 1024 || /^(?:date|if-|last-modified|expires)/i.test(name)) continue;
    for (const piece of value.split(/[\s,;]+/)) {
      const text = piece.replace(/^[a-z]{1,12}=/i, "");
      const atMs = timeOf(text);
      if (atMs >= EARLIEST_MS && atMs <= LATEST_MS) found.push(text);
    }
  }
  return found;
}

function idsIn(headers: HeaderPairs): readonly string[] {
  return [...headerFields(headers)]
    .filter(([name, value]) => /(?:^|-)(?:id|delivery|uuid)$/i.test(name) && value !== "" && value.length <= 200)
    .map(([, value]) => value);
}
