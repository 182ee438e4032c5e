import { badValue } from "./errors.ts";

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};
/** Longest wait a timer can take. */
const MAX_DURATION_MS = 2 ** 31 - 1;

/**
 * `500ms`, `30s`, `5m`, `2h`, `1d`, and `0`.
 * @param longestMs what a timer can take; more only for what nobody waits for
 * @returns milliseconds
 * @throws BAD_VALUE
 */
export function parseDurationMs(text: string, name: string, longestMs = MAX_DURATION_MS): number {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim());
  if (text.trim() === "0") return 0;
  const unitMs = MS_PER_UNIT[parts?.[2] ?? ""];
  if (!parts || unitMs === undefined) throw badValue(name, text, "it is not a duration", "500ms, 30s, 5m or 2h");
  // Upwards: the shortest time that was asked for is still a time, and 0 often means "no limit".
  const durationMs = Math.ceil(Number(parts[1]) * unitMs);
  if (durationMs > longestMs)
    throw badValue(name, text, `it is longer than ${Math.floor(longestMs / 86_400_000)} days`, "2h");
  return durationMs;
}

/**
 * `512`, `64KiB`, `25MiB`, `1GiB`, `10MB`; letter case does not matter.
 * @returns bytes
 * @throws BAD_VALUE
 */
export function parseSizeBytes(text: string, name: string): number {
  const parts = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const unitBytes = BYTES_PER_UNIT[(parts?.[2] ?? "").toLowerCase() || "b"];
  if (!parts || unitBytes === undefined) throw badValue(name, text, "it is not a size", "512, 64KiB, 25MiB or 1GiB");
  const sizeBytes = Math.round(Number(parts[1]) * unitBytes);
  if (!Number.isSafeInteger(sizeBytes)) throw badValue(name, text, "it is too large", "1GiB");
  return sizeBytes;
}

/**
 * A whole number within limits, both inclusive.
 * @throws BAD_VALUE
 */
export function parseWholeNumber(text: string, name: string, least: number, most: number): number {
  const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw badValue(name, text, `it must be a whole number from ${least} to ${most}`, String(least));
  return value;
}

const UNITS = ["kB", "MB", "GB", "TB"] as const;

/** `310 B`, `1.2 kB`, `25 MB`: decimal units, two significant digits below ten. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit] ?? ""}`;
}
