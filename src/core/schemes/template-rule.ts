import { toWire } from "../model/headers.ts";
import type { Message } from "../model/request.ts";
import { setHeader, withoutHeaders } from "./header-edit.ts";
import { headerNaming, type HeaderNaming } from "./header-naming.ts";
import { type ItemTemplate, itemTemplates, nameOf, readItem } from "./item-template.ts";
import type { MessageView } from "./message-view.ts";
import { readPlace } from "./places.ts";
import { setPlace } from "./set-place.ts";
import { signatureForm } from "./signature-form.ts";
import type {
  Content,
  ContentContext,
  Draft,
  Mac,
  Presented,
  PresentedSignature,
  SignatureRule,
  Stamp,
  TemplateSignature,
  Scheme,
  Signature,
} from "./scheme.ts";
import { fillTemplate, holdsValue, templateParts, type TemplateParts } from "./template.ts";
import { parseTimestamp, timestampText } from "./timestamps.ts";

type Timestamp = NonNullable<PresentedSignature["timestamp"]>;
type Unreadable = Extract<Presented, { kind: "incomplete" | "malformed" }>;

/** A value that has a header to itself. */
interface Beside extends ItemTemplate {
  readonly header: string;
  readonly lowerCase: string;
}

/** The rule that a template describes. */
export class TemplateRule implements SignatureRule {
  readonly algorithm: SignatureRule["algorithm"];
  readonly encoding: SignatureRule["encoding"];
  readonly key: SignatureRule["key"];
  readonly timestamp: SignatureRule["timestamp"];
  readonly signsUrl: boolean;
  readonly describes: string;
  readonly #template: TemplateSignature;
  readonly #naming: HeaderNaming;
  readonly #items: readonly ItemTemplate[];
  readonly #form: RegExp;
  readonly #content: TemplateParts;
  readonly #besideId: Beside | undefined;
  readonly #besideTimestamp: Beside | undefined;
  readonly #signsId: boolean;
  readonly #signsTimestamp: boolean;

  /** @param template one that has no problem, as `templateProblem` finds them */
  constructor(template: TemplateSignature) {
    const { algorithm, encoding, key, content, headers, alsoIn = [], separator, timestamp } = template;
    this.algorithm = algorithm;
    this.encoding = encoding;
    this.key = key;
    this.timestamp = timestamp;
    this.signsUrl = holdsValue(content, "url") || holdsValue(content, "path");
    this.describes = content;
    this.#template = template;
    const [name, value] = Object.entries(headers).find(([, text]) => holdsValue(text, "sig")) ?? ["", ""];
    this.#naming = headerNaming([name, ...alsoIn]);
    this.#items = itemTemplates(value, separator);
    this.#form = signatureForm(algorithm, encoding);
    this.#content = templateParts(content);
    this.#besideId = besideIn(headers, "id");
    this.#besideTimestamp = besideIn(headers, "ts");
    this.#signsId = holdsValue(content, "id");
    this.#signsTimestamp = holdsValue(content, "ts");
  }

  present(view: MessageView): Presented {
    const signatures: PresentedSignature[] = [];
    let unreadable: Unreadable | undefined;
    for (const { name, values } of this.#naming.find(view)) {
      for (const value of values) unreadable = this.#readHeader(view, name, value, signatures) ?? unreadable;
    }
    if (signatures.length > 0) return { kind: "present", signatures };
    return unreadable ?? { kind: "absent" };
  }

