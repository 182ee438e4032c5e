import { bytesBody } from "../../model/body.ts";
import { MessageView } from "../message-view.ts";
import type { Content, PresentedSignature } from "../scheme.ts";
import { templateParts } from "../template.ts";
import type { Hypothesis, Scene } from "./mutation.ts";

const NOT_READ: PresentedSignature = { text: "", place: "" };
const views = new WeakMap<Uint8Array, MessageView>();

/**
 * What a hypothesis says was hashed; the body's own bytes stand in it as "body". Several where a rule has several ways to
 * write the same; none where something is missing for it.
 */
export function contentsOf(hypothesis: Hypothesis, scene: Scene): readonly Content[] {
  if (hypothesis.content !== undefined) return fromTemplate(hypothesis.content, hypothesis, scene);
  const { rule, timestamp: text, url, secretText, presented = NOT_READ } = hypothesis;
  if (!rule) return [];
  const timestamp = text === undefined ? undefined : { text, atMs: 0 };
  return rule.contents(viewOf(hypothesis.body, scene), { ...presented, timestamp }, { url, secretText });
}

/** Several only where several texts of the request may be the event's id. */
function fromTemplate(template: string, hypothesis: Hypothesis, scene: Scene): readonly Content[] {
  const parts = templateParts(template);
  const ids = template.includes("{id}") ? scene.ids : [undefined];
  const contents: Content[] = [];
  for (const id of ids) {
    const values = valuesOf(hypothesis, scene, id);
    const content: (Uint8Array | "body")[] = [];
    for (const part of parts) {
      const value = part.kind === "text" ? part.text : values[part.name];
      if (part.kind === "value" && part.name === "body") content.push("body");
      else if (value !== undefined) {
        // Header values and targets are one character a byte; secrets are text.
        const isUtf8 = part.kind === "text" || part.name === "secret";
        content.push(Buffer.from(value, isUtf8 ? "utf8" : "latin1"));
      }
    }
    if (content.length === parts.length) contents.push(content);
  }
  return contents;
}

function valuesOf(
  { timestamp, url, secretText }: Hypothesis,
  { view, times }: Scene,
  id: string | undefined,
): Readonly<Record<string, string | undefined>> {
  const from = url.indexOf("/", url.indexOf("//") + 2);
  return {
    ts: timestamp ?? times[0],
    id,
    method: view.message.method,
    url,
    path: from < 0 ? "/" : url.slice(from),
    secret: secretText,
  };
}

/** The message with another body; rules that look into the body see the one that was signed. */
function viewOf(body: Uint8Array, { view, body: original }: Scene): MessageView {
  if (body === original) return view;
  let changed = views.get(body);
  if (!changed) {
    changed = new MessageView({ ...view.message, body: bytesBody(body) });
    views.set(body, changed);
  }
  return changed;
}
