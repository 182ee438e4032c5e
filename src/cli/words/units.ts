/** Quantities and times as a person reads them. */

/** `4 ms`, `1.2 s`, `2 min 5 s`; below a millisecond `<1 ms`. */
export function durationText(durationMs: number): string {
  if (durationMs < 0.95) return "<1 ms";
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_500) return `${(durationMs / 1000).toFixed(durationMs < 9950 ? 1 : 0)} s`;
  const seconds = Math.round(durationMs / 1000);
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `14:32:15`, local time. */
export function timeText(atMs: number): string {
  const at = new Date(atMs);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(":");
}

/** `2026-11-22 14:32:15.118`, local time. */
export function dateTimeText(atMs: number): string {
  const at = new Date(atMs);
  const date = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(twoDigits).join("-");
  return `${date} ${timeText(atMs)}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}

/** Of today the time alone (`14:32:15`), of another day its date and the time (`11-22 14:32`, `2025-11-22 14:32`), local. */
export function listTimeText(atMs: number, nowMs: number): string {
  const date = dateTimeText(atMs);
  const now = dateTimeText(nowMs);
  if (date.slice(0, 10) === now.slice(0, 10)) return timeText(atMs);
  return date.slice(date.slice(0, 4) === now.slice(0, 4) ? 5 : 0, 16);
}

function twoDigits(part: number): string {
  return String(part).padStart(2, "0");
}

/** `1,204` */
export function countText(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 request`, `1,204 requests` */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** At most `width` characters, the last of them `…` where something was left out. */
export function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  // Never through the middle of a character that takes two places.
  return `${text.slice(0, Math.max(0, width - 1)).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Said when a reader that was too slow has caught up. */
export function leftOutText(count: number): string {
  return `${plural(count, "line")} left out: the output was not read fast enough`;
}
