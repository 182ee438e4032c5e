import type { CodeSignature, Presented, PresentedSignature, SignatureRule, TemplateSignature } from "./scheme.ts";
import { TemplateRule } from "./template-rule.ts";

/**
 * Several templates as one rule. `all`: each is a signature of its own kind, and every one that is there must hold.
 * `any`: they are kinds of the same signature, and one that holds is enough; the first is how hookcli signs.
 */
export function combinedRule(
  needs: "all" | "any",
  main: TemplateSignature,
  ...others: TemplateSignature[]
): CodeSignature {
  const first = new TemplateRule(main);
  const rules: readonly SignatureRule[] = [first, ...others.map((other) => new TemplateRule(other))];
  return {
    kind: "code",
    algorithm: first.algorithm,
    encoding: first.encoding,
    key: first.key,
    timestamp: first.timestamp,
    signsUrl: rules.some((rule) => rule.signsUrl),
    describes: first.describes,
    standsIn: [main, ...others].flatMap(({ headers }) =>
      Object.entries(headers).map(([name, template]) => `${name}: ${template}`),
    ),
    present: (view) =>
      gather(
        rules.map((rule) => marked(rule, rule.present(view), needs)),
        needs,
      ),
    contents: (view, presented, context) => (presented.rule ?? first).contents(view, presented, context),
    async sign(draft, stamp, mac) {
      let signed = await first.sign(draft, stamp, mac);
      if (needs === "any") return signed;
      for (const rule of rules.slice(1)) signed = await rule.sign({ ...signed, url: draft.url }, stamp, mac);
      return signed;
    },
  };
}

function marked(rule: SignatureRule, presented: Presented, needs: "all" | "any"): Presented {
  if (presented.kind !== "present") return presented;
  const mark = { rule, covers: needs === "all" ? rule.describes : undefined };
  return { kind: "present", signatures: presented.signatures.map((signature) => ({ ...signature, ...mark })) };
}

/** What cannot be read spoils the whole where all of it counts, and nothing where one is enough. */
function gather(found: readonly Presented[], needs: "all" | "any"): Presented {
  const signatures: PresentedSignature[] = [];
  for (const presented of found) if (presented.kind === "present") signatures.push(...presented.signatures);
  const spoiled = found.find(({ kind }) => kind === "incomplete") ?? found.find(({ kind }) => kind === "malformed");
  if (signatures.length > 0 && (needs === "any" || !spoiled)) return { kind: "present", signatures };
  return spoiled ?? { kind: "absent" };
}
