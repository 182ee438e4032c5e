/** RFC 3339 with what people leave out: the time, seconds, the zone. */
const TIME =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))?)?$/i;
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * A date or a time as people write it: `2026-03-04`, `2026-03-04T05:06`, `2026-03-04T05:06:07.089Z`, `…+02:00`. Without
 * a zone it is local time, as in everything that is shown; a date alone is its midnight.
 * @returns epoch milliseconds; undefined if it is none, or before 1970
 */
export function readTimeMs(text: string): number | undefined {
  const parts = TIME.exec(text);
  if (!parts) return undefined;
  const [, , , , , , , , sign, zoneHours = "0", zoneMinutes = "0"] = parts;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  // The 30th of February would become a day of March.
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined;
  const ms = Number((parts[7] ?? "").padEnd(3, "0").slice(0, 3));
  const isLocal = sign === undefined && !/z$/i.test(text);
  const atMs = isLocal
    ? new Date(year, month - 1, day, hours, minutes, seconds, ms).getTime()
    : Date.UTC(year, month - 1, day, hours, minutes, seconds, ms) -
      (sign === "-" ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return atMs >= 0 && atMs <= LATEST_MS ? atMs : undefined;
}
