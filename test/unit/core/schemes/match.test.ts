import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Body } from "../../../../src/core/model/body.ts";
import { findMatch, type Match } from "../../../../src/core/schemes/match.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import type { Content, PresentedSignature, SignatureRule } from "../../../../src/core/schemes/scheme.ts";
import { spooledBody, textBody } from "../../../helpers/samples.ts";

const secrets = ["a", "b"].map((text) => ({ name: `secret ${text}`, text }));

/** Signs `covers|url|body`. */
function ruleThat(changes: Partial<SignatureRule> = {}): SignatureRule & { readonly seen: string[] } {
  const seen: string[] = [];
  return {
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    signsUrl: true,
    describes: "",
    seen,
    present: () => ({ kind: "absent" }),
    sign: () => Promise.reject(new Error("never signs")),
    contents: (_, { covers = "" }, { url, secretText }): readonly Content[] => {
      seen.push(`${secretText} ${url}`);
      return [[Buffer.from(`${covers}|${url}|`), "body"]];
    },
    ...changes,
  };
}

function signature(secret: string, content: string, covers?: string): PresentedSignature {
  return { text: createHmac("sha256", secret).update(content).digest("hex"), place: content, covers };
}

async function find(
  rule: SignatureRule,
  signatures: readonly PresentedSignature[],
  body: Body = textBody("x"),
  urls = ["u1", "u2"],
): Promise<Match | undefined> {
  const view = new MessageView({ method: "POST", target: "/", headers: [], body });
  return findMatch(view, rule, signatures, { secrets, urls });
}

describe.each([
  ["in memory", textBody("x")],
  ["in a file", spooledBody("x")],
])("with a body %s", (_, body) => {
  test("tries every signature with every secret and every address", async () => {
    const found = await find(ruleThat(), [signature("b", "no"), signature("b", "|u2|x")], body);
    expect(found).toMatchObject({ secret: { text: "b" }, presented: { place: "|u2|x" }, url: "u2" });
  });

  test("finds nothing where nothing holds", async () => {
    expect(await find(ruleThat(), [signature("c", "|u1|x"), signature("a", "|u1|y")], body)).toBeUndefined();
  });

  test("wants one of each kind that covers something of its own", async () => {
    const one = signature("a", "one|u1|x", "one");
    const two = signature("a", "two|u2|x", "two");
    const wrong = signature("a", "no", "one");
    expect(await find(ruleThat(), [one, two], body)).toMatchObject({ presented: { covers: "one" } });
    expect(await find(ruleThat(), [wrong, one, two], body)).toBeDefined();
    expect(await find(ruleThat(), [wrong, two], body)).toBeUndefined();
    expect(await find(ruleThat(), [one, signature("b", "two|u2|x", "two")], body)).toBeUndefined();
  });

  test("judges a signature by the rule that it names", async () => {
    const sha1 = ruleThat({ algorithm: "hmac-sha1" });
    const text = createHmac("sha1", "b").update("|u1|x").digest("hex");
    expect(await find(ruleThat(), [{ text, place: "", rule: sha1 }], body)).toMatchObject({ secret: { text: "b" } });
    expect(await find(ruleThat(), [{ text, place: "" }], body)).toBeUndefined();
  });
});

test("an address that is not signed is tried once", async () => {
  const rule = ruleThat({ signsUrl: false });
  await find(rule, [signature("c", "no"), signature("c", "no")]);
  expect(rule.seen).toEqual(["a u1", "a u1", "b u1", "b u1"]);
});

test("each content is hashed once, however many signatures there are", async () => {
  let readCount = 0;
  const file = spooledBody("x");
  const counted = { ...file, read: () => ((readCount += 1), file.read()) };
  const many = Array.from({ length: 500 }, () => signature("c", "no"));
  expect(await find(ruleThat(), [...many, signature("b", "|u2|x")], counted)).toBeDefined();
  expect(readCount).toBe(4);
});

test("no more than 32 contents are hashed under one secret", async () => {
  let readCount = 0;
  const file = spooledBody("x");
  const counted = { ...file, read: () => ((readCount += 1), file.read()) };
  const contents = (_: MessageView, { place }: PresentedSignature): readonly Content[] => [
    [Buffer.from(place), "body"],
  ];
  const many = Array.from({ length: 500 }, (_, index) => ({ ...signature("c", "no"), place: String(index) }));
  expect(await find(ruleThat({ contents }), many, counted)).toBeUndefined();
  expect(readCount).toBe(64 * 1);
});

test("a secret that is none for the rule holds nothing", async () => {
  expect(await find(ruleThat({ key: "hex" }), [signature("a", "|u1|x"), signature("b", "|u1|x")])).toBeUndefined();
});
