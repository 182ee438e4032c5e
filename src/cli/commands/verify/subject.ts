import { type HeaderPairs, toWire, withoutBlanks } from "../../../core/model/headers.ts";
import { bytesBody } from "../../../core/model/body.ts";
import { badValue } from "../../../core/model/errors.ts";
import type { Message, StoredRequest } from "../../../core/model/request.ts";
import { parseTarget, pathOnTarget, type Target, targetUrl } from "../../../core/model/target.ts";
import { publicUrls } from "../../../core/schemes/public-urls.ts";
import { readFileBytes } from "../../terminal/read-file.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { VerifySubject } from "../../../app/looking/verification.ts";
import type { Given } from "./flags.ts";

/** @throws BAD_VALUE */
export function storedSubject(request: StoredRequest, flags: Given): VerifySubject {
  const { id, completeness, receivedAtMs, event } = request;
  const { provider } = event;
  return { message: request, completeness, receivedAtMs, provider, requestId: id, urls: urlsOf(request, flags) };
}

/**
 * The message that --body-file, --header, --method and --url describe.
 * @throws BAD_VALUE, FILE_UNREADABLE
 */
export async function givenSubject(at: Surroundings, flags: Given): Promise<VerifySubject> {
  const path = flags.text("body-file") ?? "-";
  const bytes = path === "-" ? await at.input.readAll() : readFileBytes(path);
  const url = flags.text("url");
  const posted = url === undefined || url.startsWith("/") ? undefined : parseTarget(url, flags.nameOf("url"));
  const message: Message = {
    method: flags.text("method")?.toUpperCase() ?? "POST",
    target: posted ? pathOf(posted) : (url ?? "/"),
    headers: flags.list("header").flatMap((text) => readHeader(text, flags.nameOf("header"))),
    body: bytesBody(bytes),
  };
  const urls = posted && flags.text("public-url") === undefined ? [targetUrl(posted)] : urlsOf(message, flags);
  return {
    message,
    completeness: "complete",
    receivedAtMs: undefined,
    provider: undefined,
    requestId: undefined,
    urls,
  };
}

/**
 * Flags that describe a message are for one that is given by hand.
 * @throws USAGE
 */
export function refuseMixture(args: readonly string[], flags: Given): void {
  const isGiven = flags.text("body-file") !== undefined;
  if (isGiven && args[0] !== undefined)
    throw flags.usage(`${args[0]} is in the store, and --body-file is not: give one`);
  if (!isGiven && args[0] === undefined) throw flags.usage("say which request, or give its body with --body-file");
  if (isGiven) return;
  const stray = [
    flags.list("header").length > 0 && "--header",
    flags.text("method") !== undefined && "--method",
    flags.text("url") !== undefined && "--url",
  ].find((name) => name !== false);
  if (stray !== undefined) throw flags.usage(`${stray} goes with --body-file: a stored request has its own`);
}

function urlsOf(message: Message, flags: Given): readonly string[] {
  const text = flags.text("public-url");
  return publicUrls(message, text === undefined ? undefined : parseTarget(text, flags.nameOf("public-url")));
}

/** What a request line would hold. */
function pathOf(target: Target): string {
  return pathOnTarget(target, "/") || "/";
}

/** As curl takes it; one character a byte from here on. */
function readHeader(text: string, name: string): HeaderPairs {
  const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\r\n]*)$/.exec(text);
  if (!field) throw badValue(name, text, "it is not a header", '--header "Stripe-Signature: t=1772600767,v1=…"');
  return [field[1] ?? "", toWire(withoutBlanks(field[2] ?? ""))];
}
