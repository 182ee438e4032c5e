import type { NoResponseReason } from "../../core/model/delivery.ts";

/** What to do about a target that gave no answer: the beginning of a sentence that goes on with how to send again. */
export function adviceAfter(reason: NoResponseReason): string {
  switch (reason) {
    case "refused":
      return "Start your server";
    case "timeout":
      return "See what keeps your server (--timeout gives it more time)";
    case "reset":
    case "cut-off":
    case "bad-response":
      return "See what your server did";
    case "dns":
    case "unreachable":
      return "Check the address";
    case "tls":
      return "Check the certificate (--ca trusts one more, --insecure takes any)";
    case "unsendable":
      return "Look at what would be sent with --dry-run";
    default:
      return reason satisfies never;
  }
}
