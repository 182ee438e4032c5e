import { headerFields, type HeaderPairs, headerValues } from "../../model/headers.ts";
import type { Message } from "../../model/request.ts";
import { setHeader } from "../header-edit.ts";
import type { MessageView } from "../message-view.ts";
import type { Content, Draft, Mac, Scheme, Stamp } from "../scheme.ts";
import { TemplateRule } from "../template-rule.ts";

const SIGNED_HEADERS = "x-contentful-signed-headers";
const TIMESTAMP = "x-contentful-timestamp";
const SIGNATURE = "x-contentful-signature";
/** More are not hashed: Contentful names about ten. */
const MOST_SIGNED_HEADERS = 64;

const base = new TemplateRule({
  kind: "template",
  algorithm: "hmac-sha256",
  encoding: "hex",
  key: "utf8",
  content: "{method}\n{path}\n{body}",
  headers: { [TIMESTAMP]: "{ts}", [SIGNATURE]: "{sig}" },
  timestamp: { unit: "ms", toleranceMs: 30_000 },
});

/**
 * The headers that are signed are named in one of them. `@contentful/node-apps-toolkit` 3.16.1 accepted what is signed here,
 * and its own signatures were judged verified, addresses with a query and with escapes included: there it escapes once more.
 */
export const contentful: Scheme = {
  name: "contentful",
  title: "Contentful",
  source: "https://www.contentful.com/developers/docs/extensibility/app-framework/request-verification/",
  trust: "measured",
  recognisedBy: { headers: ["x-contentful-signature", "x-contentful-topic"] },
  signature: {
    kind: "code",
    algorithm: base.algorithm,
    encoding: base.encoding,
    key: base.key,
    timestamp: base.timestamp,
    signsUrl: true,
    standsIn: [`${TIMESTAMP}: {ts}`, `${SIGNATURE}: {sig}`],
    describes: `{method}\\n{path}\\n{name:value;… of the headers that ${SIGNED_HEADERS} names}\\n{body}`,
    present: (view) => presentedBy(view),
    contents: (view, _, { url }) => contentsOf(view.message, url),
    sign,
  },
  eventType: "h:x-contentful-topic",
  contentType: "application/vnd.contentful.management.v1+json",
  sdk: ["reads-text", "secret-of-64"],
  vectors: [
    {
      source: "@contentful/node-apps-toolkit 3.16.1, signRequest",
      secret: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      url: "https://example.com/hook?a=1",
      headers: [
        "Content-Type",
        "application/json",
        "X-Contentful-Topic",
        "ContentManagement.Entry.publish",
        SIGNED_HEADERS,
        "content-type,x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic",
        TIMESTAMP,
        "1700000000000",
        SIGNATURE,
        "ee0430c7b7689d706be9c4649a7ebbb49da992f520c920ad7830d78392e45d00",
      ],
      body: '{"sys":{"id":"e1"}}',
    },
  ],
};

function presentedBy(view: MessageView): ReturnType<TemplateRule["present"]> {
  const presented = base.present(view);
  if (presented.kind !== "present" || view.header(SIGNED_HEADERS) !== undefined) return presented;
  return { kind: "incomplete", missing: SIGNED_HEADERS };
}

async function sign(draft: Draft, stamp: Stamp, mac: Mac): Promise<Message> {
  const named = signedNames(draft.headers) ?? namesToSign(draft.headers);
  const all = [...new Set([...named, SIGNED_HEADERS, TIMESTAMP])].sort();
  const headers = setHeader(setHeader(draft.headers, SIGNED_HEADERS, all.join(",")), TIMESTAMP, String(stamp.nowMs));
  const { method, target, body, url } = draft;
  const [content = []] = contentsOf({ method, target, headers, body }, url);
  return { method, target, body, headers: setHeader(headers, SIGNATURE, await mac(content, body)) };
}

function signedNames(headers: HeaderPairs): readonly string[] | undefined {
  const [list] = headerValues(headers, SIGNED_HEADERS);
  return list?.split(",").slice(0, MOST_SIGNED_HEADERS);
}

function namesToSign(headers: HeaderPairs): readonly string[] {
  return [...headerFields(headers)]
    .map(([name]) => name.toLowerCase())
    .filter((name) => name === "content-type" || (name.startsWith("x-contentful-") && name !== SIGNATURE))
    .slice(0, MOST_SIGNED_HEADERS);
}

/** The address as the toolkit escapes it, and as it is where that is not the same. */
function contentsOf({ method, headers }: Message, url: string): readonly Content[] {
  const path = pathOf(url);
  const signed = headerLine(headers);
  return [...new Set([escapedOnceMore(path), path])].map((form) => [
    Buffer.from(`${method}\n${form}\n${signed}\n`, "latin1"),
    "body",
  ]);
}

function headerLine(headers: HeaderPairs): string {
  const names = [...new Set([...(signedNames(headers) ?? []), SIGNED_HEADERS, TIMESTAMP])].sort();
  const lines = names.map((name) => ({ name, values: headerValues(headers, name) }));
  return lines
    .filter(({ values }) => values.length > 0)
    .map(({ name, values }) => `${name}:${values.map((value) => value.trim()).join(", ")}`)
    .join(";");
}

function pathOf(url: string): string {
  const from = url.indexOf("/", url.indexOf("//") + 2);
  return from < 0 ? "/" : url.slice(from);
}

function escapedOnceMore(path: string): string {
  const [before = "", query = ""] = path.split("?");
  return encodeURI(query === "" ? before : `${before}?${encodeURIComponent(query)}`);
}
