const EXAMPLE = "order.completed, customer.subscription.created";
/** Past tenses without -ed that name events. */
const IRREGULAR = new Set(
  "begun bought bound broken built caught chosen cut done drawn driven fallen forgotten found frozen given gone grown held hidden hit kept known left lent lost made met overdue paid put read rebuilt run seen sent set shown shut sold spent split spoken stolen swept taken thrown torn understood undone unpaid upset withdrawn won written".split(
    " ",
  ),
);
/** They end like past tenses and are none. */
const NOT_PAST = new Set([
  "bed",
  "embed",
  "exceed",
  "feed",
  "need",
  "proceed",
  "red",
  "seed",
  "shed",
  "speed",
  "succeed",
]);
const VAGUE = new Set(["changed", "modified", "altered", "edited"]);

/**
 * What is wrong with the name of an event type, by the usual advice: resource and action with a dot between them, the
 * action in the past tense and saying what happened.
 * @returns a sentence, or undefined where nothing is
 */
export function namingAdvice(type: string): string | undefined {
  const quoted = JSON.stringify(type);
  if (!/^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+$/.test(type))
    return `${quoted} is not named resource.action in small letters, as ${EXAMPLE} are`;
  const action = type.slice(type.lastIndexOf(".") + 1);
  if (VAGUE.has(action)) return `${quoted} does not say what changed; order.shipped or order.status_changed would`;
  if (/_by_\d+$/.test(action))
    return `${quoted} tells a difference, which counts twice when it comes twice; let the event carry the new state`;
  if (action.split("_").some(isPast)) return undefined;
  return `${quoted} does not end in the past tense, as ${EXAMPLE} do: an event is something that has happened`;
}

function isPast(word: string): boolean {
  return IRREGULAR.has(word) || (word.length > 3 && word.endsWith("ed") && !NOT_PAST.has(word));
}
