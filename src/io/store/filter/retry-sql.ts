import type { FilterSql, SqlCondition, SqlValue } from "../rows/condition.ts";

/** What a page of requests takes for a filter. */
type PageFilter = Pick<FilterSql, "where" | "parameters" | "walked">;

/** Requests that came with this event of this provider; undefined: of nobody known. Found by the index of event ids. */
export function sameEventSql(eventId: string, provider: string | undefined): PageFilter {
  const named = ofProvider(provider);
  return both(`requests.event_id = ? AND ${named.where} AND requests.origin <> 'edit'`, [eventId, ...named.parameters]);
}

/** Requests that name no event, to the same address and with bodies of this size: of these the bodies may be the same. */
export function sameSizeSql(
  {
    method,
    target,
    provider,
  }: { readonly method: string; readonly target: string; readonly provider?: string | undefined },
  sizeBytes: number,
): PageFilter {
  const named = ofProvider(provider);
  const where = `requests.body_size = ? AND ${WITHOUT_EVENT} AND requests.method = ? AND requests.target = ? AND ${named.where}`;
  return both(where, [sizeBytes, method, target, ...named.parameters]);
}

/** The same filter for those requests alone that name no event and have a body. */
export function withoutEventSql({ where, parameters, walked }: PageFilter): PageFilter {
  return {
    where: `${WITHOUT_EVENT} AND ${where}`,
    parameters,
    walked: { where: `${WITHOUT_EVENT} AND ${walked.where}`, parameters: walked.parameters },
  };
}

const WITHOUT_EVENT = "requests.event_id IS NULL AND requests.body_size > 0 AND requests.origin <> 'edit'";

function ofProvider(provider: string | undefined): SqlCondition {
  return provider === undefined
    ? { where: "requests.provider IS NULL", parameters: [] }
    : { where: "requests.provider = ?", parameters: [provider] };
}

function both(where: string, parameters: readonly SqlValue[]): PageFilter {
  const condition = { where, parameters };
  return { ...condition, walked: condition };
}
