import { adyen } from "./entries/adyen.ts";
import { adyenPlatform } from "./entries/adyen-platform.ts";
import { anthropic } from "./entries/anthropic.ts";
import { asana } from "./entries/asana.ts";
import { bitbucket } from "./entries/bitbucket.ts";
import { box } from "./entries/box.ts";
import { braintree } from "./entries/braintree.ts";
import { brex } from "./entries/brex.ts";
import { buildkite } from "./entries/buildkite.ts";
import { calCom } from "./entries/cal-com.ts";
import { calendly } from "./entries/calendly.ts";
import { checkout } from "./entries/checkout.ts";
import { circleci } from "./entries/circleci.ts";
import { clerk } from "./entries/clerk.ts";
import { cloudevents } from "./entries/cloudevents.ts";
import { coinbaseCommerce } from "./entries/coinbase-commerce.ts";
import { contentful } from "./entries/contentful.ts";
import { customerIo } from "./entries/customer-io.ts";
import { discord } from "./entries/discord.ts";
import { discourse } from "./entries/discourse.ts";
import { docusign } from "./entries/docusign.ts";
import { dodo } from "./entries/dodo.ts";
import { dropbox } from "./entries/dropbox.ts";
import { easypost } from "./entries/easypost.ts";
import { elevenlabs } from "./entries/elevenlabs.ts";
import { figma } from "./entries/figma.ts";
import { forgejo } from "./entries/forgejo.ts";
import { generic } from "./entries/generic.ts";
import { genericEcomm } from "./entries/generic-ecomm.ts";
import { genericSha256 } from "./entries/generic-sha256.ts";
import { genericTS } from "./entries/generic-t-s.ts";
import { genericTV1 } from "./entries/generic-t-v1.ts";
import { genericWebhook } from "./entries/generic-webhook.ts";
import { gitea } from "./entries/gitea.ts";
import { github } from "./entries/github.ts";
import { gitlab } from "./entries/gitlab.ts";
import { gitlabSigning } from "./entries/gitlab-signing.ts";
import { gocardless } from "./entries/gocardless.ts";
import { gogs } from "./entries/gogs.ts";
import { hookdeck } from "./entries/hookdeck.ts";
import { hubspot } from "./entries/hubspot.ts";
import { intercom } from "./entries/intercom.ts";
import { jira } from "./entries/jira.ts";
import { launchdarkly } from "./entries/launchdarkly.ts";
import { lemonsqueezy } from "./entries/lemonsqueezy.ts";
import { line } from "./entries/line.ts";
import { linear } from "./entries/linear.ts";
import { liveblocks } from "./entries/liveblocks.ts";
import { livekit } from "./entries/livekit.ts";
import { mailgun } from "./entries/mailgun.ts";
import { messagebird } from "./entries/messagebird.ts";
import { meta } from "./entries/meta.ts";
import { mux } from "./entries/mux.ts";
import { notion } from "./entries/notion.ts";
import { openai } from "./entries/openai.ts";
import { paddle } from "./entries/paddle.ts";
import { pagerduty } from "./entries/pagerduty.ts";
import { paypal } from "./entries/paypal.ts";
import { plaid } from "./entries/plaid.ts";
import { plivo } from "./entries/plivo.ts";
import { polar } from "./entries/polar.ts";
import { razorpay } from "./entries/razorpay.ts";
import { resend } from "./entries/resend.ts";
import { sanity } from "./entries/sanity.ts";
import { sendgrid } from "./entries/sendgrid.ts";
import { sentry } from "./entries/sentry.ts";
import { shopify } from "./entries/shopify.ts";
import { slack } from "./entries/slack.ts";
import { sns } from "./entries/sns.ts";
import { snyk } from "./entries/snyk.ts";
import { square } from "./entries/square.ts";
import { standardwebhooks } from "./entries/standardwebhooks.ts";
import { standardwebhooksV1a } from "./entries/standardwebhooks-v1a.ts";
import { stripe } from "./entries/stripe.ts";
import { supabase } from "./entries/supabase.ts";
import { svix } from "./entries/svix.ts";
import { telegram } from "./entries/telegram.ts";
import { telnyx } from "./entries/telnyx.ts";
import { trello } from "./entries/trello.ts";
import { twilio } from "./entries/twilio.ts";
import { twitch } from "./entries/twitch.ts";
import { typeform } from "./entries/typeform.ts";
import { vercel } from "./entries/vercel.ts";
import { webflow } from "./entries/webflow.ts";
import { woocommerce } from "./entries/woocommerce.ts";
import { workos } from "./entries/workos.ts";
import { x } from "./entries/x.ts";
import { zendesk } from "./entries/zendesk.ts";
import { zoom } from "./entries/zoom.ts";
import type { Scheme } from "./scheme.ts";

/** Every scheme that is built in, in the order in which they are listed. */
export const schemes: readonly Scheme[] = [
  stripe,
  generic,
  genericSha256,
  genericWebhook,
  genericTV1,
  genericTS,
  genericEcomm,
  standardwebhooks,
  standardwebhooksV1a,
  svix,
  clerk,
  resend,
  brex,
  openai,
  anthropic,
  polar,
  dodo,
  liveblocks,
  supabase,
  github,
  gitlab,
  gitlabSigning,
  bitbucket,
  jira,
  gitea,
  forgejo,
  gogs,
  slack,
  discord,
  zoom,
  telegram,
  line,
  meta,
  intercom,
  twitch,
  x,
  discourse,
  shopify,
  square,
  paddle,
  lemonsqueezy,
  woocommerce,
  razorpay,
  gocardless,
  coinbaseCommerce,
  checkout,
  adyen,
  adyenPlatform,
  linear,
  notion,
  trello,
  asana,
  calendly,
  calCom,
  typeform,
  hubspot,
  zendesk,
  docusign,
  box,
  dropbox,
  figma,
  webflow,
  sentry,
  snyk,
  pagerduty,
  circleci,
  buildkite,
  launchdarkly,
  vercel,
  workos,
  hookdeck,
  mux,
  sanity,
  contentful,
  elevenlabs,
  customerIo,
  twilio,
  mailgun,
  sendgrid,
  telnyx,
  cloudevents,
  easypost,
  paypal,
  sns,
  plaid,
  livekit,
  messagebird,
  braintree,
  plivo,
];
