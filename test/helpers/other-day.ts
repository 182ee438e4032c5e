import { execFileSync } from "node:child_process";

/**
 * Variables with which a program believes that it is another day in another time zone. Its clock runs on from there, the
 * same for all programs that get them; timers are not touched. Needs `faketime`.
 * @param now when it is to be, as an ISO time
 */
export function otherDay(now: string, timeZone: string): Readonly<Record<string, string>> {
  const library = execFileSync("faketime", ["-f", "+0", "printenv", "LD_PRELOAD"]).toString().trim();
  const seconds = Math.round((Date.parse(now) - Date.now()) / 1000);
  return {
    LD_PRELOAD: library,
    FAKETIME: `${seconds < 0 ? "" : "+"}${seconds}`,
    DONT_FAKE_MONOTONIC: "1",
    TZ: timeZone,
  };
}
