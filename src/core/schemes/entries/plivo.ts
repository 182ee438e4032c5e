import type { Scheme } from "../scheme.ts";

/** Recognised only. */
export const plivo: Scheme = {
  name: "plivo",
  title: "Plivo",
  source: "https://www.plivo.com/docs/voice/concepts/signature-validation",
  trust: "code",
  recognisedBy: { headers: ["x-plivo-signature-v3"] },
  signature: {
    kind: "unjudged",
    why: "the parameters in an order of its own behind the address, which hookcli does not rebuild",
  },
  contentType: "application/x-www-form-urlencoded",
};
