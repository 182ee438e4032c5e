import { adyen, adyenPlatform } from "./entries/adyen.ts";
import { bitbucket } from "./entries/bitbucket.ts";
import { clerk } from "./entries/clerk.ts";
import { discord } from "./entries/discord.ts";
import { generic } from "./entries/generic.ts";
import { github } from "./entries/github.ts";
import { gitlab } from "./entries/gitlab.ts";
import { hubspot } from "./entries/hubspot.ts";
import { intercom } from "./entries/intercom.ts";
import { linear } from "./entries/linear.ts";
import { meta } from "./entries/meta.ts";
import { mux } from "./entries/mux.ts";
import { notion } from "./entries/notion.ts";
import { openai } from "./entries/openai.ts";
import { paddle } from "./entries/paddle.ts";
import { resend } from "./entries/resend.ts";
import { sendgrid } from "./entries/sendgrid.ts";
import { shopify } from "./entries/shopify.ts";
import { slack } from "./entries/slack.ts";
import { square } from "./entries/square.ts";
import { stripe } from "./entries/stripe.ts";
import { twilio } from "./entries/twilio.ts";
import { zendesk } from "./entries/zendesk.ts";
import { zoom } from "./entries/zoom.ts";
import type { Samples } from "./sample.ts";

/** The events of every provider that hookcli can play, one entry a scheme. */
export const samples: readonly Samples[] = [
  ...generic,
  stripe,
  github,
  shopify,
  slack,
  twilio,
  square,
  paddle,
  linear,
  zoom,
  discord,
  sendgrid,
  mux,
  hubspot,
  adyen,
  adyenPlatform,
  notion,
  ...gitlab,
  bitbucket,
  meta,
  intercom,
  zendesk,
  clerk,
  resend,
  openai,
];
