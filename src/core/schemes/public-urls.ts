import { pathOnTarget, type Target } from "../model/target.ts";
import { MessageView } from "./message-view.ts";
import { namedUrls } from "./named-urls.ts";
import type { Message } from "../model/request.ts";

/**
 * Where a provider may have posted a message to, as the provider writes it, likeliest first; never empty. Where a person
 * named a public address, no other host counts. Else it is what the message says of itself: `X-Forwarded-Proto` and `-Host`, `Host`.
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-Forwarded-Host
 */
export function publicUrls(
  message: Message,
  publicUrl: Target | undefined,
  view = new MessageView(message),
): readonly string[] {
  if (publicUrl) return namedUrls(publicUrl, message.target);
  const urlAt = (target: Target): string => target.origin + pathOnTarget(target, message.target);
  const told = firstOf(view.header("x-forwarded-proto"))?.toLowerCase();
  const schemes = told === "http" ? ["http", "https"] : ["https", "http"];
  const hosts = [firstOf(view.header("x-forwarded-host")), view.header("host")].filter((host) => host !== undefined);
  if (hosts.length === 0) hosts.push("localhost");
  const urls = hosts.flatMap((host) => schemes.map((scheme) => urlAt({ origin: `${scheme}://${host}`, path: "" })));
  return [...new Set(urls)];
}

/** Each proxy on the way adds one at the end. */
function firstOf(list: string | undefined): string | undefined {
  return list?.split(",", 1)[0]?.trim() || undefined;
}
