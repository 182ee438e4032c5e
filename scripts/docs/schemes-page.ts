import {
  keyTexts,
  placeText,
  sdkTexts,
  signatureHeaders,
  signaturePhrase,
  timestampText,
  trustTexts,
} from "../../src/cli/words/scheme-words.ts";
import { handshakes } from "../../src/core/schemes/handshakes/index.ts";
import { schemes } from "../../src/core/schemes/index.ts";
import type { Scheme } from "../../src/core/schemes/scheme.ts";
import { code, fence, GENERATED, page, table } from "./markdown.ts";

export function renderSchemesPage(): string {
  const judged = schemes.filter(({ signature }) => signature.kind === "template" || signature.kind === "code");
  const others = schemes.filter((scheme) => !judged.includes(scheme));
  return page(
    GENERATED,
    "# Providers and their schemes",
    `hookcli knows ${schemes.length} providers and forms. \`hookcli providers stripe\` tells all about one of them, \`hookcli providers\` lists them. A sender that is not here can be [described in the configuration file](config.md#schemes-of-your-own).`,
    "Each rule was taken from its source; how far it can be trusted is written behind it:",
    table(
      ["word", "meaning"],
      Object.entries(trustTexts).map(([word, text]) => [word, text]),
    ),
    "## Signed",
    "In what is signed, `{body}` are the bytes of the body as they came, `{ts}` is the time as it is written in the header, `{url}` the address that the provider posted to (`--public-url`).",
    table(
      ["name", "provider", "signature", "stands in", "secret", "time", "event type", "event id", "trust"],
      judged.map(row),
    ),
    "Where a scheme signs a time, hookcli says two things: whether the signature holds, and whether it is too old.",
    "## A token, or nothing to judge",
    table(
      ["name", "provider", "what there is", "event type", "event id", "trust"],
      others.map((scheme) => [...named(scheme), signatureText(scheme), ...places(scheme), scheme.trust]),
    ),
    "## What their own packages do",
    "Where a provider's own package is stricter or laxer than the rule says, `hookcli verify` tells.",
    table(
      ["name", "its package"],
      schemes.flatMap(({ name, sdk }) => (sdk ? [[code(name), sdk.map((quirk) => sdkTexts[quirk]).join("; ")]] : [])),
    ),
    "## Handshakes",
    "Some providers ask an address to prove that it is there before they send anything. `listen` answers these by itself where nothing is forwarded, or with `--handshake`. It visits no address for it. Meta's verify token has to be one of the secrets that count for `meta`, `HOOKCLI_SECRET` too: another one is refused with 403, and where no secret is known any is taken.",
    table(
      ["provider", "source"],
      handshakes.map(({ title, source }) => [title, link("source", source)]),
    ),
    "## How long they wait",
    "A handler that takes longer than its provider waits is marked on its line. Where nothing is known, 10 s count.",
    table(
      ["name", "waits"],
      schemes.flatMap(({ name, ackBudgetMs }) =>
        ackBudgetMs === undefined ? [] : [[code(name), `${ackBudgetMs / 1000} s`]],
      ),
    ),
    "## Giving a secret",
    fence("HOOKCLI_SECRET_STRIPE=whsec_... hookcli listen --forward localhost:8000", "sh"),
    "[All ways to give one](config.md#secrets).",
  );
}

function row(scheme: Scheme): readonly string[] {
  const { signature } = scheme;
  if (signature.kind !== "template" && signature.kind !== "code") return [];
  return [
    ...named(scheme),
    signatureText(scheme),
    signatureHeaders(scheme).map(code).join(" "),
    keyTexts[signature.key],
    signature.timestamp ? timestampText(signature.timestamp) : "",
    ...places(scheme),
    scheme.trust,
  ];
}

function signatureText({ signature }: Scheme): string {
  const phrase = signaturePhrase(signature);
  const [, before = phrase, content = ""] = /^(.*? over )(.*)$/.exec(phrase) ?? [];
  return content === "" ? before : `${before}${code(content)}`;
}

function named({ name, title, source }: Scheme): readonly string[] {
  return [code(name), link(title, source)];
}

function places({ eventType, eventId }: Scheme): readonly string[] {
  return [eventType, eventId].map((place) => (place === undefined ? "" : placeText(place)));
}

function link(text: string, url: string): string {
  return `[${text}](${url})`;
}
