import { urlSignerNames } from "../../flag-groups/url-signer-names.ts";

/** Name of the file that `hookcli init` writes. */
export const STARTER_FILE = "hookcli.config.jsonc";

/** A first configuration file: one setting is on, every other one is there as a comment with its default or an example. */
export const STARTER_TEXT = `// Settings for hookcli in this folder and below. JSON with comments; trailing commas are fine.
// A flag beats an environment variable, which beats this file, which beats ~/.config/hookcli/config.jsonc.
{
  // Where requests are stored; a path counts from this file.
  // "db": "./hooks.db",

  "listen": {
    // Your app. Several targets: ["localhost:8000", "localhost:9000/hooks"]; the first one answers the sender.
    "forward": "localhost:8000",

    // "port": 4400,
    // "host": "127.0.0.1",
    // Forward only requests whose path starts with this; the rest is stored.
    // "path": "/webhooks",
    // Forward only requests that match; the rest is stored.
    // "filter": "type:order.* -path:/health",
    // Forward only events of these types; the rest is stored.
    // "events": ["order.*", "invoice.paid"],

    // Do not forward what does not verify; a number is the status that its sender gets instead of 401.
    // "verify": true,
    // All requests are this provider's; without it each is recognised. hookcli providers lists them.
    // "provider": "stripe",
    // Where the provider posts to, for those that sign it (${urlSignerNames.join(", ")}).
    // "publicUrl": "https://shop.example.com/webhooks",
    // Answer a provider's handshake instead of your app.
    // "handshake": true,

    // For a whole answer of the target; 0 waits for ever.
    // "timeout": "30s",
    // Requests at a time to each target; 1 keeps their order.
    // "concurrency": 1,
    // What the sender gets when a target gives no answer: "502" or "ack".
    // "onError": "502",
    // What the sender gets when nothing is forwarded: a status, or "status:body".
    // "respond": 204,
    // Go wrong on purpose: for each event, each path or all requests, a share of them, those that match, with these dice.
    // "fail": "500x2,timeout:20s,after:reset,ok",
    // "failPer": "event",
    // "failRate": "30%",
    // "failMatch": "type:order.*",
    // "seed": 7,
    // Keep bodies up to this size.
    // "maxBody": "25MiB",
    // What stays in the store: so many, so long, so much.
    // "keep": 10000,
    // "olderThan": "7d",
    // "maxSize": "1GiB",

    // Headers to set ("Name: value") or to remove ("Name:") on what is forwarded. Keep secrets out of this file.
    // "header": ["X-Env: dev", "X-Old:"],
    // "preserveHost": true,
    // For https targets: also trust these certificates, or take any.
    // "ca": "./ca.pem",
    // "insecure": true,
  },

  // "replay": {
  //   "provider": "stripe",
  //   "publicUrl": "https://shop.example.com/webhooks",
  //   "timeout": "30s",
  //   "header": "X-Env: dev",
  //   "preserveHost": true,
  //   "ca": "./ca.pem",
  //   "insecure": true,
  // },
  // "send": {
  //   "provider": "stripe",
  //   "publicUrl": "https://shop.example.com/webhooks",
  //   "envelope": "plain",
  //   "timeout": "30s",
  //   "ca": "./ca.pem",
  //   "insecure": true,
  // },
  // "list": { "limit": 50 },
  // "prune": { "keep": 10000, "olderThan": "7d", "maxSize": "1GiB" },

  // Signing secrets by provider, several while one is being replaced; "*" is for all others. Not the secret itself: this
  // file gets around.
  // "secrets": {
  //   "stripe": "env:STRIPE_WEBHOOK_SECRET",
  //   "github": ["file:~/.config/hookcli/github-new", "file:~/.config/hookcli/github-old"],
  //   "ecomm": "cmd:pass show webhooks/ecomm",
  // },

  // A sender that hookcli does not know: how it signs, and where the event's id and type stand.
  // "schemes": {
  //   "ecomm": {
  //     "title": "Our shop",
  //     "signature": {
  //       "algorithm": "hmac-sha256",
  //       "encoding": "hex",
  //       "key": "utf8",
  //       "content": "{body}",
  //       "headers": { "X-Ecomm-Signature": "sha256={sig}" },
  //     },
  //     "eventId": "b:data.order_id",
  //     "eventType": "b:event_type",
  //   },
  // },

  // The first rule that fits takes the request; what fits none goes to "forward". * stands for any run of characters.
  // "routes": [
  //   { "path": "/stripe*", "to": "localhost:8001" },
  //   { "type": "invoice.*", "method": "POST", "to": ["localhost:8002/billing", 8003] },
  //   { "path": "/health", "to": [] },
  // ],
}
`;