  contents(view: MessageView, presented: PresentedSignature, context: ContentContext): readonly Content[] {
    const content = this.#fill({
      ts: presented.timestamp?.text,
      id: this.#signsId ? besideValue(view, this.#besideId) : undefined,
      method: view.message.method,
      ...valuesOf(context),
    });
    return content ? [content] : [];
  }

  async sign(draft: Draft, stamp: Stamp, mac: Mac): Promise<Message> {
    const { timestamp } = this;
    const { method, target } = draft;
    const ts = timestamp && timestampText(stamp.nowMs, timestamp.unit);
    const body =
      timestamp?.place !== undefined && ts !== undefined
        ? setPlace(draft.body, timestamp.place, timestamp.unit === "iso" ? ts : Number(ts))
        : draft.body;
    const values = {
      ts,
      id: toWire(stamp.eventId),
      type: toWire(stamp.eventType),
      now: new Date(stamp.nowMs).toISOString(),
      attempt: String(stamp.attemptNumber),
    };
    const content = this.#fill({ ...values, method, ...valuesOf({ url: draft.url, secretText: stamp.secretText }) });
    if (!content) return { method, target, headers: draft.headers, body };
    const sig = await mac(content, body);
    const { isOneOf, first } = this.#naming;
    let headers = withoutHeaders(draft.headers, (name) => isOneOf(name) && name !== first.toLowerCase());
    for (const [name, text] of Object.entries(this.#template.headers)) {
      headers = setHeader(headers, holdsValue(text, "sig") ? first : name, fillTemplate(text, { ...values, sig }));
    }
    return { method, target, headers, body };
  }

  /** Adds what a header presents, or says why there is nothing. */
  #readHeader(view: MessageView, name: string, value: string, into: PresentedSignature[]): Unreadable | undefined {
    const { separator } = this.#template;
    const before = into.length;
    let written: string | undefined;
    let isUnreadable = false;
    const texts: string[] = [];
    for (const piece of separator === undefined ? [value] : value.split(separator)) {
      const item = piece.trim();
      const template = readItem(this.#items, item);
      if (!template) continue;
      const text = item.slice(template.prefix.length);
      if (template.value === "ts") written ??= text;
      else if (template.value === "sig" && this.#form.test(text)) texts.push(text);
      else isUnreadable ||= template.value === "sig";
    }
    if (texts.length === 0) return this.#holdsNone(name, isUnreadable);
    const timestamp = this.#timestampOf(view, name, written);
    if (timestamp && "kind" in timestamp) return timestamp;
    if (this.#signsId && besideValue(view, this.#besideId) === undefined)
      return { kind: "incomplete", missing: this.#besideId?.header ?? "the id" };
    for (const text of texts) {
      const place = texts.length > 1 ? `${name}, ${nth(into.length - before)} ${nameOf(this.#items)}` : name;
      into.push({ text, place, timestamp });
    }
    return undefined;
  }

  #holdsNone(place: string, isUnreadable: boolean): Unreadable {
    const prefix = this.#items.find(({ value }) => value === "sig")?.prefix ?? "";
    const why = isUnreadable ? `holds no ${this.encoding} of the right length` : `holds no ${prefix}…`;
    return { kind: "malformed", place, why };
  }

  /** @param written in the header of the signature. @returns undefined where there is none, and none is needed */
  #timestampOf(view: MessageView, name: string, written: string | undefined): Timestamp | Unreadable | undefined {
    const { timestamp } = this;
    if (!timestamp) return undefined;
    const { place, unit } = timestamp;
    const beside = this.#besideTimestamp;
    const text = written ?? (place === undefined ? besideValue(view, beside) : readPlace(view, place));
    const atMs = text === undefined ? Number.NaN : parseTimestamp(text, unit);
    if (text !== undefined && !Number.isNaN(atMs)) return { text, atMs };
    // It is no part of what was signed, so that the signature can be judged without it.
    if (!this.#signsTimestamp) return undefined;
    if (text !== undefined)
      return {
        kind: "malformed",
        place: (written === undefined && beside?.header) || name,
        why: "holds no time that can be read",
      };
    const inside = this.#items.find(({ value }) => value === "ts");
    if (inside) return { kind: "malformed", place: name, why: `holds no ${inside.prefix}…` };
    return { kind: "incomplete", missing: place ?? beside?.header ?? "the time" };
  }

  /** Undefined where a value is missing. */
  #fill(values: Readonly<Record<string, string | undefined>>): Content | undefined {
    const content: (Uint8Array | "body")[] = [];
    let run = "";
    for (const part of this.#content) {
      const text = part.kind === "text" ? part.text : values[part.name];
      if (part.kind === "value" && part.name === "body") {
        if (run !== "") content.push(Buffer.from(run, "latin1"));
        content.push("body");
        run = "";
      } else if (text === undefined) return undefined;
      // Header values and targets are one character a byte; templates and secrets are text.
      else run += part.kind === "text" || part.name === "secret" ? toWire(text) : text;
    }
    if (run !== "") content.push(Buffer.from(run, "latin1"));
    return content;
  }
}

function besideIn(headers: TemplateSignature["headers"], value: string): Beside | undefined {
  for (const [header, text] of Object.entries(headers)) {
    if (holdsValue(text, "sig")) continue;
    const [item] = itemTemplates(text, undefined);
    if (item?.value === value) return { ...item, header, lowerCase: header.toLowerCase() };
  }
  return undefined;
}

function besideValue(view: MessageView, beside: Beside | undefined): string | undefined {
  const text = beside && view.header(beside.lowerCase);
  return text?.startsWith(beside?.prefix ?? "") === true ? text.slice(beside?.prefix.length) : undefined;
}

function valuesOf({ url, secretText }: ContentContext): Readonly<Record<string, string>> {
  const from = url.indexOf("/", url.indexOf("//") + 2);
  return { url, path: from < 0 ? "/" : url.slice(from), secret: secretText };
}

function nth(index: number): string {
  return ["1st", "2nd", "3rd"][index] ?? `${index + 1}th`;
}

const rules = new WeakMap<Signature, SignatureRule>();

/** The rule by which a scheme signs, made once from its template. Undefined: it signs nothing, or nothing to be judged. */
export function ruleOf({ signature }: Pick<Scheme, "signature">): SignatureRule | undefined {
  if (signature.kind === "code") return signature;
  if (signature.kind !== "template") return undefined;
  let rule = rules.get(signature);
  if (!rule) {
    rule = new TemplateRule(signature);
    rules.set(signature, rule);
  }
  return rule;
}
