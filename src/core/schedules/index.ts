import { adyen } from "./entries/adyen.ts";
import { brevo } from "./entries/brevo.ts";
import { brief } from "./entries/brief.ts";
import { circle } from "./entries/circle.ts";
import { circleci } from "./entries/circleci.ts";
import { clerk } from "./entries/clerk.ts";
import { day } from "./entries/day.ts";
import { discord } from "./entries/discord.ts";
import { figma } from "./entries/figma.ts";
import { github } from "./entries/github.ts";
import { gitlab } from "./entries/gitlab.ts";
import { hours } from "./entries/hours.ts";
import { hubspot } from "./entries/hubspot.ts";
import { lemonsqueezy } from "./entries/lemonsqueezy.ts";
import { linear } from "./entries/linear.ts";
import { mailgun } from "./entries/mailgun.ts";
import { openai } from "./entries/openai.ts";
import { paddle } from "./entries/paddle.ts";
import { paypal } from "./entries/paypal.ts";
import { recurly } from "./entries/recurly.ts";
import { resend } from "./entries/resend.ts";
import { sanity } from "./entries/sanity.ts";
import { seconds } from "./entries/seconds.ts";
import { sentry } from "./entries/sentry.ts";
import { shopify } from "./entries/shopify.ts";
import { slack } from "./entries/slack.ts";
import { sns } from "./entries/sns.ts";
import { square } from "./entries/square.ts";
import { standardwebhooks } from "./entries/standardwebhooks.ts";
import { stripe } from "./entries/stripe.ts";
import { svix } from "./entries/svix.ts";
import { threeDays } from "./entries/three-days.ts";
import { vercel } from "./entries/vercel.ts";
import { wix } from "./entries/wix.ts";
import { zendesk } from "./entries/zendesk.ts";
import { zoom } from "./entries/zoom.ts";
import type { NamedSchedule } from "./named-schedule.ts";

/** Every schedule that has a name, in the order in which they are listed. */
export const schedules: readonly NamedSchedule[] = [
  hours,
  day,
  brief,
  seconds,
  threeDays,
  standardwebhooks,
  svix,
  clerk,
  resend,
  stripe,
  github,
  gitlab,
  slack,
  shopify,
  square,
  paddle,
  linear,
  zoom,
  discord,
  mailgun,
  hubspot,
  paypal,
  lemonsqueezy,
  adyen,
  sentry,
  figma,
  sns,
  circleci,
  vercel,
  openai,
  zendesk,
  sanity,
  wix,
  brevo,
  circle,
  recurly,
];
