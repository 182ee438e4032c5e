import { schedules } from "../../src/core/schedules/index.ts";
import type { NamedSchedule } from "../../src/core/schedules/named-schedule.ts";
import { parseSchedule } from "../../src/core/schedules/parse-schedule.ts";
import { delaysOf } from "../../src/core/schedules/schedule.ts";
import { schemes } from "../../src/core/schemes/index.ts";
import {
  attemptCountText,
  longDurationText,
  retriesText,
  scheduleTrustTexts,
  spanText,
  statusRangesText,
} from "../../src/cli/words/schedule-words.ts";
import { durationText } from "../../src/cli/words/units.ts";
import { code, fence, GENERATED, page, table } from "./markdown.ts";

/** Each form with what it means; the delays behind it are worked out. */
const forms: readonly (readonly [text: string, says: string])[] = [
  ["1m,5m,30m", "one delay for each retry"],
  ["linear:20s*3", "three retries, 20 seconds apart"],
  ["exp:1s*2^5", "five retries: the first after a second, each further one after twice the delay"],
  ["exp:10s*3^4<=60s", "the same with a longest delay"],
  ["5s,5m,linear:1h*3", "several of these, one behind the other"],
  ["1h,1h,1h max 2h", "no retry later than two hours after the first attempt"],
  ["1m,5m ~10%", "each delay may be a tenth shorter or longer"],
];

export function renderSchedulesPage(): string {
  const comparable = schedules.filter(({ retries }) => !("why" in retries));
  const others = schedules.filter((schedule) => !comparable.includes(schedule));
  return page(
    GENERATED,
    "# Retry schedules",
    "When a sender tries again what failed. `hookcli schedules` lists those that have a name, `hookcli schedules svix` shows each attempt of one, and `hookcli retries` holds what was captured against them.",
    "## How one is written",
    "A schedule is the delays after the first attempt, which is made at once; each counts from the failure of the attempt before it. So one with three delays has four attempts.",
    table(
      ["written", "meaning", "delays"],
      forms.map(([text, says]) => [code(text), says, delaysOf(parseSchedule(text)).map(longDurationText).join(", ")]),
    ),
    "Units are `ms`, `s`, `m`, `h` and `d`. `~10%` and `max 72h` stand behind the delays, in any order. A schedule has at most 1,000 retries, and no delay is longer than a year.",
    fence("hookcli retries latest --expect 'exp:1s*2^5<=60s ~10%'", "sh"),
    "## Those that have a name",
    "How far each can be trusted is written behind it:",
    table(
      ["word", "meaning"],
      Object.entries(scheduleTrustTexts).map(([word, text]) => [word, text]),
    ),
    table(
      ["name", "whose", "retries", "attempts", "span", "accepted", "waits", "trust"],
      comparable.map((schedule) => [...row(schedule), linked(schedule)]),
    ),
    notes(comparable),
    "## Where a comparison means nothing",
    "These send no retries, or do not say when. What comes after they were told that all is well is still found to be extra, unless a person may have sent it again.",
    table(
      ["name", "whose", "why", "trust"],
      others.map((schedule) => {
        const { name, title, retries } = schedule;
        return [code(name), title, "why" in retries ? retries.why : "", linked(schedule)];
      }),
    ),
    "The same holds where another service stands in between and has accepted the event itself: then its own rules count, and `hookcli retries` says so.",
    "## What counts as on time",
    "A gap may be off by a tenth of its delay or by five seconds, whichever is more; `--tolerance 20%,30s` changes that. What an attempt took to fail may come on top, since only its beginning is seen here. An attempt is missing when its time is over and none came; where a gap holds several delays, those in between are missing. An attempt is extra when one before it was accepted in time, when the schedule has no more, or when the provider had used its number before.",
    `Providers that number their attempts are taken at their word: ${numbering()}.`,
  );
}

function row({ name, title, retries, accepts = [[200, 299]], timeoutMs }: NamedSchedule): readonly string[] {
  return [
    code(name),
    title,
    retries.kind === "delays" ? code(retriesText(retries)) : retriesText(retries),
    attemptCountText(retries),
    spanText(retries),
    statusRangesText(accepts),
    timeoutMs === undefined ? "" : durationText(timeoutMs),
  ];
}

function linked({ source, trust }: NamedSchedule): string {
  return source.startsWith("https://") ? `[${trust}](${source})` : `${trust}: ${source}`;
}

function notes(listed: readonly NamedSchedule[]): string {
  return listed.flatMap(({ name, says }) => (says === undefined ? [] : [`- ${code(name)}: ${says}.`])).join("\n");
}

function numbering(): string {
  const numbered = schemes.filter(({ attempt }) => attempt !== undefined).map(({ title }) => title);
  const reasoned = schedules.filter(({ headers }) => headers?.reason !== undefined);
  const reasons = reasoned.map(({ headers }) => code(headers?.reason ?? ""));
  return `${inWords(numbered)}. ${inWords(reasoned.map(({ title }) => title))} also say why the attempt before failed (${reasons.join(", ")})`;
}

function inWords(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}
