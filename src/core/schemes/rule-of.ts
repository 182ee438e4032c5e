import type { Scheme, Signature, SignatureRule } from "./scheme.ts";
import { TemplateRule } from "./template-rule.ts";

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
