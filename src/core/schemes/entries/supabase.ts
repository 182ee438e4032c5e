import type { Scheme } from "../scheme.ts";
import { standardWebhooks } from "../standard-webhooks.ts";

/** Its secrets are written `v1,whsec_…`. */
export const supabase: Scheme = {
  name: "supabase",
  title: "Supabase Auth",
  source: "https://supabase.com/docs/guides/auth/auth-hooks",
  trust: "secondary",
  signature: standardWebhooks(),
  eventId: "h:webhook-id",
  eventType: "b:type|b:metadata.name",
};
