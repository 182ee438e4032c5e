import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** Only after 429 and 5xx. */
export const sanity: NamedSchedule = {
  name: "sanity",
  title: "Sanity",
  source: "https://www.sanity.io/docs/changelog/50ec6abf-fe0c-475b-ae72-314148860132",
  trust: "official",
  retries: { kind: "delays", schedule: parseSchedule("30s,30s") },
  stopsOn: [
    [300, 428],
    [430, 499],
  ],
  says: "retries follow 429 and 5xx only",
};
