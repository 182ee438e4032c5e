import { retryReason } from "./captured-attempt.ts";
import type { ComparedGroup } from "./compare-group.ts";
import { isAsExpected, type JudgedAttempt } from "../../core/schedules/comparison.ts";
import { type Mask, usualMask } from "../../core/model/mask.ts";
import type { JsonShape } from "../../core/wire/shapes/index.ts";
import { isoTime } from "../../core/wire/request-json.ts";
import { printSchedule } from "../../core/schedules/schedule.ts";

type AttemptFields = JsonShape<"retries">["attempts"][number];

export function retriesToJson(compared: ComparedGroup, mask: Mask = usualMask): JsonShape<"retries"> {
  const { group, comparison, against } = compared;
  const { next, lastByMs, meaningless } = comparison;
  return {
    v: 1,
    kind: "retries",
    provider: group.provider ?? null,
    eventId: group.eventId === undefined ? null : mask.text(group.eventId),
    eventType: group.eventType === undefined ? null : mask.text(group.eventType),
    bodySha256: group.bodySha256 ?? null,
    schedule: against ? (against.kind === "named" ? against.schedule.name : printSchedule(against.schedule)) : null,
    attempts: comparison.attempts.flatMap((judged, at) => attemptToJson(compared, judged, { at, mask })),
    missing: [...comparison.missing],
    most: comparison.most ?? null,
    next: next ? { number: next.number, from: isoTime(next.fromMs), to: isoTime(next.toMs) } : null,
    lastBy: lastByMs === undefined ? null : isoTime(lastByMs),
    end: comparison.end,
    meaningless: meaningless ?? null,
    asExpected: meaningless === undefined ? isAsExpected(comparison) : null,
    cut: group.isCut,
  };
}

function attemptToJson(
  { group, provided }: ComparedGroup,
  judged: JudgedAttempt,
  { at, mask }: { readonly at: number; readonly mask: Mask },
): readonly AttemptFields[] {
  const captured = group.attempts[at];
  if (!captured) return [];
  const { request, told, toldAfterMs, handled } = captured;
  const { outcome } = handled ?? {};
  const reason = retryReason(captured, provided?.headers);
  return [
    {
      requestId: request.id,
      receivedAt: isoTime(request.receivedAtMs),
      number: judged.number,
      stated: request.event.attemptNumber ?? null,
      finding: judged.finding,
      extra: judged.extra ?? null,
      gapMs: judged.gapMs === undefined ? null : Math.max(0, judged.gapMs),
      expectedMs: judged.expectedMs ?? null,
      told: told ? { status: told.status, note: told.note === undefined ? null : mask.text(told.note) } : null,
      toldAfterMs: toldAfterMs === undefined ? null : Math.round(toldAfterMs * 1000) / 1000,
      handlerStatus: outcome?.kind === "response" ? outcome.response.status : null,
      reason: reason === undefined ? null : mask.text(reason),
    },
  ];
}
