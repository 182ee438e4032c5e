import type { NamedSchedule } from "../named-schedule.ts";
import { parseSchedule } from "../parse-schedule.ts";

/** The default policy for HTTP; a topic may have another one. */
export const sns: NamedSchedule = {
  name: "sns",
  title: "Amazon SNS",
  source: "https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html",
  trust: "code",
  retries: { kind: "delays", schedule: parseSchedule("linear:20s*3") },
  says: "a topic or a subscription can have a policy of its own",
};
