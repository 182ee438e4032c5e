import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** The documented 10 + x * 2^(x + 5) seconds, with x from 0; they call it approximate. */
export const recurly: NamedSchedule = {
  name: "recurly",
  title: "Recurly",
  source: "https://docs.recurly.com/recurly-subscriptions/docs/automatic-retries",
  trust: "official",
  retries: { kind: "delays", schedule: parseSchedule("10s,74s,266s,778s,2058s,5130s,12298s,28682s,65546s,147466s") },
};
