import type { Refusal } from "../../core/model/request.ts";
import type { CaptureLimits } from "./limits.ts";

/** What a whole body may take its time by, where `maxBodyMs` is too short for the largest one. */
const SLOW_UPLOAD_BYTES_PER_SECOND = 16 * 1024;

/** A body on its way in. Times in which hookcli itself did not read are not in it. */
export interface BodyPace {
  readonly bytes: number;
  /** Since its head was whole. */
  readonly forMs: number;
  /** Since something came last. */
  readonly idleMs: number;
}

/** Why the rest of a body is not waited for; undefined: it is. */
export function paceRefusal({ bytes, forMs, idleMs }: BodyPace, limits: CaptureLimits): Refusal | undefined {
  if (idleMs > limits.idleBodyTimeoutMs) return tooSlow("body-timeout", "the rest of the body did not arrive in time");
  const { bodyGraceMs, leastBodyBytesPerSecond } = limits;
  if (forMs > bodyGraceMs && (bytes / forMs) * 1000 < leastBodyBytesPerSecond) {
    return tooSlow("body-too-slow", `the body came at less than ${leastBodyBytesPerSecond} bytes a second`);
  }
  if (forMs > longestBodyMs(limits)) return tooSlow("body-timeout", "the body took too long");
  return undefined;
}

/** For a whole body: what the limit says, or more where the largest body takes longer over a slow line. */
export function longestBodyMs({ maxBodyMs, maxBodyBytes }: CaptureLimits): number {
  return Math.max(maxBodyMs, (maxBodyBytes / SLOW_UPLOAD_BYTES_PER_SECOND) * 1000);
}

function tooSlow(code: string, reason: string): Refusal {
  return { status: 408, code, reason };
}
